namespace ClusterEmu.Api;

internal static partial class RulesOf
{
    internal static KindRules<PersistentVolume> PersistentVolume => new()
    {
        WithDefaults = PersistentVolumeDefaults.Apply,
        PrepareForCreate = PersistentVolumeStrategy.PrepareForCreate,
        PrepareForUpdate = PersistentVolumeStrategy.PrepareForUpdate,
        ValidateCreate = PersistentVolumeValidation.Create,
        ValidateUpdate = PersistentVolumeValidation.Update,
    };

    internal static KindRules<PersistentVolumeClaim> PersistentVolumeClaim => new()
    {
        WithDefaults = PersistentVolumeClaimDefaults.Apply,
        PrepareForCreate = PersistentVolumeClaimStrategy.PrepareForCreate,
        PrepareForUpdate = PersistentVolumeClaimStrategy.PrepareForUpdate,
        ValidateCreate = PersistentVolumeClaimValidation.Create,
        ValidateUpdate = PersistentVolumeClaimValidation.Update,
    };

    internal static KindRules<ResourceQuota> ResourceQuota => new()
    {
        WithDefaults = ResourceQuotaDefaults.Apply,
        PrepareForCreate = ResourceQuotaStrategy.PrepareForCreate,
        PrepareForUpdate = ResourceQuotaStrategy.PrepareForUpdate,
        ValidateCreate = ResourceQuotaValidation.Create,
        ValidateUpdate = ResourceQuotaValidation.Update,
    };

    internal static KindRules<LimitRange> LimitRange => Plain<LimitRange>() with
    {
        WithDefaults = LimitRangeDefaults.Apply,
        ValidateCreate = LimitRangeValidation.Create,
        ValidateUpdate = LimitRangeValidation.Update,
    };
}

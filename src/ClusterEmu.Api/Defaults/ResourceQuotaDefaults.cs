namespace ClusterEmu.Api;

/// <summary>Quotas count in thousandths at the finest. Source: SetDefaults_ResourceList in pkg/apis/core/v1/defaults.go.</summary>
public static class ResourceQuotaDefaults
{
    public static ResourceQuota Apply(ResourceQuota quota) => quota with
    {
        Spec = quota.Spec with { Hard = ContainerDefaults.RoundedUp(quota.Spec.Hard) },
        Status = quota.Status with { Hard = ContainerDefaults.RoundedUp(quota.Status.Hard), Used = ContainerDefaults.RoundedUp(quota.Status.Used) },
    };
}

namespace ClusterEmu.Api;

/// <summary>What the API server fills into a claim, be it an object or a StatefulSet's template. Source: SetDefaults_PersistentVolumeClaim in pkg/apis/core/v1/defaults.go.</summary>
public static class PersistentVolumeClaimDefaults
{
    public static PersistentVolumeClaim Apply(PersistentVolumeClaim claim) => claim with
    {
        Spec = claim.Spec with { VolumeMode = claim.Spec.VolumeMode ?? "Filesystem", Resources = Amounts(claim.Spec.Resources) },
        Status = claim.Status.Phase.Length == 0 ? claim.Status with { Phase = "Pending" } : claim.Status,
    };

    private static VolumeResourceRequirements Amounts(VolumeResourceRequirements resources)
    {
        var (limits, requests) = (ContainerDefaults.RoundedUp(resources.Limits), ContainerDefaults.RoundedUp(resources.Requests));
        return ReferenceEquals(limits, resources.Limits) && ReferenceEquals(requests, resources.Requests)
            ? resources
            : resources with { Limits = limits, Requests = requests };
    }
}

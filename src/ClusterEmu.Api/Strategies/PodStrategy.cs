namespace ClusterEmu.Api;

/// <summary>What happens to a Pod before its validation. Source: pkg/registry/core/pod/strategy.go.</summary>
public static class PodStrategy
{
    /// <summary>A Pod starts out pending, and its quality of service is settled.</summary>
    /// <remarks>Service account, priority and the tolerations of failing nodes are given by admission, before this.</remarks>
    public static Pod PrepareForCreate(Pod pod)
    {
        var status = new PodStatus { Phase = "Pending", QosClass = PodQuality.Of(pod.Spec) };
        if (pod.Spec.SchedulingGates.Count > 0) status = status with { Conditions = [Gated] };
        return pod with { Metadata = MetadataStrategy.ForCreate(pod.Metadata, 0), Status = status };
    }

    /// <summary>Specification and status are written apart from each other.</summary>
    /// <param name="pod">The Pod as the client wants it.</param>
    /// <param name="old">The Pod as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static Pod PrepareForUpdate(Pod pod, Pod old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(pod.Metadata, old.Metadata);
        if (!status) return pod with { Metadata = meta, Status = old.Status };
        return pod with
        {
            Metadata = meta with { OwnerReferences = old.Metadata.OwnerReferences },
            Spec = old.Spec,
            Status = pod.Status.QosClass.Length == 0 ? pod.Status with { QosClass = old.Status.QosClass } : pod.Status,
        };
    }

    private static PodCondition Gated => new()
    {
        Type = "PodScheduled",
        Status = "False",
        Reason = "SchedulingGated",
        Message = "Scheduling is blocked due to non-empty scheduling gates",
    };
}

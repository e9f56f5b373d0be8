namespace ClusterEmu.Api;

/// <summary>What happens to budgets, autoscalers, Ingresses and policies before their validation.</summary>
/// <remarks>
/// Source: strategy.go of pkg/registry/{policy,autoscaling,networking,storage}. Specification and status are written apart from each other.
/// Where a kind has generations, a changed specification makes a new one.
/// </remarks>
public static class SpecStrategy
{
    public static PodDisruptionBudget PrepareForCreate(PodDisruptionBudget budget) =>
        budget with { Metadata = MetadataStrategy.ForCreate(budget.Metadata, 1), Status = PodDisruptionBudgetStatus.Empty };

    public static PodDisruptionBudget PrepareForUpdate(PodDisruptionBudget budget, PodDisruptionBudget old, bool status) => status
        ? budget with { Metadata = MetadataStrategy.ForUpdate(budget.Metadata, old.Metadata, unconditional: false), Spec = old.Spec }
        : budget with { Metadata = MetadataStrategy.ForUpdate(budget.Metadata, old.Metadata, !SemanticEquality.Same(budget.Spec, old.Spec), unconditional: false), Status = old.Status };

    public static HorizontalPodAutoscaler PrepareForCreate(HorizontalPodAutoscaler value) =>
        value with { Metadata = MetadataStrategy.ForCreate(value.Metadata, 0), Status = HorizontalPodAutoscalerStatus.Empty };

    public static HorizontalPodAutoscaler PrepareForUpdate(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(value.Metadata, old.Metadata);
        return status ? value with { Metadata = meta, Spec = old.Spec } : value with { Metadata = meta, Status = old.Status };
    }

    public static Ingress PrepareForCreate(Ingress ingress) => ingress with { Metadata = MetadataStrategy.ForCreate(ingress.Metadata, 1), Status = IngressStatus.Empty };

    public static Ingress PrepareForUpdate(Ingress ingress, Ingress old, bool status) => status
        ? ingress with { Metadata = MetadataStrategy.ForUpdate(ingress.Metadata, old.Metadata), Spec = old.Spec }
        : ingress with { Metadata = MetadataStrategy.ForUpdate(ingress.Metadata, old.Metadata, !SemanticEquality.Same(ingress.Spec, old.Spec)), Status = old.Status };

    public static IngressClass PrepareForCreate(IngressClass value) => value with { Metadata = MetadataStrategy.ForCreate(value.Metadata, 1) };

    public static IngressClass PrepareForUpdate(IngressClass value, IngressClass old, bool status) =>
        value with { Metadata = MetadataStrategy.ForUpdate(value.Metadata, old.Metadata, !SemanticEquality.Same(value.Spec, old.Spec)) };

    public static NetworkPolicy PrepareForCreate(NetworkPolicy policy) => policy with { Metadata = MetadataStrategy.ForCreate(policy.Metadata, 1) };

    public static NetworkPolicy PrepareForUpdate(NetworkPolicy policy, NetworkPolicy old, bool status) =>
        policy with { Metadata = MetadataStrategy.ForUpdate(policy.Metadata, old.Metadata, !SemanticEquality.Same(policy.Spec, old.Spec)) };

    public static VolumeAttachment PrepareForCreate(VolumeAttachment value) =>
        value with { Metadata = MetadataStrategy.ForCreate(value.Metadata, 0), Status = VolumeAttachmentStatus.Empty };

    public static VolumeAttachment PrepareForUpdate(VolumeAttachment value, VolumeAttachment old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(value.Metadata, old.Metadata, unconditional: false);
        return status ? value with { Metadata = meta, Spec = old.Spec } : value with { Metadata = meta, Status = old.Status };
    }

    public static CSIDriver PrepareForCreate(CSIDriver driver) => driver with { Metadata = MetadataStrategy.ForCreate(driver.Metadata, 0) };

    /// <summary>What may change of a driver makes a new generation.</summary>
    public static CSIDriver PrepareForUpdate(CSIDriver driver, CSIDriver old, bool status)
    {
        var (now, before) = (driver.Spec, old.Spec);
        var changed = !now.TokenRequests.SequenceEqual(before.TokenRequests) || now.RequiresRepublish != before.RequiresRepublish || now.SELinuxMount != before.SELinuxMount;
        return driver with { Metadata = MetadataStrategy.ForUpdate(driver.Metadata, old.Metadata, changed, unconditional: false) };
    }

    public static PriorityClass PrepareForCreate(PriorityClass value) => value with { Metadata = MetadataStrategy.ForCreate(value.Metadata, 1) };
}

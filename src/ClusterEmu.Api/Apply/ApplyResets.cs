namespace ClusterEmu.Api;

/// <summary>Which fields each way of writing leaves as they are. Source: GetResetFields in pkg/registry/*/strategy.go.</summary>
internal static class ApplyResets
{
    private static readonly FieldSet Status = FieldSet.OfFields("status");
    private static readonly FieldSet Spec = FieldSet.OfFields("spec");
    private static readonly FieldSet OfPodStatus = FieldSet.OfFields("spec", "metadata.deletionTimestamp", "metadata.ownerReferences");
    private static readonly FieldSet OfDeploymentStatus = FieldSet.OfFields("spec", "metadata.labels");

    public static FieldSet Of(KindInfo kind, string subresource)
    {
        if (subresource != "status") return kind.HasStatus ? Status : FieldSet.Empty;
        return kind.Storage.QualifiedPlural switch
        {
            "pods" => OfPodStatus,
            "deployments.apps" => OfDeploymentStatus,
            _ => Spec,
        };
    }
}

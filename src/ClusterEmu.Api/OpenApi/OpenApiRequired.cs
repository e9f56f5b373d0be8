namespace ClusterEmu.Api;

/// <summary>Which fields a schema calls required: those that Kubernetes always writes and does not fill in by itself.</summary>
internal static class OpenApiRequired
{
    /// <summary>Always written, but none of them has to be given.</summary>
    private static readonly HashSet<(string Type, string Field)> Optional =
    [
        ("ServicePort", "targetPort"),
        ("GRPCAction", "service"), ("TypedLocalObjectReference", "apiGroup"), ("TypedObjectReference", "apiGroup"), ("ContainerImage", "names"),
    ];

    /// <summary>Structures and texts that have to be given although an empty one would be left out.</summary>
    private static readonly HashSet<(string Type, string Field)> Demanded =
    [
        ("Event", "metadata"), ("Binding", "target"), ("DeploymentSpec", "selector"), ("DeploymentSpec", "template"),
        ("ReplicaSetSpec", "selector"), ("HTTPGetAction", "port"), ("TCPSocketAction", "port"), ("Condition", "lastTransitionTime"),
        ("PreferredSchedulingTerm", "preference"), ("WeightedPodAffinityTerm", "podAffinityTerm"), ("PersistentVolumeClaimTemplate", "spec"),
        ("ScaleIOVolumeSource", "secretRef"), ("DaemonEndpoint", "Port"),
    ];

    public static IReadOnlyList<string> Of(RecordSchema record) =>
        record.Fields.Where(field => IsRequired(record.Type.Name, field)).Select(field => field.JsonName).Order(StringComparer.Ordinal).ToArray();

    private static bool IsRequired(string type, FieldSchema field)
    {
        if (field.Required is { } required) return required;
        if (Demanded.Contains((type, field.JsonName))) return true;
        if (Optional.Contains((type, field.JsonName))) return false;
        return field.AlwaysWritten && field.Value.Shape is not (ValueShape.Time or ValueShape.MicroTime or ValueShape.IntOrString or ValueShape.Quantity);
    }
}

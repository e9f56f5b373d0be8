namespace ClusterEmu.Api;

[Doc("Whether a part of the control plane is healthy. Deprecated; only for reading.")]
public sealed record ComponentStatus : IKubeObject
{
    public string Kind => "ComponentStatus";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is known of the part.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<ComponentCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What is known of a part of the control plane.")]
public sealed record ComponentCondition
{
    [Doc("Always Healthy.")]
    [GoType("v1.ComponentConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What the part said of itself.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What went wrong when it was asked.")]
    public string Error { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

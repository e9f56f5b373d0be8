namespace ClusterEmu.Api;

[Doc("A room for names: objects in different namespaces do not meet.")]
public sealed record Namespace : IKubeObject
{
    public string Kind => "Namespace";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public NamespaceSpec Spec { get => field ?? NamespaceSpec.Empty; init; }
    public NamespaceStatus Status { get => field ?? NamespaceStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record NamespaceSpec
{
    public static readonly NamespaceSpec Empty = new();

    [GoType("v1.FinalizerName")]
    public IReadOnlyList<string> Finalizers { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record NamespaceStatus
{
    public static readonly NamespaceStatus Empty = new();

    [GoType("v1.NamespacePhase")]
    public string Phase { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<NamespaceCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record NamespaceCondition
{
    [GoType("v1.NamespaceConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

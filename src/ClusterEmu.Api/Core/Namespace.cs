namespace ClusterEmu.Api;

[Doc("A room for names: objects in different namespaces do not meet.")]
public sealed record Namespace : IKubeObject
{
    public string Kind => "Namespace";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What keeps the namespace.")]
    public NamespaceSpec Spec { get => field ?? NamespaceSpec.Empty; init; }

    [Doc("Whether the namespace is on its way out.")]
    public NamespaceStatus Status { get => field ?? NamespaceStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What keeps a namespace.")]
public sealed record NamespaceSpec
{
    public static readonly NamespaceSpec Empty = new();

    [Doc("What must be done before the namespace can go. With kubernetes in it, that is the deletion of all its content.")]
    [GoType("v1.FinalizerName")]
    public IReadOnlyList<string> Finalizers { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Whether a namespace is on its way out.")]
public sealed record NamespaceStatus
{
    public static readonly NamespaceStatus Empty = new();

    [Doc("Active or Terminating.")]
    [GoType("v1.NamespacePhase")]
    public string Phase { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What holds up the deletion.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<NamespaceCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("What holds up the deletion of a namespace.")]
public sealed record NamespaceCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.NamespaceConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the status last changed.")]
    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

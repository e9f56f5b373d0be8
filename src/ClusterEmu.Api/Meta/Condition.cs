namespace ClusterEmu.Api;

[Doc("Something that a controller reports of an object.")]
public sealed record Condition
{
    [Doc("What the condition is about.")]
    [AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The generation of the specification that this is about.")]
    public long ObservedGeneration { get; init; }

    [Doc("When the status last changed.")]
    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    [AlwaysWritten]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    [AlwaysWritten]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

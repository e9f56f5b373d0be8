namespace ClusterEmu.Api;

public sealed record Condition
{
    [AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public long ObservedGeneration { get; init; }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [AlwaysWritten]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

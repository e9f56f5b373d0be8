namespace ClusterEmu.Api;

public sealed record Condition
{
    [AlwaysWritten]
    public string Type { get => field ?? ""; init; }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init; }
    public long ObservedGeneration { get; init; }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init; }

    [AlwaysWritten]
    public string Reason { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Message { get => field ?? ""; init; }
}

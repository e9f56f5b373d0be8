namespace ClusterEmu.Api;

public sealed record DeleteOptions
{
    public string Kind => "DeleteOptions";
    public string ApiVersion => "v1";
    public long? GracePeriodSeconds { get; init; }
    public Preconditions? Preconditions { get; init; }
    public bool? OrphanDependents { get; init; }

    [GoType("v1.DeletionPropagation")]
    public string? PropagationPolicy { get; init; }
    public IReadOnlyList<string> DryRun { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; init; }
}

public sealed record Preconditions
{
    [GoType("types.UID")]
    public string? Uid { get; init; }
    public string? ResourceVersion { get; init; }
}

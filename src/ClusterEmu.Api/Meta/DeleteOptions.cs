namespace ClusterEmu.Api;

[Doc("How an object is to be deleted.")]
public sealed record DeleteOptions
{
    public string Kind => "DeleteOptions";
    public string ApiVersion => "v1";

    [Doc("Time to end in an orderly way. 0 deletes at once; the kind's default if left out.")]
    public long? GracePeriodSeconds { get; init; }

    [Doc("What must be so for the deletion to happen.")]
    public Preconditions? Preconditions { get; init; }

    [Doc("True leaves objects behind that belong to this one. Deprecated; use propagationPolicy.")]
    public bool? OrphanDependents { get; init; }

    [Doc("Orphan leaves what belongs to the object; Background deletes it afterwards; Foreground first.")]
    [GoType("v1.DeletionPropagation")]
    public string? PropagationPolicy { get; init; }

    [Doc("With All, nothing happens; the answer is as if it had.")]
    public IReadOnlyList<string> DryRun { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("True deletes objects that cannot be read from the store. An alpha feature.")]
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; init; }
}

[Doc("What must be so for a deletion to happen.")]
public sealed record Preconditions
{
    [Doc("The object's UID.")]
    [GoType("types.UID")]
    public string? Uid { get; init; }

    [Doc("The object's revision.")]
    public string? ResourceVersion { get; init; }
}

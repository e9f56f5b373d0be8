namespace ClusterEmu.Api;

[Doc("A name for a priority. Pods with a higher one are scheduled first, and others may be evicted for them.")]
public sealed record PriorityClass : IKubeObject
{
    public string Kind => "PriorityClass";
    public string ApiVersion => "scheduling.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The priority: at most 1000000000 for classes of users. Cannot be changed.")]
    [AlwaysWritten]
    public int Value { get; init; }

    [Doc("Whether Pods that name no class get this one. One class at most can have it.")]
    public bool GlobalDefault { get; init; }

    [Doc("When to use the class, for people.")]
    public string Description { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Whether Pods of this class push out others: PreemptLowerPriority (the default) or Never. Cannot be changed.")]
    [GoType("v1.PreemptionPolicy")]
    public string? PreemptionPolicy { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

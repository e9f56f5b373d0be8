namespace ClusterEmu.Api;

[Doc("Sets defaults and bounds for what a single Pod, container or claim of a namespace may ask for.")]
public sealed record LimitRange : IKubeObject
{
    public string Kind => "LimitRange";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The defaults and bounds.")]
    public LimitRangeSpec Spec { get => field ?? LimitRangeSpec.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Defaults and bounds for single Pods, containers and claims.")]
public sealed record LimitRangeSpec
{
    public static readonly LimitRangeSpec Empty = new();

    [Doc("One entry for each type.")]
    [AlwaysWritten]
    public IReadOnlyList<LimitRangeItem> Limits { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Defaults and bounds for one type.")]
public sealed record LimitRangeItem
{
    [Doc("What they are for: Container, Pod (all containers together) or PersistentVolumeClaim.")]
    [GoType("v1.LimitType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The most of each resource.")]
    public IReadOnlyDictionary<string, Quantity> Max { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("The least of each resource.")]
    public IReadOnlyDictionary<string, Quantity> Min { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("The limit of containers that have none. Equals max if left out.")]
    public IReadOnlyDictionary<string, Quantity> Default { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("The request of containers that have none. Equals default, or else min, if left out.")]
    public IReadOnlyDictionary<string, Quantity> DefaultRequest { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("How many times its request a limit may be.")]
    public IReadOnlyDictionary<string, Quantity> MaxLimitRequestRatio { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
}

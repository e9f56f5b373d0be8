namespace ClusterEmu.Api;

public sealed record ResourceRequirements
{
    public static readonly ResourceRequirements Empty = new();

    public IReadOnlyDictionary<string, Quantity> Limits { get => field ?? EmptyMap.Quantities; init; }
    public IReadOnlyDictionary<string, Quantity> Requests { get => field ?? EmptyMap.Quantities; init; }

    [MapList("name")]
    public IReadOnlyList<ResourceClaim> Claims { get => field ?? []; init; }
}

public sealed record ResourceClaim
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
    public string Request { get => field ?? ""; init; }
}

public sealed record VolumeResourceRequirements
{
    public static readonly VolumeResourceRequirements Empty = new();

    public IReadOnlyDictionary<string, Quantity> Limits { get => field ?? EmptyMap.Quantities; init; }
    public IReadOnlyDictionary<string, Quantity> Requests { get => field ?? EmptyMap.Quantities; init; }
}

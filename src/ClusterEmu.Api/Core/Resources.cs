namespace ClusterEmu.Api;

public sealed record ResourceRequirements
{
    public static readonly ResourceRequirements Empty = new();

    public IReadOnlyDictionary<string, Quantity> Limits { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
    public IReadOnlyDictionary<string, Quantity> Requests { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [MapList("name")]
    public IReadOnlyList<ResourceClaim> Claims { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record ResourceClaim
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Request { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record VolumeResourceRequirements
{
    public static readonly VolumeResourceRequirements Empty = new();

    public IReadOnlyDictionary<string, Quantity> Limits { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
    public IReadOnlyDictionary<string, Quantity> Requests { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
}

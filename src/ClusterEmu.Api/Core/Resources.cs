namespace ClusterEmu.Api;

[Doc("What a container gets.")]
public sealed record ResourceRequirements
{
    public static readonly ResourceRequirements Empty = new();

    [Doc("The most it may use of each resource.")]
    public IReadOnlyDictionary<string, Quantity> Limits { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("What is set aside for it of each resource. Defaults to limits.")]
    public IReadOnlyDictionary<string, Quantity> Requests { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("Devices it uses, of the Pod's resourceClaims.")]
    [MapList("name")]
    public IReadOnlyList<ResourceClaim> Claims { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Devices that a container uses.")]
public sealed record ResourceClaim
{
    [Doc("The claim, of the Pod's resourceClaims.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Which of the claim's requests. All of them if left out.")]
    public string Request { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("How much a volume holds.")]
public sealed record VolumeResourceRequirements
{
    public static readonly VolumeResourceRequirements Empty = new();

    [Doc("The most it may hold.")]
    public IReadOnlyDictionary<string, Quantity> Limits { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("What it must hold at least, as storage.")]
    public IReadOnlyDictionary<string, Quantity> Requests { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
}

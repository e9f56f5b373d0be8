namespace ClusterEmu.Api;

public sealed record ListMeta
{
    public static readonly ListMeta Empty = new();

    public string SelfLink { get => field ?? ""; init; }
    public string ResourceVersion { get => field ?? ""; init; }
    public string Continue { get => field ?? ""; init; }
    public long? RemainingItemCount { get; init; }
}

namespace ClusterEmu.Api;

public sealed record ListMeta
{
    public static readonly ListMeta Empty = new();

    public string SelfLink { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string ResourceVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Continue { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public long? RemainingItemCount { get; init; }
}

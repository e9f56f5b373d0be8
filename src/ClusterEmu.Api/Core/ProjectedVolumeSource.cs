namespace ClusterEmu.Api;

public sealed record ProjectedVolumeSource
{
    [AlwaysWritten]
    public IReadOnlyList<VolumeProjection> Sources { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public int? DefaultMode { get; init; }
}

public sealed record VolumeProjection
{
    public SecretProjection? Secret { get; init; }
    public DownwardAPIProjection? DownwardAPI { get; init; }
    public ConfigMapProjection? ConfigMap { get; init; }
    public ServiceAccountTokenProjection? ServiceAccountToken { get; init; }
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; init; }
}

public sealed record SecretProjection
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<KeyToPath> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public bool? Optional { get; init; }
}

public sealed record ConfigMapProjection
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<KeyToPath> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public bool? Optional { get; init; }
}

public sealed record DownwardAPIProjection
{
    public IReadOnlyList<DownwardAPIVolumeFile> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record ServiceAccountTokenProjection
{
    public string Audience { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public long? ExpirationSeconds { get; init; }

    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record ClusterTrustBundleProjection
{
    public string? Name { get; init; }
    public string? SignerName { get; init; }
    public LabelSelector? LabelSelector { get; init; }
    public bool? Optional { get; init; }

    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

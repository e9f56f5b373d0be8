namespace ClusterEmu.Api;

[Doc("Several sources in one directory.")]
public sealed record ProjectedVolumeSource
{
    [Doc("The sources.")]
    [AlwaysWritten]
    public IReadOnlyList<VolumeProjection> Sources { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Permission bits of the files, unless they say otherwise. Defaults to 0644.")]
    public int? DefaultMode { get; init; }
}

[Doc("One source of a directory: one of these.")]
public sealed record VolumeProjection
{
    [Doc("A Secret's entries.")]
    public SecretProjection? Secret { get; init; }

    [Doc("Fields of the Pod.")]
    public DownwardAPIProjection? DownwardAPI { get; init; }

    [Doc("A ConfigMap's entries.")]
    public ConfigMapProjection? ConfigMap { get; init; }

    [Doc("A token for the Pod's identity.")]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; init; }

    [Doc("Certificates of authorities. An alpha feature.")]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; init; }
}

[Doc("A Secret's entries as files.")]
public sealed record SecretProjection
{
    [Doc("The Secret, in the Pod's namespace.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The entries, and their files. All of them if left out.")]
    public IReadOnlyList<KeyToPath> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("True lets the Pod start without it.")]
    public bool? Optional { get; init; }
}

[Doc("A ConfigMap's entries as files.")]
public sealed record ConfigMapProjection
{
    [Doc("The ConfigMap, in the Pod's namespace.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The entries, and their files. All of them if left out.")]
    public IReadOnlyList<KeyToPath> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("True lets the Pod start without it.")]
    public bool? Optional { get; init; }
}

[Doc("Fields of a Pod as files.")]
public sealed record DownwardAPIProjection
{
    [Doc("The files.")]
    public IReadOnlyList<DownwardAPIVolumeFile> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A token for a Pod's identity as a file.")]
public sealed record ServiceAccountTokenProjection
{
    [Doc("Whom the token is for. Defaults to the API server.")]
    public string Audience { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How long it is good; it is renewed in time. Defaults to 3600, at least 600.")]
    public long? ExpirationSeconds { get; init; }

    [Doc("The file.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Certificates of authorities as a file. An alpha feature.")]
public sealed record ClusterTrustBundleProjection
{
    [Doc("The ClusterTrustBundle.")]
    public string? Name { get; init; }

    [Doc("All ClusterTrustBundles of this signer.")]
    public string? SignerName { get; init; }

    [Doc("Labels that the signer's bundles must have.")]
    public LabelSelector? LabelSelector { get; init; }

    [Doc("True lets the Pod start without it.")]
    public bool? Optional { get; init; }

    [Doc("The file.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

namespace ClusterEmu.Api;

public sealed record GCEPersistentDiskVolumeSource
{
    [AlwaysWritten]
    public string PdName { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public int Partition { get; init; }
    public bool ReadOnly { get; init; }
}

public sealed record AWSElasticBlockStoreVolumeSource
{
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public int Partition { get; init; }
    public bool ReadOnly { get; init; }
}

public sealed record GitRepoVolumeSource
{
    [AlwaysWritten]
    public string Repository { get => field ?? ""; init; }
    public string Revision { get => field ?? ""; init; }
    public string Directory { get => field ?? ""; init; }
}

public sealed record ISCSIVolumeSource
{
    [AlwaysWritten]
    public string TargetPortal { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Iqn { get => field ?? ""; init; }

    [AlwaysWritten]
    public int Lun { get; init; }
    public string IscsiInterface { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
    public IReadOnlyList<string> Portals { get => field ?? []; init; }
    public bool ChapAuthDiscovery { get; init; }
    public bool ChapAuthSession { get; init; }
    public LocalObjectReference? SecretRef { get; init; }
    public string? InitiatorName { get; init; }
}

public sealed record GlusterfsVolumeSource
{
    [AlwaysWritten]
    public string Endpoints { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Path { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
}

public sealed record RBDVolumeSource
{
    [AlwaysWritten]
    public IReadOnlyList<string> Monitors { get => field ?? []; init; }

    [AlwaysWritten]
    public string Image { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public string Pool { get => field ?? ""; init; }
    public string User { get => field ?? ""; init; }
    public string Keyring { get => field ?? ""; init; }
    public LocalObjectReference? SecretRef { get; init; }
    public bool ReadOnly { get; init; }
}

public sealed record FlexVolumeSource
{
    [AlwaysWritten]
    public string Driver { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public LocalObjectReference? SecretRef { get; init; }
    public bool ReadOnly { get; init; }
    public IReadOnlyDictionary<string, string> Options { get => field ?? EmptyMap.Strings; init; }
}

public sealed record CinderVolumeSource
{
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
    public LocalObjectReference? SecretRef { get; init; }
}

public sealed record CephFSVolumeSource
{
    [AlwaysWritten]
    public IReadOnlyList<string> Monitors { get => field ?? []; init; }
    public string Path { get => field ?? ""; init; }
    public string User { get => field ?? ""; init; }
    public string SecretFile { get => field ?? ""; init; }
    public LocalObjectReference? SecretRef { get; init; }
    public bool ReadOnly { get; init; }
}

public sealed record FlockerVolumeSource
{
    public string DatasetName { get => field ?? ""; init; }
    public string DatasetUUID { get => field ?? ""; init; }
}

public sealed record FCVolumeSource
{
    public IReadOnlyList<string> TargetWWNs { get => field ?? []; init; }
    public int? Lun { get; init; }
    public string FsType { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
    public IReadOnlyList<string> Wwids { get => field ?? []; init; }
}

public sealed record AzureFileVolumeSource
{
    [AlwaysWritten]
    public string SecretName { get => field ?? ""; init; }

    [AlwaysWritten]
    public string ShareName { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
}

public sealed record AzureDiskVolumeSource
{
    [AlwaysWritten]
    public string DiskName { get => field ?? ""; init; }

    [AlwaysWritten]
    public string DiskURI { get => field ?? ""; init; }

    [GoType("v1.AzureDataDiskCachingMode")]
    public string? CachingMode { get; init; }
    public string? FsType { get; init; }
    public bool? ReadOnly { get; init; }

    [GoType("v1.AzureDataDiskKind")]
    public string? Kind { get; init; }
}

public sealed record VsphereVirtualDiskVolumeSource
{
    [AlwaysWritten]
    public string VolumePath { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public string StoragePolicyName { get => field ?? ""; init; }
    public string StoragePolicyID { get => field ?? ""; init; }
}

public sealed record QuobyteVolumeSource
{
    [AlwaysWritten]
    public string Registry { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Volume { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
    public string User { get => field ?? ""; init; }
    public string Group { get => field ?? ""; init; }
    public string Tenant { get => field ?? ""; init; }
}

public sealed record PhotonPersistentDiskVolumeSource
{
    [AlwaysWritten]
    public string PdID { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
}

public sealed record PortworxVolumeSource
{
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
}

public sealed record ScaleIOVolumeSource
{
    [AlwaysWritten]
    public string Gateway { get => field ?? ""; init; }

    [AlwaysWritten]
    public string System { get => field ?? ""; init; }

    [AlwaysWritten]
    public LocalObjectReference? SecretRef { get; init; }
    public bool SslEnabled { get; init; }
    public string ProtectionDomain { get => field ?? ""; init; }
    public string StoragePool { get => field ?? ""; init; }
    public string StorageMode { get => field ?? ""; init; }
    public string VolumeName { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
}

public sealed record StorageOSVolumeSource
{
    public string VolumeName { get => field ?? ""; init; }
    public string VolumeNamespace { get => field ?? ""; init; }
    public string FsType { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
    public LocalObjectReference? SecretRef { get; init; }
}

namespace ClusterEmu.Api;

public sealed record GCEPersistentDiskVolumeSource
{
    [AlwaysWritten]
    public string PdName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public int Partition { get; init; }
    public bool ReadOnly { get; init; }
}

public sealed record AWSElasticBlockStoreVolumeSource
{
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public int Partition { get; init; }
    public bool ReadOnly { get; init; }
}

public sealed record GitRepoVolumeSource
{
    [AlwaysWritten]
    public string Repository { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Revision { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Directory { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record ISCSIVolumeSource
{
    [AlwaysWritten]
    public string TargetPortal { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Iqn { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public int Lun { get; init; }
    public string IscsiInterface { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
    public IReadOnlyList<string> Portals { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public bool ChapAuthDiscovery { get; init; }
    public bool ChapAuthSession { get; init; }
    public LocalObjectReference? SecretRef { get; init; }
    public string? InitiatorName { get; init; }
}

public sealed record GlusterfsVolumeSource
{
    [AlwaysWritten]
    public string Endpoints { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
}

public sealed record RBDVolumeSource
{
    [AlwaysWritten]
    public IReadOnlyList<string> Monitors { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Image { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Pool { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Keyring { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public LocalObjectReference? SecretRef { get; init; }
    public bool ReadOnly { get; init; }
}

public sealed record FlexVolumeSource
{
    [AlwaysWritten]
    public string Driver { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public LocalObjectReference? SecretRef { get; init; }
    public bool ReadOnly { get; init; }
    public IReadOnlyDictionary<string, string> Options { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }
}

public sealed record CinderVolumeSource
{
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
    public LocalObjectReference? SecretRef { get; init; }
}

public sealed record CephFSVolumeSource
{
    [AlwaysWritten]
    public IReadOnlyList<string> Monitors { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string SecretFile { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public LocalObjectReference? SecretRef { get; init; }
    public bool ReadOnly { get; init; }
}

public sealed record FlockerVolumeSource
{
    public string DatasetName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string DatasetUUID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record FCVolumeSource
{
    public IReadOnlyList<string> TargetWWNs { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public int? Lun { get; init; }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
    public IReadOnlyList<string> Wwids { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record AzureFileVolumeSource
{
    [AlwaysWritten]
    public string SecretName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string ShareName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
}

public sealed record AzureDiskVolumeSource
{
    [AlwaysWritten]
    public string DiskName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string DiskURI { get => field ?? ""; init => field = Absent.IfEmpty(value); }

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
    public string VolumePath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string StoragePolicyName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string StoragePolicyID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record QuobyteVolumeSource
{
    [AlwaysWritten]
    public string Registry { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Volume { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Group { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Tenant { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record PhotonPersistentDiskVolumeSource
{
    [AlwaysWritten]
    public string PdID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record PortworxVolumeSource
{
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
}

public sealed record ScaleIOVolumeSource
{
    [AlwaysWritten]
    public string Gateway { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string System { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public LocalObjectReference? SecretRef { get; init; }
    public bool SslEnabled { get; init; }
    public string ProtectionDomain { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string StoragePool { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string StorageMode { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string VolumeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
}

public sealed record StorageOSVolumeSource
{
    public string VolumeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string VolumeNamespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
    public LocalObjectReference? SecretRef { get; init; }
}

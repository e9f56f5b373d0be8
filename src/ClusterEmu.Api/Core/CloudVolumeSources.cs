namespace ClusterEmu.Api;

[Doc("A disk of Google's cloud. Deprecated.")]
public sealed record GCEPersistentDiskVolumeSource
{
    [Doc("The disk.")]
    [AlwaysWritten]
    public string PdName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The partition. 0 or left out: the whole disk.")]
    public int Partition { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A disk of Amazon's cloud. Deprecated.")]
public sealed record AWSElasticBlockStoreVolumeSource
{
    [Doc("The disk.")]
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The partition. 0 or left out: the whole disk.")]
    public int Partition { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A volume of OpenStack. Deprecated.")]
public sealed record CinderVolumeSource
{
    [Doc("The volume.")]
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("The Secret with the parameters of the connection.")]
    public LocalObjectReference? SecretRef { get; init; }
}

[Doc("A file share of Microsoft's cloud. Deprecated.")]
public sealed record AzureFileVolumeSource
{
    [Doc("The Secret with the storage account's name and key.")]
    [AlwaysWritten]
    public string SecretName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The share.")]
    [AlwaysWritten]
    public string ShareName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A disk of Microsoft's cloud. Deprecated.")]
public sealed record AzureDiskVolumeSource
{
    [Doc("The disk.")]
    [AlwaysWritten]
    public string DiskName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The disk's address in the cloud.")]
    [AlwaysWritten]
    public string DiskURI { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("None, ReadOnly or ReadWrite (the default).")]
    [GoType("v1.AzureDataDiskCachingMode")]
    public string? CachingMode { get; init; }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string? FsType { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool? ReadOnly { get; init; }

    [Doc("Shared (the default), Dedicated or Managed.")]
    [GoType("v1.AzureDataDiskKind")]
    public string? Kind { get; init; }
}

[Doc("A disk of vSphere. Deprecated.")]
public sealed record VsphereVirtualDiskVolumeSource
{
    [Doc("The disk's path.")]
    [AlwaysWritten]
    public string VolumePath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The storage policy's name.")]
    public string StoragePolicyName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The storage policy.")]
    public string StoragePolicyID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A disk of Photon Controller. Deprecated.")]
public sealed record PhotonPersistentDiskVolumeSource
{
    [Doc("The disk.")]
    [AlwaysWritten]
    public string PdID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

namespace ClusterEmu.Api;

[Doc("A clone of a Git repository. Deprecated: clone it in an init container.")]
public sealed record GitRepoVolumeSource
{
    [Doc("The repository's URL.")]
    [AlwaysWritten]
    public string Repository { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The commit to check out.")]
    public string Revision { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The directory to clone into.")]
    public string Directory { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A device reached by iSCSI.")]
public sealed record ISCSIVolumeSource
{
    [Doc("The portal's address, with its port unless that is 860 or 3260.")]
    [AlwaysWritten]
    public string TargetPortal { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The target's iSCSI name.")]
    [AlwaysWritten]
    public string Iqn { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The logical unit's number.")]
    [AlwaysWritten]
    public int Lun { get; init; }

    [Doc("The interface. Defaults to default (plain TCP).")]
    public string IscsiInterface { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("Further portals.")]
    public IReadOnlyList<string> Portals { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("True authenticates by CHAP when portals are discovered.")]
    public bool ChapAuthDiscovery { get; init; }

    [Doc("True authenticates by CHAP when a session begins.")]
    public bool ChapAuthSession { get; init; }

    [Doc("The Secret with the CHAP credentials.")]
    public LocalObjectReference? SecretRef { get; init; }

    [Doc("The initiator's iSCSI name.")]
    public string? InitiatorName { get; init; }
}

[Doc("A GlusterFS volume. Deprecated.")]
public sealed record GlusterfsVolumeSource
{
    [Doc("The Endpoints object that lists the servers.")]
    [AlwaysWritten]
    public string Endpoints { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The volume.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A block device of Ceph. Deprecated.")]
public sealed record RBDVolumeSource
{
    [Doc("The addresses of the Ceph monitors.")]
    [AlwaysWritten]
    public IReadOnlyList<string> Monitors { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The image.")]
    [AlwaysWritten]
    public string Image { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The pool. Defaults to rbd.")]
    public string Pool { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The user. Defaults to admin.")]
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The key ring file. Defaults to /etc/ceph/keyring.")]
    public string Keyring { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret with the user's key; used instead of keyring.")]
    public LocalObjectReference? SecretRef { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("Storage of a driver program on the node. Deprecated.")]
public sealed record FlexVolumeSource
{
    [Doc("The driver.")]
    [AlwaysWritten]
    public string Driver { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret that the driver gets.")]
    public LocalObjectReference? SecretRef { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("What else the driver gets.")]
    public IReadOnlyDictionary<string, string> Options { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }
}

[Doc("A directory of CephFS. Deprecated.")]
public sealed record CephFSVolumeSource
{
    [Doc("The addresses of the Ceph monitors.")]
    [AlwaysWritten]
    public IReadOnlyList<string> Monitors { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The directory. Defaults to /.")]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The user. Defaults to admin.")]
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file with the user's key. Defaults to /etc/ceph/user.secret.")]
    public string SecretFile { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret with the user's key; used instead of secretFile.")]
    public LocalObjectReference? SecretRef { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A Flocker dataset. Deprecated.")]
public sealed record FlockerVolumeSource
{
    [Doc("The dataset's name. Deprecated; use datasetUUID.")]
    public string DatasetName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The dataset.")]
    public string DatasetUUID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A device reached by Fibre Channel. Either targetWWNs and lun, or wwids.")]
public sealed record FCVolumeSource
{
    [Doc("World wide names of the targets.")]
    public IReadOnlyList<string> TargetWWNs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The logical unit's number.")]
    public int? Lun { get; init; }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("World wide identifiers of the volume.")]
    public IReadOnlyList<string> Wwids { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A Quobyte volume. Deprecated.")]
public sealed record QuobyteVolumeSource
{
    [Doc("Addresses of the registries, separated by commas.")]
    [AlwaysWritten]
    public string Registry { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The volume.")]
    [AlwaysWritten]
    public string Volume { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("The user. Defaults to the service account's.")]
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The group.")]
    public string Group { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The tenant that owns the volume.")]
    public string Tenant { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A Portworx volume. Deprecated.")]
public sealed record PortworxVolumeSource
{
    [Doc("The volume.")]
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A ScaleIO volume. Deprecated.")]
public sealed record ScaleIOVolumeSource
{
    [Doc("The gateway's address.")]
    [AlwaysWritten]
    public string Gateway { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The storage system.")]
    [AlwaysWritten]
    public string System { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret with user and password.")]
    [AlwaysWritten]
    public LocalObjectReference? SecretRef { get; init; }

    [Doc("True talks to the gateway by TLS.")]
    public bool SslEnabled { get; init; }

    [Doc("The protection domain.")]
    public string ProtectionDomain { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The storage pool.")]
    public string StoragePool { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("ThinProvisioned (the default) or ThickProvisioned.")]
    public string StorageMode { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The volume.")]
    public string VolumeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount. Defaults to xfs.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A StorageOS volume. Deprecated.")]
public sealed record StorageOSVolumeSource
{
    [Doc("The volume.")]
    public string VolumeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The volume's namespace at StorageOS. The Pod's own if left out.")]
    public string VolumeNamespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("The Secret with the credentials.")]
    public LocalObjectReference? SecretRef { get; init; }
}

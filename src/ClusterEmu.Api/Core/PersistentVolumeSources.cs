namespace ClusterEmu.Api;

[Doc("A GlusterFS volume.")]
public sealed record GlusterfsPersistentVolumeSource
{
    [Doc("The Endpoints object that lists the servers.")]
    [AlwaysWritten]
    public string Endpoints { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The volume.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("The namespace of the Endpoints object. That of the claim if left out.")]
    public string? EndpointsNamespace { get; init; }
}

[Doc("A block device of Ceph.")]
public sealed record RBDPersistentVolumeSource
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
    public SecretReference? SecretRef { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A device reached by iSCSI.")]
public sealed record ISCSIPersistentVolumeSource
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
    public SecretReference? SecretRef { get; init; }

    [Doc("The initiator's iSCSI name.")]
    public string? InitiatorName { get; init; }
}

[Doc("A volume of OpenStack.")]
public sealed record CinderPersistentVolumeSource
{
    [Doc("The volume.")]
    [AlwaysWritten]
    public string VolumeID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("The Secret with the parameters of the connection.")]
    public SecretReference? SecretRef { get; init; }
}

[Doc("A directory of CephFS.")]
public sealed record CephFSPersistentVolumeSource
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
    public SecretReference? SecretRef { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("Storage of a driver program on the node.")]
public sealed record FlexPersistentVolumeSource
{
    [Doc("The driver.")]
    [AlwaysWritten]
    public string Driver { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret that the driver gets.")]
    public SecretReference? SecretRef { get; init; }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("What else the driver gets.")]
    public IReadOnlyDictionary<string, string> Options { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }
}

[Doc("A file share of Microsoft's cloud.")]
public sealed record AzureFilePersistentVolumeSource
{
    [Doc("The Secret with the storage account's name and key.")]
    [AlwaysWritten]
    public string SecretName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The share.")]
    [AlwaysWritten]
    public string ShareName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("The namespace of the Secret. That of the claim if left out.")]
    [AlwaysWritten]
    public string? SecretNamespace { get; init; }
}

[Doc("A ScaleIO volume.")]
public sealed record ScaleIOPersistentVolumeSource
{
    [Doc("The gateway's address.")]
    [AlwaysWritten]
    public string Gateway { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The storage system.")]
    [AlwaysWritten]
    public string System { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret with user and password.")]
    [AlwaysWritten]
    public SecretReference? SecretRef { get; init; }

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

[Doc("A disk or directory of one node.")]
public sealed record LocalVolumeSource
{
    [Doc("The disk or directory on that node.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string? FsType { get; init; }
}

[Doc("A StorageOS volume.")]
public sealed record StorageOSPersistentVolumeSource
{
    [Doc("The volume.")]
    public string VolumeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The volume's namespace at StorageOS. That of the claim if left out.")]
    public string VolumeNamespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("The Secret with the credentials.")]
    public ObjectReference? SecretRef { get; init; }
}

[Doc("Storage of a CSI driver.")]
public sealed record CSIPersistentVolumeSource
{
    [Doc("The driver, as it registered itself.")]
    [AlwaysWritten]
    public string Driver { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What the driver calls the volume.")]
    [AlwaysWritten]
    public string VolumeHandle { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string FsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What the driver said of the volume when it was made.")]
    public IReadOnlyDictionary<string, string> VolumeAttributes { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret for attaching the volume to a node.")]
    public SecretReference? ControllerPublishSecretRef { get; init; }

    [Doc("The Secret for preparing the volume on a node.")]
    public SecretReference? NodeStageSecretRef { get; init; }

    [Doc("The Secret for mounting the volume into a Pod.")]
    public SecretReference? NodePublishSecretRef { get; init; }

    [Doc("The Secret for making the volume larger.")]
    public SecretReference? ControllerExpandSecretRef { get; init; }

    [Doc("The Secret for making the file system on a node larger.")]
    public SecretReference? NodeExpandSecretRef { get; init; }
}

[Doc("Names a Secret in some namespace.")]
[AtomicField]
public sealed record SecretReference
{
    [Doc("The Secret's name.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret's namespace.")]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

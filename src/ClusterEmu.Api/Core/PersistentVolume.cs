namespace ClusterEmu.Api;

[Doc("A piece of storage that outlives Pods. A PersistentVolumeClaim takes it.")]
public sealed record PersistentVolume : IKubeObject
{
    public string Kind => "PersistentVolume";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the storage is, and who may have it.")]
    public PersistentVolumeSpec Spec { get => field ?? PersistentVolumeSpec.Empty; init; }

    [Doc("Who has it.")]
    public PersistentVolumeStatus Status { get => field ?? PersistentVolumeStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What the storage is, and who may have it. Exactly one kind of storage is named.")]
public sealed record PersistentVolumeSpec
{
    public static readonly PersistentVolumeSpec Empty = new();

    [Doc("How much it holds, as storage.")]
    public IReadOnlyDictionary<string, Quantity> Capacity { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("A disk of Google's cloud. Deprecated.")]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; init; }

    [Doc("A disk of Amazon's cloud. Deprecated.")]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; init; }

    [Doc("A directory of a node. For tests on a single node only.")]
    public HostPathVolumeSource? HostPath { get; init; }

    [Doc("A GlusterFS volume. Deprecated.")]
    public GlusterfsPersistentVolumeSource? Glusterfs { get; init; }

    [Doc("A directory of an NFS server.")]
    public NFSVolumeSource? Nfs { get; init; }

    [Doc("A block device of Ceph. Deprecated.")]
    public RBDPersistentVolumeSource? Rbd { get; init; }

    [Doc("A device reached by iSCSI.")]
    public ISCSIPersistentVolumeSource? Iscsi { get; init; }

    [Doc("A volume of OpenStack. Deprecated.")]
    public CinderPersistentVolumeSource? Cinder { get; init; }

    [Doc("A directory of CephFS. Deprecated.")]
    public CephFSPersistentVolumeSource? Cephfs { get; init; }

    [Doc("A device reached by Fibre Channel.")]
    public FCVolumeSource? Fc { get; init; }

    [Doc("A Flocker dataset. Deprecated.")]
    public FlockerVolumeSource? Flocker { get; init; }

    [Doc("Storage of a driver program on the node. Deprecated.")]
    public FlexPersistentVolumeSource? FlexVolume { get; init; }

    [Doc("A file share of Microsoft's cloud. Deprecated.")]
    public AzureFilePersistentVolumeSource? AzureFile { get; init; }

    [Doc("A disk of vSphere. Deprecated.")]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }

    [Doc("A Quobyte volume. Deprecated.")]
    public QuobyteVolumeSource? Quobyte { get; init; }

    [Doc("A disk of Microsoft's cloud. Deprecated.")]
    public AzureDiskVolumeSource? AzureDisk { get; init; }

    [Doc("A disk of Photon Controller. Deprecated.")]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    [Doc("A Portworx volume. Deprecated.")]
    public PortworxVolumeSource? PortworxVolume { get; init; }

    [Doc("A ScaleIO volume. Deprecated.")]
    public ScaleIOPersistentVolumeSource? ScaleIO { get; init; }

    [Doc("A disk or directory of one node; nodeAffinity must name that node.")]
    public LocalVolumeSource? Local { get; init; }

    [Doc("A StorageOS volume. Deprecated.")]
    public StorageOSPersistentVolumeSource? Storageos { get; init; }

    [Doc("Storage of a CSI driver.")]
    public CSIPersistentVolumeSource? Csi { get; init; }

    [Doc("How it can be mounted: ReadWriteOnce (one node), ReadOnlyMany, ReadWriteMany (many nodes), ReadWriteOncePod (one Pod).")]
    [GoType("v1.PersistentVolumeAccessMode")]
    public IReadOnlyList<string> AccessModes { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The claim that has, or is to have, this volume.")]
    public ObjectReference? ClaimRef { get; init; }

    [Doc("What becomes of it when its claim goes: Retain (the default for volumes made by hand), Delete, or Recycle (deprecated).")]
    [GoType("v1.PersistentVolumeReclaimPolicy")]
    public string PersistentVolumeReclaimPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The class it belongs to. Only claims of this class get it.")]
    public string StorageClassName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Options of the mount command. They are not checked; a bad one makes the mount fail.")]
    public IReadOnlyList<string> MountOptions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Filesystem (the default) or Block for the bare device.")]
    [GoType("v1.PersistentVolumeMode")]
    public string? VolumeMode { get; init; }

    [Doc("The nodes that can reach it.")]
    public VolumeNodeAffinity? NodeAffinity { get; init; }

    [Doc("The VolumeAttributesClass it belongs to.")]
    public string? VolumeAttributesClassName { get; init; }
}

[Doc("The nodes that can reach a volume.")]
public sealed record VolumeNodeAffinity
{
    [Doc("What such a node must look like.")]
    public NodeSelector? Required { get; init; }
}

[Doc("Who has a volume.")]
public sealed record PersistentVolumeStatus
{
    public static readonly PersistentVolumeStatus Empty = new();

    [Doc("Pending, Available, Bound, Released (its claim is gone) or Failed.")]
    [GoType("v1.PersistentVolumePhase")]
    public string Phase { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why it is in this phase, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why it has failed, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the phase last changed.")]
    public DateTimeOffset? LastPhaseTransitionTime { get; init => field = KubeTime.ToSeconds(value); }
}

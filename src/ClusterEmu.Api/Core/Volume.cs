namespace ClusterEmu.Api;

[Doc("Storage that containers of a Pod can mount. Exactly one source is named; an empty directory if none is.")]
public sealed record Volume
{
    [Doc("What containers call it.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A directory or file of the node. Gives the Pod a hold on its node; better not.")]
    public HostPathVolumeSource? HostPath { get; init; }

    [Doc("An empty directory that lives as long as the Pod.")]
    public EmptyDirVolumeSource? EmptyDir { get; init; }

    [Doc("A disk of Google's cloud. Deprecated.")]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; init; }

    [Doc("A disk of Amazon's cloud. Deprecated.")]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; init; }

    [Doc("A clone of a Git repository. Deprecated.")]
    public GitRepoVolumeSource? GitRepo { get; init; }

    [Doc("A Secret's entries as files.")]
    public SecretVolumeSource? Secret { get; init; }

    [Doc("A directory of an NFS server.")]
    public NFSVolumeSource? Nfs { get; init; }

    [Doc("A device reached by iSCSI.")]
    public ISCSIVolumeSource? Iscsi { get; init; }

    [Doc("A GlusterFS volume. Deprecated.")]
    public GlusterfsVolumeSource? Glusterfs { get; init; }

    [Doc("The storage that a claim got.")]
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; init; }

    [Doc("A block device of Ceph. Deprecated.")]
    public RBDVolumeSource? Rbd { get; init; }

    [Doc("Storage of a driver program on the node. Deprecated.")]
    public FlexVolumeSource? FlexVolume { get; init; }

    [Doc("A volume of OpenStack. Deprecated.")]
    public CinderVolumeSource? Cinder { get; init; }

    [Doc("A directory of CephFS. Deprecated.")]
    public CephFSVolumeSource? Cephfs { get; init; }

    [Doc("A Flocker dataset. Deprecated.")]
    public FlockerVolumeSource? Flocker { get; init; }

    [Doc("Fields of the Pod as files.")]
    public DownwardAPIVolumeSource? DownwardAPI { get; init; }

    [Doc("A device reached by Fibre Channel.")]
    public FCVolumeSource? Fc { get; init; }

    [Doc("A file share of Microsoft's cloud. Deprecated.")]
    public AzureFileVolumeSource? AzureFile { get; init; }

    [Doc("A ConfigMap's entries as files.")]
    public ConfigMapVolumeSource? ConfigMap { get; init; }

    [Doc("A disk of vSphere. Deprecated.")]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }

    [Doc("A Quobyte volume. Deprecated.")]
    public QuobyteVolumeSource? Quobyte { get; init; }

    [Doc("A disk of Microsoft's cloud. Deprecated.")]
    public AzureDiskVolumeSource? AzureDisk { get; init; }

    [Doc("A disk of Photon Controller. Deprecated.")]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    [Doc("Several sources in one directory.")]
    public ProjectedVolumeSource? Projected { get; init; }

    [Doc("A Portworx volume. Deprecated.")]
    public PortworxVolumeSource? PortworxVolume { get; init; }

    [Doc("A ScaleIO volume. Deprecated.")]
    public ScaleIOVolumeSource? ScaleIO { get; init; }

    [Doc("A StorageOS volume. Deprecated.")]
    public StorageOSVolumeSource? Storageos { get; init; }

    [Doc("Storage of a CSI driver that is made for this Pod alone.")]
    public CSIVolumeSource? Csi { get; init; }

    [Doc("A claim that is made together with the Pod and goes with it.")]
    public EphemeralVolumeSource? Ephemeral { get; init; }

    [Doc("The files of an image, read-only. An alpha feature.")]
    public ImageVolumeSource? Image { get; init; }
}

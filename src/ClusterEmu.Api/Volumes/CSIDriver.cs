namespace ClusterEmu.Api;

[Doc("A driver for storage (Container Storage Interface) and what it needs of the cluster. Its name is the driver's name.")]
public sealed record CSIDriver : IKubeObject
{
    public string Kind => "CSIDriver";
    public string ApiVersion => "storage.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the driver needs.")]
    [MustBeGiven]
    public CSIDriverSpec Spec { get => field ?? CSIDriverSpec.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a storage driver needs of the cluster.")]
public sealed record CSIDriverSpec
{
    public static readonly CSIDriverSpec Empty = new();

    [Doc("Whether volumes are attached to a node before they are mounted. Defaults to true. Cannot be changed.")]
    public bool? AttachRequired { get; init; }

    [Doc("Whether the driver is told for which Pod it mounts. Defaults to false.")]
    public bool? PodInfoOnMount { get; init; }

    [Doc("What sort of volumes it has: Persistent (the default), Ephemeral (made for one Pod), or both. Cannot be changed.")]
    [GoType("v1.VolumeLifecycleMode"), SetList]
    public IReadOnlyList<string> VolumeLifecycleModes { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Whether it says how much space it has, as CSIStorageCapacity objects. Defaults to false.")]
    public bool? StorageCapacity { get; init; }

    [Doc("Whether files are given to a Pod's fsGroup: ReadWriteOnceWithFSType (the default), File (always) or None.")]
    [GoType("v1.FSGroupPolicy")]
    public string? FSGroupPolicy { get; init; }

    [Doc("Tokens of the Pod's service account that the driver gets.")]
    public IReadOnlyList<CSIDriverTokenRequest> TokenRequests { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Whether it is asked again and again to mount, so that it can renew content. Defaults to false.")]
    public bool? RequiresRepublish { get; init; }

    [Doc("Whether it can mount with an SELinux context. Defaults to false.")]
    public bool? SELinuxMount { get; init; }
}

[Doc("A token of a Pod's service account for a storage driver.")]
[GoName("TokenRequest", "v1")]
public sealed record CSIDriverTokenRequest
{
    [Doc("For whom the token is. Empty: the API server itself. Each audience once.")]
    [AlwaysWritten]
    public string Audience { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How long it lasts. 600 to 4294967296.")]
    public long? ExpirationSeconds { get; init; }
}

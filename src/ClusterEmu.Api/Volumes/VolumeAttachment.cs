namespace ClusterEmu.Api;

[Doc("Asks that a volume be attached to a node, or detached when this object is deleted.")]
public sealed record VolumeAttachment : IKubeObject
{
    public string Kind => "VolumeAttachment";
    public string ApiVersion => "storage.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Which volume, where, and by whom. Cannot be changed.")]
    [MustBeGiven]
    public VolumeAttachmentSpec Spec { get => field ?? VolumeAttachmentSpec.Empty; init; }

    [Doc("How far that is.")]
    public VolumeAttachmentStatus Status { get => field ?? VolumeAttachmentStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Which volume is attached where, and by whom.")]
public sealed record VolumeAttachmentSpec
{
    public static readonly VolumeAttachmentSpec Empty = new();

    [Doc("The driver that does it.")]
    [AlwaysWritten]
    public string Attacher { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The volume.")]
    [MustBeGiven]
    public VolumeAttachmentSource Source { get => field ?? VolumeAttachmentSource.Empty; init; }

    [Doc("The node.")]
    [AlwaysWritten]
    public string NodeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A volume that is attached.")]
public sealed record VolumeAttachmentSource
{
    public static readonly VolumeAttachmentSource Empty = new();

    [Doc("The PersistentVolume's name.")]
    public string? PersistentVolumeName { get; init; }
}

[Doc("How far the attachment is.")]
public sealed record VolumeAttachmentStatus
{
    public static readonly VolumeAttachmentStatus Empty = new();

    [Doc("True once the volume is attached.")]
    [AlwaysWritten]
    public bool Attached { get; init; }

    [Doc("What the driver says of it, for mounting.")]
    public IReadOnlyDictionary<string, string> AttachmentMetadata { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("Why attaching failed last.")]
    public VolumeError? AttachError { get; init; }

    [Doc("Why detaching failed last.")]
    public VolumeError? DetachError { get; init; }
}

[Doc("A failure of a storage driver.")]
public sealed record VolumeError
{
    [Doc("When.")]
    public DateTimeOffset? Time { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("What it said.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

namespace ClusterEmu.Api;

[Doc("Asks for storage. Pods in the same namespace can mount it once it is bound to a PersistentVolume.")]
public sealed record PersistentVolumeClaim : IKubeObject
{
    public string Kind => "PersistentVolumeClaim";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What storage is wanted.")]
    public PersistentVolumeClaimSpec Spec { get => field ?? PersistentVolumeClaimSpec.Empty; init; }

    [Doc("What storage was got.")]
    public PersistentVolumeClaimStatus Status { get => field ?? PersistentVolumeClaimStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("A wish for storage.")]
public sealed record PersistentVolumeClaimSpec
{
    public static readonly PersistentVolumeClaimSpec Empty = new();

    [Doc("How it should be mounted: ReadWriteOnce (one node), ReadOnlyMany, ReadWriteMany (many nodes), ReadWriteOncePod (one Pod).")]
    [GoType("v1.PersistentVolumeAccessMode")]
    public IReadOnlyList<string> AccessModes { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Labels that the volume must have.")]
    public LabelSelector? Selector { get; init; }

    [Doc("How much storage: requests.storage. It can be raised later if the class allows that.")]
    public VolumeResourceRequirements Resources { get => field ?? VolumeResourceRequirements.Empty; init; }

    [Doc("The volume that is, or is to be, bound to this claim.")]
    public string VolumeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The class of storage. The cluster's default class if left out; an empty text asks for a volume without class.")]
    public string? StorageClassName { get; init; }

    [Doc("Filesystem (the default) or Block for the bare device.")]
    [GoType("v1.PersistentVolumeMode")]
    public string? VolumeMode { get; init; }

    [Doc("What the new volume is to be filled from: a VolumeSnapshot or another claim.")]
    public TypedLocalObjectReference? DataSource { get; init; }

    [Doc("The same for any kind of source. If only one of both is given, the other follows it.")]
    public TypedObjectReference? DataSourceRef { get; init; }

    [Doc("The VolumeAttributesClass that sets such things as the volume's throughput.")]
    public string? VolumeAttributesClassName { get; init; }
}

[Doc("What storage a claim got.")]
public sealed record PersistentVolumeClaimStatus
{
    public static readonly PersistentVolumeClaimStatus Empty = new();

    [Doc("Pending, Bound, or Lost (its volume is gone).")]
    [GoType("v1.PersistentVolumeClaimPhase")]
    public string Phase { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How the volume can be mounted.")]
    [GoType("v1.PersistentVolumeAccessMode")]
    public IReadOnlyList<string> AccessModes { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How much the volume holds.")]
    public IReadOnlyDictionary<string, Quantity> Capacity { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("What is going on, such as Resizing.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<PersistentVolumeClaimCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How much has been set aside for the volume, which may be more than it holds while it grows.")]
    public IReadOnlyDictionary<string, Quantity> AllocatedResources { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("How far growing has come, such as ControllerResizeInProgress.")]
    public IReadOnlyDictionary<string, string> AllocatedResourceStatuses { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("The VolumeAttributesClass in force.")]
    public string? CurrentVolumeAttributesClassName { get; init; }

    [Doc("How far a change of the VolumeAttributesClass has come.")]
    public ModifyVolumeStatus? ModifyVolumeStatus { get; init; }
}

[Doc("Something that goes on with a claim.")]
public sealed record PersistentVolumeClaimCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.PersistentVolumeClaimConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When it was last looked at.")]
    public DateTimeOffset? LastProbeTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When the status last changed.")]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("How far a change of the VolumeAttributesClass has come.")]
public sealed record ModifyVolumeStatus
{
    [Doc("The VolumeAttributesClass that is wanted.")]
    public string TargetVolumeAttributesClassName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Pending, InProgress or Infeasible.")]
    [GoType("v1.PersistentVolumeClaimModifyVolumeStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A claim that is made together with a Pod and goes with it.")]
public sealed record PersistentVolumeClaimTemplate
{
    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What storage is wanted.")]
    public PersistentVolumeClaimSpec Spec { get => field ?? PersistentVolumeClaimSpec.Empty; init; }
}

[Doc("Names an object in the same namespace.")]
[AtomicField]
public sealed record TypedLocalObjectReference
{
    [Doc("The object's API group. The core group if left out.")]
    [AlwaysWritten]
    public string? ApiGroup { get; init; }

    [Doc("The object's kind.")]
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The object's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Names an object, maybe in another namespace.")]
public sealed record TypedObjectReference
{
    [Doc("The object's API group. The core group if left out.")]
    [AlwaysWritten]
    public string? ApiGroup { get; init; }

    [Doc("The object's kind.")]
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The object's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The object's namespace. A ReferenceGrant there must allow it. The claim's own if left out.")]
    public string? Namespace { get; init; }
}

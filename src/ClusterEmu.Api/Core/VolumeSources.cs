namespace ClusterEmu.Api;

public sealed record HostPathVolumeSource
{
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.HostPathType")]
    public string? Type { get; init; }
}

public sealed record EmptyDirVolumeSource
{
    [GoType("v1.StorageMedium")]
    public string Medium { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public Quantity? SizeLimit { get; init; }
}

public sealed record SecretVolumeSource
{
    public string SecretName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<KeyToPath> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public int? DefaultMode { get; init; }
    public bool? Optional { get; init; }
}

public sealed record ConfigMapVolumeSource
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<KeyToPath> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public int? DefaultMode { get; init; }
    public bool? Optional { get; init; }
}

public sealed record KeyToPath
{
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public int? Mode { get; init; }
}

public sealed record DownwardAPIVolumeSource
{
    public IReadOnlyList<DownwardAPIVolumeFile> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public int? DefaultMode { get; init; }
}

public sealed record DownwardAPIVolumeFile
{
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public ObjectFieldSelector? FieldRef { get; init; }
    public ResourceFieldSelector? ResourceFieldRef { get; init; }
    public int? Mode { get; init; }
}

public sealed record PersistentVolumeClaimVolumeSource
{
    [AlwaysWritten]
    public string ClaimName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
}

public sealed record EphemeralVolumeSource
{
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; init; }
}

public sealed record PersistentVolumeClaimTemplate
{
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public PersistentVolumeClaimSpec Spec { get => field ?? PersistentVolumeClaimSpec.Empty; init; }
}

public sealed record PersistentVolumeClaimSpec
{
    public static readonly PersistentVolumeClaimSpec Empty = new();

    [GoType("v1.PersistentVolumeAccessMode")]
    public IReadOnlyList<string> AccessModes { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public LabelSelector? Selector { get; init; }
    public VolumeResourceRequirements Resources { get => field ?? VolumeResourceRequirements.Empty; init; }
    public string VolumeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string? StorageClassName { get; init; }

    [GoType("v1.PersistentVolumeMode")]
    public string? VolumeMode { get; init; }
    public TypedLocalObjectReference? DataSource { get; init; }
    public TypedObjectReference? DataSourceRef { get; init; }
    public string? VolumeAttributesClassName { get; init; }
}

[AtomicField]
public sealed record TypedLocalObjectReference
{
    [AlwaysWritten]
    public string? ApiGroup { get; init; }

    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record TypedObjectReference
{
    [AlwaysWritten]
    public string? ApiGroup { get; init; }

    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string? Namespace { get; init; }
}

public sealed record CSIVolumeSource
{
    [AlwaysWritten]
    public string Driver { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool? ReadOnly { get; init; }
    public string? FsType { get; init; }
    public IReadOnlyDictionary<string, string> VolumeAttributes { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }
    public LocalObjectReference? NodePublishSecretRef { get; init; }
}

public sealed record ImageVolumeSource
{
    public string Reference { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.PullPolicy")]
    public string PullPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record NFSVolumeSource
{
    [AlwaysWritten]
    public string Server { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }
}

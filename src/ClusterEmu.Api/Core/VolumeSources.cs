namespace ClusterEmu.Api;

[Doc("A directory or file of the node.")]
public sealed record HostPathVolumeSource
{
    [Doc("Its path on the node.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc(
        "What must be there: DirectoryOrCreate, Directory, FileOrCreate, File, Socket, CharDevice or BlockDevice. "
        + "Nothing is checked if left out.")]
    [GoType("v1.HostPathType")]
    public string? Type { get; init; }
}

[Doc("An empty directory that lives as long as the Pod.")]
public sealed record EmptyDirVolumeSource
{
    [Doc("Memory keeps it in memory, and counts it there. The node's disk if left out.")]
    [GoType("v1.StorageMedium")]
    public string Medium { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How much it may hold.")]
    public Quantity? SizeLimit { get; init; }
}

[Doc("A Secret's entries as files.")]
public sealed record SecretVolumeSource
{
    [Doc("The Secret, in the Pod's namespace.")]
    public string SecretName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The entries, and their files. All of them if left out.")]
    public IReadOnlyList<KeyToPath> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Permission bits of the files, unless they say otherwise. Defaults to 0644.")]
    public int? DefaultMode { get; init; }

    [Doc("True lets the Pod start without it.")]
    public bool? Optional { get; init; }
}

[Doc("A ConfigMap's entries as files.")]
public sealed record ConfigMapVolumeSource
{
    [Doc("The ConfigMap, in the Pod's namespace.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The entries, and their files. All of them if left out.")]
    public IReadOnlyList<KeyToPath> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Permission bits of the files, unless they say otherwise. Defaults to 0644.")]
    public int? DefaultMode { get; init; }

    [Doc("True lets the Pod start without it.")]
    public bool? Optional { get; init; }
}

[Doc("An entry, and its file.")]
public sealed record KeyToPath
{
    [Doc("The entry.")]
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file, relative to the volume. No '..' in it.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file's permission bits.")]
    public int? Mode { get; init; }
}

[Doc("Fields of a Pod as files.")]
public sealed record DownwardAPIVolumeSource
{
    [Doc("The files.")]
    public IReadOnlyList<DownwardAPIVolumeFile> Items { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Permission bits of the files, unless they say otherwise. Defaults to 0644.")]
    public int? DefaultMode { get; init; }
}

[Doc("A field of a Pod as a file. Either fieldRef or resourceFieldRef.")]
public sealed record DownwardAPIVolumeFile
{
    [Doc("The file, relative to the volume. No '..' in it.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A field of the Pod: its name, namespace, UID, labels or annotations.")]
    public ObjectFieldSelector? FieldRef { get; init; }

    [Doc("A container's limit or request.")]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    [Doc("The file's permission bits.")]
    public int? Mode { get; init; }
}

[Doc("The storage that a claim got.")]
public sealed record PersistentVolumeClaimVolumeSource
{
    [Doc("The claim, in the Pod's namespace.")]
    [AlwaysWritten]
    public string ClaimName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

[Doc("A claim that is made together with a Pod and goes with it.")]
public sealed record EphemeralVolumeSource
{
    [Doc("What the claim looks like. Its name is the Pod's with '-' and the volume's.")]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; init; }
}

[Doc("Storage of a CSI driver that is made for one Pod alone.")]
public sealed record CSIVolumeSource
{
    [Doc("The driver, as it registered itself.")]
    [AlwaysWritten]
    public string Driver { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool? ReadOnly { get; init; }

    [Doc("The file system to mount, such as ext4. Defaults to ext4 on most volumes.")]
    public string? FsType { get; init; }

    [Doc("What the driver gets.")]
    public IReadOnlyDictionary<string, string> VolumeAttributes { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret for mounting the volume.")]
    public LocalObjectReference? NodePublishSecretRef { get; init; }
}

[Doc("The files of an image. An alpha feature.")]
public sealed record ImageVolumeSource
{
    [Doc("The image.")]
    public string Reference { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Always, IfNotPresent or Never.")]
    [GoType("v1.PullPolicy")]
    public string PullPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A directory of an NFS server.")]
public sealed record NFSVolumeSource
{
    [Doc("The server.")]
    [AlwaysWritten]
    public string Server { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The directory there.")]
    [AlwaysWritten]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True mounts it for reading only.")]
    public bool ReadOnly { get; init; }
}

namespace ClusterEmu.Api;

/// <summary>What all objects carry. Source: k8s.io/apimachinery meta/v1 ObjectMeta.</summary>
/// <remarks>
/// Rules for every record of this project: properties are <c>init</c>; lists, maps and nested records that
/// a manifest may leave out never read as null; Kubernetes' pointers (<c>*int32</c>) are nullable values.
/// </remarks>
[Doc("What all objects carry.")]
public sealed record ObjectMeta
{
    public static readonly ObjectMeta Empty = new();

    [Doc("The name, unique among objects of this kind in the namespace. Cannot be changed.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A beginning to which the server adds a random ending if there is no name.")]
    public string GenerateName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The namespace. Cannot be changed.")]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("An address that older servers wrote here. Unused.")]
    public string SelfLink { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Tells this object from all others that ever had its name.")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    /// <summary>Opaque: compare for equality only. Set by the API server on every write.</summary>
    [Doc("The object's revision, for detecting concurrent changes.")]
    public string ResourceVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Counts changes of what is wanted.")]
    public long Generation { get; init; }

    [Doc("When the object was made.")]
    public DateTimeOffset? CreationTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When it will go, or would have gone, once a deletion was asked for.")]
    public DateTimeOffset? DeletionTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("How long an orderly end may take.")]
    public long? DeletionGracePeriodSeconds { get; init; }

    [Doc("Pairs to select objects by.")]
    public IReadOnlyDictionary<string, string> Labels { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("Pairs for tools, not to select by.")]
    public IReadOnlyDictionary<string, string> Annotations { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("The objects that this one belongs to; when all are gone, it goes too.")]
    [PatchMerge("uid"), MapList("uid")]
    public IReadOnlyList<OwnerReference> OwnerReferences { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("What must be done before the object can go. It stays while there are entries.")]
    [PatchMerge, SetList]
    public IReadOnlyList<string> Finalizers { get => field ?? []; init => field = Absent.IfEmpty(value); }

    /// <summary>Who set which fields, for server-side apply. Kept to by the API server.</summary>
    [Doc("Who set which fields, for server-side apply. The server keeps account of it; an empty list makes it forget.")]
    public ManagedFields ManagedFields { get => field ?? ManagedFields.None; init; }
}

/// <summary>Names the object that this one belongs to; the garbage collector follows it.</summary>
[Doc("Names the object that this one belongs to.")]
[AtomicField]
public sealed record OwnerReference
{
    [Doc("The owner's API group and version.")]
    [AlwaysWritten]
    public string ApiVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The owner's kind.")]
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The owner's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The owner's UID.")]
    [AlwaysWritten]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True for the owner that controls this object; at most one does.")]
    public bool? Controller { get; init; }

    [Doc("True lets a Foreground deletion of the owner wait for this object.")]
    public bool? BlockOwnerDeletion { get; init; }
}

/// <summary>The maps that stand for a map left out.</summary>
public static class EmptyMap
{
    public static readonly IReadOnlyDictionary<string, string> Strings = new Dictionary<string, string>(StringComparer.Ordinal);
    public static readonly IReadOnlyDictionary<string, byte[]> Bytes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
    public static readonly IReadOnlyDictionary<string, Quantity> Quantities = new Dictionary<string, Quantity>(StringComparer.Ordinal);
    public static readonly IReadOnlyDictionary<string, DateTimeOffset> Times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Lists = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}

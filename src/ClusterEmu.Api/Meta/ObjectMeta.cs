using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>What all objects carry. Source: k8s.io/apimachinery meta/v1 ObjectMeta.</summary>
/// <remarks>
/// Rules for every record of this project: properties are <c>init</c>; lists, maps and nested records that
/// a manifest may leave out never read as null; Kubernetes' pointers (<c>*int32</c>) are nullable values.
/// </remarks>
public sealed record ObjectMeta
{
    public static readonly ObjectMeta Empty = new();

    public string Name { get => field ?? ""; init; }
    public string GenerateName { get => field ?? ""; init; }
    public string Namespace { get => field ?? ""; init; }
    public string Uid { get => field ?? ""; init; }

    /// <summary>Opaque: compare for equality only. Set by the API server on every write.</summary>
    public string ResourceVersion { get => field ?? ""; init; }
    public long Generation { get; init; }
    public DateTimeOffset? CreationTimestamp { get; init; }
    public DateTimeOffset? DeletionTimestamp { get; init; }
    public long? DeletionGracePeriodSeconds { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get => field ?? EmptyMap.Strings; init; }
    public IReadOnlyDictionary<string, string> Annotations { get => field ?? EmptyMap.Strings; init; }
    [PatchMerge("uid"), MapList("uid")]
    public IReadOnlyList<OwnerReference> OwnerReferences { get => field ?? []; init; }
    [PatchMerge, SetList]
    public IReadOnlyList<string> Finalizers { get => field ?? []; init; }

    /// <summary>Who set which fields, for server-side apply; kept as it came.</summary>
    public IReadOnlyList<JsonElement> ManagedFields { get => field ?? []; init; }
}

/// <summary>Names the object that this one belongs to; the garbage collector follows it.</summary>
[AtomicField]
public sealed record OwnerReference
{
    [AlwaysWritten]
    public string ApiVersion { get => field ?? ""; init; }
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init; }
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
    [AlwaysWritten]
    public string Uid { get => field ?? ""; init; }
    public bool? Controller { get; init; }
    public bool? BlockOwnerDeletion { get; init; }
}

/// <summary>The maps that stand for a map left out.</summary>
public static class EmptyMap
{
    public static readonly IReadOnlyDictionary<string, string> Strings = new Dictionary<string, string>(StringComparer.Ordinal);
    public static readonly IReadOnlyDictionary<string, byte[]> Bytes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
    public static readonly IReadOnlyDictionary<string, Quantity> Quantities = new Dictionary<string, Quantity>(StringComparer.Ordinal);
}

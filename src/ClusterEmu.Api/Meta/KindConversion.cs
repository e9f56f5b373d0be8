namespace ClusterEmu.Api;

/// <summary>How a version of a kind that is served, but not stored, becomes the one that is stored, and back. Both ways are pure.</summary>
/// <remarks>
/// What the other version cannot say must not be lost where it was not touched: Kubernetes keeps such fields in annotations.
/// Strategy and rules are those of the stored version; where requests of this version are treated otherwise, the members
/// below say so, always in terms of stored objects.
/// </remarks>
/// <param name="Storage">The version in which objects are stored. It has no conversion itself.</param>
/// <param name="ToStorage">From an object of the served version, with its defaults.</param>
/// <param name="FromStorage">From an object as stored.</param>
public sealed record KindConversion(KindInfo Storage, Func<IKubeObject, IKubeObject> ToStorage, Func<IKubeObject, IKubeObject> FromStorage)
{
    /// <summary>In place of the stored version's <see cref="KindInfo.PrepareForCreate"/>; null where that will do.</summary>
    public Func<IKubeObject, IKubeObject>? PrepareForCreate { get; init; }

    /// <summary>In place of the stored version's <see cref="KindInfo.PrepareForUpdate"/>; null where that will do.</summary>
    public Func<IKubeObject, IKubeObject, bool, IKubeObject>? PrepareForUpdate { get; init; }

    /// <summary>What this version demands of a new object beside the stored version's rules; null for nothing.</summary>
    public Func<IKubeObject, IReadOnlyList<FieldError>>? ValidateCreate { get; init; }

    /// <summary>What this version demands of a changed object beside the stored version's rules; null for nothing.</summary>
    public Func<IKubeObject, IKubeObject, IReadOnlyList<FieldError>>? ValidateUpdate { get; init; }

    /// <summary>A conversion between two record types.</summary>
    /// <param name="storage">The stored version.</param>
    /// <param name="toStorage">Keeps everything that the stored version can say.</param>
    /// <param name="fromStorage">The way back.</param>
    public static KindConversion Between<TServed, TStored>(KindInfo<TStored> storage, Func<TServed, TStored> toStorage, Func<TStored, TServed> fromStorage)
        where TServed : class, IKubeObject
        where TStored : class, IKubeObject =>
        new(storage, served => toStorage((TServed)served), stored => fromStorage((TStored)stored));
}

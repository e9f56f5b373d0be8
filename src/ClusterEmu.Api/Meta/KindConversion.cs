namespace ClusterEmu.Api;

/// <summary>How a version of a kind that is served, but not stored, becomes the one that is stored, and back. Both ways are pure.</summary>
/// <remarks>What the other version cannot say must not be lost where it was not touched: Kubernetes keeps such fields in annotations.</remarks>
/// <param name="Storage">The version in which objects are stored. It has no conversion itself.</param>
/// <param name="ToStorage">From an object of the served version, with its defaults.</param>
/// <param name="FromStorage">From an object as stored.</param>
public sealed record KindConversion(KindInfo Storage, Func<IKubeObject, IKubeObject> ToStorage, Func<IKubeObject, IKubeObject> FromStorage)
{
    /// <summary>A conversion between two record types.</summary>
    /// <param name="storage">The stored version.</param>
    /// <param name="toStorage">Keeps everything that the stored version can say.</param>
    /// <param name="fromStorage">The way back.</param>
    public static KindConversion Between<TServed, TStored>(KindInfo<TStored> storage, Func<TServed, TStored> toStorage, Func<TStored, TServed> fromStorage)
        where TServed : class, IKubeObject
        where TStored : class, IKubeObject =>
        new(storage, served => toStorage((TServed)served), stored => fromStorage((TStored)stored));
}

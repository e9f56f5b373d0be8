namespace ClusterEmu.Api;

/// <summary>How the scale subresource reads and writes the objects of one kind. Both ways are pure.</summary>
/// <param name="Read">What a Scale shows.</param>
/// <param name="WithReplicas">The same object with another number wanted.</param>
public sealed record KindScaling(Func<IKubeObject, ScaleReading> Read, Func<IKubeObject, int, IKubeObject> WithReplicas)
{
    /// <summary>The scaling of one record type.</summary>
    public static KindScaling Of<T>(Func<T, ScaleReading> read, Func<T, int, T> withReplicas) where T : class, IKubeObject =>
        new(value => read((T)value), (value, replicas) => withReplicas((T)value, replicas));
}

/// <summary>What a Scale shows of an object.</summary>
/// <param name="Wanted">The number of Pods that should be.</param>
/// <param name="Running">The number that the status says there are.</param>
/// <param name="Selector">Which Pods these are, as text; empty if nobody says.</param>
public readonly record struct ScaleReading(int Wanted, int Running, string Selector);

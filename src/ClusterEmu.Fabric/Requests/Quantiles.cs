namespace ClusterEmu.Fabric;

/// <summary>Quantiles by nearest rank.</summary>
public static class Quantiles
{
    /// <param name="sorted">Values in rising order.</param>
    /// <param name="percent">1 to 100.</param>
    /// <returns>The smallest value that at least so many percent of all values do not exceed; 0 without values.</returns>
    public static long Of(IReadOnlyList<long> sorted, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return sorted.Count == 0 ? 0 : sorted[(int)((((long)sorted.Count * percent) + 99) / 100) - 1];
    }
}

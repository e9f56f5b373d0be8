using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A distribution of times, given by its quantiles; between two of them it is even. Integers only, so that it is the same on every machine.</summary>
public sealed class LatencyTable
{
    private readonly int[] _quantiles;

    /// <param name="quantiles">Microseconds at equal steps of probability, from the least to the most; two or more, in order, none negative.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public LatencyTable(params int[] quantiles)
    {
        _quantiles = [.. quantiles];
        if (_quantiles.Length < 2 || _quantiles[0] < 0 || !_quantiles.Order().SequenceEqual(_quantiles))
            throw new ArgumentException($"A latency table needs two or more times in order, none negative, not '{string.Join(' ', quantiles)}'.", nameof(quantiles));
    }

    /// <summary>Within a data centre: half of all packets take 0.12 ms or less, one in sixteen more than 0.25 ms, none more than 1.2 ms.</summary>
    public static LatencyTable Near { get; } = new(60, 75, 85, 92, 98, 104, 109, 114, 120, 126, 133, 142, 153, 168, 190, 250, 1200);

    /// <summary>From the outside: half of all packets take 9 ms or less, one in eight more than 19 ms, none more than 80 ms.</summary>
    public static LatencyTable Far { get; } = new(4000, 5500, 6500, 7600, 9000, 11_000, 14_000, 19_000, 80_000);

    /// <summary>One time; one draw.</summary>
    public long Draw(RandomStream random)
    {
        var bits = random.Next();
        var scaled = (bits >> 32) * (ulong)(_quantiles.Length - 1);
        var (step, rest) = ((int)(scaled >> 32), (long)((scaled >> 16) & 0xFFFF));
        var (low, high) = (_quantiles[step], _quantiles[step + 1]);
        return low + (((high - low) * rest) >> 16);
    }
}

/// <summary>The latencies of links without faults.</summary>
public sealed record LinkLatencies
{
    /// <summary>Between processes and nodes of the cluster.</summary>
    public LatencyTable Inside { get; init; } = LatencyTable.Near;

    /// <summary>To and from <see cref="Links.Outside"/>.</summary>
    public LatencyTable Outside { get; init; } = LatencyTable.Far;
}

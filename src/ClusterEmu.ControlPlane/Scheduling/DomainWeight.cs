using System.Numerics;

namespace ClusterEmu.ControlPlane;

/// <summary>What a Pod in a domain counts for: the more domains there are, the more, so that fine topologies are not outweighed by coarse ones. Pure.</summary>
/// <remarks>
/// Source: pkg/scheduler/framework/plugins/podtopologyspread, scoring.go: topologyNormalizingWeight is ln(domains + 2). Here it is worked out
/// with integers, bit by bit, so that it is the same on every machine: a library's logarithm may differ in its last bits.
/// </remarks>
public static class DomainWeight
{
    /// <summary>The unit: a weight of 1.</summary>
    public const long One = 1L << FractionBits;

    private const int FractionBits = 16;

    /// <summary>ln 2, times 2^32.</summary>
    private const ulong Ln2 = 2_977_044_472;

    /// <summary>ln(<paramref name="domains"/> + 2), in units of 1/65536, too small by less than two of them.</summary>
    /// <param name="domains">How many there are; 0 or more.</param>
    public static long Of(int domains)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(domains);
        var value = (ulong)domains + 2;
        var whole = BitOperations.Log2(value);
        var log2 = (ulong)whole << FractionBits;
        // Squared, a number from 1 up to 2 doubles its logarithm: each time that it reaches 2, the next bit of the logarithm is set.
        var mantissa = value << (31 - whole);
        for (var bit = FractionBits - 1; bit >= 0; bit--)
        {
            mantissa = (mantissa * mantissa) >> 31;
            if (mantissa < 1UL << 32) continue;
            mantissa >>= 1;
            log2 |= 1UL << bit;
        }
        return (long)((log2 * Ln2) >> 32);
    }
}

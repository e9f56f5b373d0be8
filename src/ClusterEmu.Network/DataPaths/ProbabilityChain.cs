namespace ClusterEmu.Network;

/// <summary>How an iptables chain draws among n endpoints: rule i is taken with probability 1/(n-i), the last one always.</summary>
/// <remarks>The kernel compares 31 random bits with the probability times 2^31, rounded (xt_statistic).</remarks>
public static class ProbabilityChain
{
    /// <summary>The rule taken, from 0.</summary>
    /// <param name="count">How many endpoints; 1 or more.</param>
    /// <param name="randomBits">64 random bits; every rule draws its own from them.</param>
    public static int Draw(int count, ulong randomBits)
    {
        for (var rule = 0; rule < count - 1; rule++)
        {
            randomBits += 0x9E3779B97F4A7C15;
            var draw = (uint)(StableHash.Mix(randomBits) & 0x7FFF_FFFF);
            if (draw < Threshold(count - rule)) return rule;
        }
        return count - 1;
    }

    /// <summary>2^31 / n, rounded.</summary>
    public static uint Threshold(int n) => (uint)((0x8000_0000UL + ((ulong)n / 2)) / (ulong)n);

    /// <summary>As iptables-save writes it: <c>0.33333333349</c>.</summary>
    public static string Text(int n) => (Threshold(n) / 2147483648.0).ToString("F11", System.Globalization.CultureInfo.InvariantCulture);
}

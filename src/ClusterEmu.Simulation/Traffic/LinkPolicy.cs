using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>What a <see cref="LinkRule"/> does to one packet. Pure but for the stream that it draws from.</summary>
public static class LinkPolicy
{
    public static bool Concerns(LinkRule rule, string from, string to) =>
        (Among(rule.From, from) && Among(rule.To, to)) || (rule.BothWays && Among(rule.From, to) && Among(rule.To, from));

    /// <summary>How much longer the packet takes, in microseconds; null: it is lost. Always draws the same number of times.</summary>
    public static long? Delay(LinkRule rule, RandomStream random)
    {
        var lost = Happens(rule.LossPerMillion, random);
        var extra = (long)rule.ExtraMinMicroseconds + Below(rule.ExtraMaxMicroseconds - rule.ExtraMinMicroseconds + 1, random);
        if (Happens(rule.ReorderPerMillion, random)) extra += rule.ReorderMicroseconds;
        return rule.Cut || lost ? null : extra;
    }

    private static bool Among(IReadOnlyList<string> sites, string site)
    {
        if (sites.Count == 0) return true;
        foreach (var known in sites)
            if (known == site) return true;
        return false;
    }

    private static bool Happens(int perMillion, RandomStream random) => Below(1_000_000, random) < perMillion;

    /// <summary>From 0 up to, but not including, the bound; one draw. The bias is below one in four thousand million.</summary>
    private static long Below(int bound, RandomStream random) => (long)(((random.Next() >> 32) * (ulong)bound) >> 32);
}

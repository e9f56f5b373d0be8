using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Where Services' addresses and ports come from.</summary>
public sealed record AllocationRanges
{
    /// <summary>Default: 10.96.0.0/12.</summary>
    public Cidr Services { get; init; } = Cidr.Parse("10.96.0.0/12");

    /// <summary>Default: 30000.</summary>
    public int FirstNodePort { get; init; } = 30000;

    /// <summary>Default: 32767.</summary>
    public int LastNodePort { get; init; } = 32767;

    /// <summary>Host numbers below this are given out only once the others are used up: people pick from there. Source: KEP-3070.</summary>
    public ulong StaticAddresses => Math.Min(Math.Max(16, Services.Count / 16), 256) is var band && band < Services.Count ? band : 0;

    /// <summary>How many ports at the low end are given out last. Source: KEP-3668.</summary>
    public int StaticPorts
    {
        get
        {
            var size = LastNodePort - FirstNodePort + 1;
            return size < 16 ? 0 : Math.Min(Math.Max(16, size / 32), 128);
        }
    }

    /// <summary>An address that nobody has: from the upper band, else from the lower one; null if all are taken.</summary>
    public Ip? FreeAddress(Func<Ip, bool> taken, RandomStream random)
    {
        var last = Services.Count - 2; // Neither the network's address nor the last one.
        var band = Math.Max(StaticAddresses, 1);
        return FreeAddress(band, last, taken, random) ?? FreeAddress(1, band - 1, taken, random);
    }

    /// <summary>A port that nobody has: from the upper band, else from the lower one; null if all are taken.</summary>
    public int? FreePort(Func<int, bool> taken, RandomStream random)
    {
        var band = FirstNodePort + StaticPorts;
        return FreePort(band, LastNodePort, taken, random) ?? FreePort(FirstNodePort, band - 1, taken, random);
    }

    private Ip? FreeAddress(ulong first, ulong last, Func<Ip, bool> taken, RandomStream random)
    {
        if (last < first) return null;
        var count = last - first + 1;
        var start = random.Next() % count;
        for (ulong i = 0; i < count; i++)
        {
            var ip = Services.Host(first + ((start + i) % count));
            if (!taken(ip)) return ip;
        }
        return null;
    }

    private static int? FreePort(int first, int last, Func<int, bool> taken, RandomStream random)
    {
        if (last < first) return null;
        var count = last - first + 1;
        var start = random.Next(count);
        for (var i = 0; i < count; i++)
        {
            var port = first + ((start + i) % count);
            if (!taken(port)) return port;
        }
        return null;
    }
}

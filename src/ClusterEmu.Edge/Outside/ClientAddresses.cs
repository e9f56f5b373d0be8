using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>Which address a real client on the host has in the emulated world. Pure: the same client always has the same.</summary>
public static class ClientAddresses
{
    /// <summary>Stands for 127.0.0.1, and for outside clients that name no address.</summary>
    public static readonly Ip Default = Ip.Parse("192.0.2.1");
    private static readonly uint SpecialRange = Ip.Parse("198.18.0.0").V4;

    /// <summary>
    /// 127.0.0.1 is 192.0.2.1. Other addresses of 127.0.0.0/16 are 198.18.x.y; those of the rest of 127.0.0.0/8 are mixed
    /// into 198.19.0.0/16, where two of them meet with a chance of one in 65536. Any other address stays as it is.
    /// </summary>
    public static Ip Map(Ip real)
    {
        if (!real.IsLoopback) return real;
        if (!real.IsV4 || real.V4 == 0x7F000001) return Default;
        if (real.V4 >> 16 == 0x7F00) return Ip.FromV4(SpecialRange | (real.V4 & 0xFFFF));
        var mixed = real.V4 * 0x9E3779B1;
        return Ip.FromV4(SpecialRange | 0x10000 | (mixed >> 16));
    }
}

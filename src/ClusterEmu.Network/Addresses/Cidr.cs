using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ClusterEmu.Network;

/// <summary>A range of addresses: <c>172.17.0.0/16</c>. Bits past the prefix are cleared, as net.ParseCIDR does.</summary>
/// <remarks>Sorted by first address, the wider range first.</remarks>
public readonly record struct Cidr : IComparable<Cidr>
{
    /// <exception cref="ArgumentOutOfRangeException">The prefix is negative or longer than the address.</exception>
    public Cidr(Ip address, int prefix)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix, address.IsV4 ? 32 : 128);
        Prefix = prefix;
        IsV4 = address.IsV4;
        First = FromNumber(ToNumber(address) & ~HostMask);
    }

    /// <summary>0 to 32 for IPv4, 0 to 128 for IPv6.</summary>
    public int Prefix { get; }
    public bool IsV4 { get; }
    public Ip First { get; }
    public Ip Last => FromNumber(ToNumber(First) | HostMask);

    /// <summary>How many addresses it holds; 2^64 - 1 where there are more.</summary>
    public ulong Count => HostBits >= 64 ? ulong.MaxValue : 1UL << HostBits;

    private int HostBits => (IsV4 ? 32 : 128) - Prefix;
    private UInt128 HostMask => HostBits == 128 ? UInt128.MaxValue : (UInt128.One << HostBits) - 1;

    public bool Contains(Ip ip)
    {
        // Asked several times for each packet, and nearly always of IPv4.
        if (IsV4) return ip.IsV4 && ((ulong)(ip.V4 ^ First.V4) >> HostBits) == 0;
        return !ip.IsV4 && First.CompareTo(ip) <= 0 && ip.CompareTo(Last) <= 0;
    }

    public bool Contains(Cidr other) => other.IsV4 == IsV4 && other.Prefix >= Prefix && Contains(other.First);

    /// <summary>Whether an address lies in both. Two ranges overlap only if one holds the other.</summary>
    public bool Overlaps(Cidr other) => Contains(other) || other.Contains(this);

    /// <summary>The address <paramref name="n"/> places after the first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range holds no such address.</exception>
    public Ip Host(ulong n)
    {
        if (n >= Count)
            throw new ArgumentOutOfRangeException(nameof(n), $"{this} holds {Count} addresses; there is no number {n}. Choose a wider range.");
        return FromNumber(ToNumber(First) + n);
    }

    /// <summary>Part <paramref name="n"/> of the range when it is cut into ranges of <paramref name="prefix"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range holds no such part.</exception>
    public Cidr Subnet(int prefix, int n)
    {
        if (n < 0 || n >= SubnetCount(prefix))
            throw new ArgumentOutOfRangeException(nameof(n), $"{this} holds {SubnetCount(prefix)} ranges of /{prefix}; there is no number {n}.");
        return new Cidr(FromNumber(ToNumber(First) + ((UInt128)(uint)n << ((IsV4 ? 32 : 128) - prefix))), prefix);
    }

    /// <summary>How many ranges of <paramref name="prefix"/> it holds: 0 if that is wider than the range; at most 2^31 - 1.</summary>
    public int SubnetCount(int prefix) =>
        prefix < Prefix || prefix > (IsV4 ? 32 : 128) ? 0 : prefix - Prefix >= 31 ? int.MaxValue : 1 << (prefix - Prefix);

    /// <exception cref="FormatException">The text is no range.</exception>
    public static Cidr Parse(string text) => TryParse(text, out var cidr)
        ? cidr
        : throw new FormatException($"'{text}' is no address range. Write an address and a prefix length: 10.96.0.0/12 or fd00::/64.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Cidr cidr)
    {
        cidr = default;
        if (text is null) return false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !Ip.TryParse(text[..slash], out var ip)) return false;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)) return false;
        if (prefix > (ip.IsV4 ? 32 : 128)) return false;
        cidr = new Cidr(ip, prefix);
        return true;
    }

    public int CompareTo(Cidr other) => First.CompareTo(other.First) is var order && order != 0 ? order : Prefix.CompareTo(other.Prefix);

    public override string ToString() => $"{First}/{Prefix}";

    private static UInt128 ToNumber(Ip ip) => new(ip.High, ip.Low);

    private static Ip FromNumber(UInt128 number) => new((ulong)(number >> 64), (ulong)number);
}

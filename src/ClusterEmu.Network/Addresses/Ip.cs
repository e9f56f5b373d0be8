using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using ClusterEmu.Api;

namespace ClusterEmu.Network;

/// <summary>An IPv4 or IPv6 address as a 16-byte value; IPv4 is held IPv4-mapped (::ffff:a.b.c.d).</summary>
public readonly record struct Ip(ulong High, ulong Low) : IComparable<Ip>
{
    private const ulong V4Prefix = 0x0000_FFFF_0000_0000;

    public static readonly Ip Any = FromV4(0);

    public bool IsV4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == V4Prefix;

    /// <summary>The 32 bits of an IPv4 address, most significant first. Meaningless for IPv6.</summary>
    public uint V4 => (uint)Low;

    /// <summary>127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => IsV4 ? V4 >> 24 == 127 : High == 0 && Low == 1;

    public static Ip FromV4(uint bits) => new(0, V4Prefix | bits);

    /// <exception cref="FormatException">The text is no address.</exception>
    public static Ip Parse(string text) =>
        TryParse(text, out var ip) ? ip : throw new FormatException($"'{text}' is no IP address. Write it like 10.96.0.10 or fd00::a.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Ip ip)
    {
        ip = default;
        // As the API reads addresses: IPAddress itself would take '10.1', '0x7f.1', '[::1]' and 'fe80::1%2', and read '010.0.0.1' as 8.0.0.1.
        if (text is null || AddressRules.Parse(text) is not { } address) return false;
        ip = From(address);
        return true;
    }

    public static Ip From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return new Ip(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return IsV4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }

    public int CompareTo(Ip other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public override string ToString() => ToIPAddress().ToString();
}

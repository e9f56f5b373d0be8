using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterEmu.Api;

/// <summary>What Kubernetes 1.32 accepts as an IP address or a CIDR.</summary>
/// <remarks>As Kubernetes does, decimal parts of IPv4 addresses may have leading zeros (<c>ParseIPSloppy</c>).</remarks>
public static class AddressRules
{
    /// <summary>Reads an address; null if it is none. An IPv4 address written as IPv6 is IPv4.</summary>
    public static IPAddress? Parse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal)) return ParseV6(text);
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        foreach (var range in text.AsSpan().Split('.'))
        {
            var part = text.AsSpan(range);
            if (count == 4 || part.Length == 0 || part.Length > 20 || part.ContainsAnyExceptInRange('0', '9')) return null;
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[count++])) return null;
        }
        return count == 4 ? new IPAddress(bytes) : null;
    }

    /// <summary>Reads <c>address/length</c>; null if it is none.</summary>
    public static (IPAddress Address, int Length)? ParseCidr(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || Parse(text[..slash]) is not { } address) return null;
        var most = text[..slash].Contains(':', StringComparison.Ordinal) ? 128 : 32;
        return int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= most
            ? (address, length)
            : null;
    }

    /// <summary>True for IPv6 addresses; false for IPv4 ones and for what is no address.</summary>
    public static bool IsV6(string text) => Parse(text) is { AddressFamily: AddressFamily.InterNetworkV6 };

    /// <summary>True if there are addresses of both families among these; each must be an address.</summary>
    public static bool IsDualStack(IReadOnlyList<string> addresses) =>
        addresses.Any(IsV6) && addresses.Any(address => !IsV6(address));

    internal static void CheckAddress(List<FieldError> errors, string value, FieldPath path)
    {
        if (Parse(value) is null)
            errors.Add(FieldErrors.Invalid(path, value, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
    }

    internal static void CheckCidr(List<FieldError> errors, string value, FieldPath path)
    {
        if (ParseCidr(value) is null)
            errors.Add(FieldErrors.Invalid(path, value, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"));
    }

    internal static void CheckV4(List<FieldError> errors, string value, FieldPath path)
    {
        if (Parse(value) is not { AddressFamily: AddressFamily.InterNetwork })
            errors.Add(FieldErrors.Invalid(path, value, "must be a valid IPv4 address"));
    }

    internal static void CheckV6(List<FieldError> errors, string value, FieldPath path)
    {
        if (!IsV6(value)) errors.Add(FieldErrors.Invalid(path, value, "must be a valid IPv6 address"));
    }

    /// <summary>Endpoints and external IPs may be neither unspecified, nor loopback, nor link-local.</summary>
    internal static void CheckNotSpecial(List<FieldError> errors, string value, FieldPath path)
    {
        if (Parse(value) is not { } address)
        {
            errors.Add(FieldErrors.Invalid(path, value, "must be a valid IP address"));
            return;
        }
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var v4 = length == 4;
        if (bytes[..length].IndexOfAnyExcept((byte)0) < 0)
            errors.Add(FieldErrors.Invalid(path, value, $"may not be unspecified ({value})"));
        if (v4 ? bytes[0] == 127 : address.Equals(IPAddress.IPv6Loopback))
            errors.Add(FieldErrors.Invalid(path, value, "may not be in the loopback range (127.0.0.0/8, ::1/128)"));
        if (v4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80)
            errors.Add(FieldErrors.Invalid(path, value, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"));
        if (v4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xff && (bytes[1] & 0x0f) == 0x02)
            errors.Add(FieldErrors.Invalid(path, value, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"));
    }

    private static IPAddress? ParseV6(string text)
    {
        if (text.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF:.")) return null;
        if (!IPAddress.TryParse(text, out var address)) return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}

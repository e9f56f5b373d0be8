using System.Globalization;

namespace ClusterEmu.Network;

/// <summary>Names of addresses in the reverse tree: <c>10.0.96.10.in-addr.arpa</c>.</summary>
public static class ReverseName
{
    private const string V4Suffix = ".in-addr.arpa";
    private const string V6Suffix = ".ip6.arpa";

    public static string Of(Ip ip)
    {
        if (ip.IsV4) return string.Join('.', ip.ToString().Split('.').Reverse()) + V4Suffix;
        var digits = $"{ip.High:x16}{ip.Low:x16}";
        return string.Join('.', digits.Reverse()) + V6Suffix;
    }

    /// <summary>Reads a name in lower case; false for parts of addresses.</summary>
    public static bool TryParse(string name, out Ip ip)
    {
        ip = default;
        if (name.EndsWith(V4Suffix, StringComparison.Ordinal))
            return Ip.TryParse(string.Join('.', name[..^V4Suffix.Length].Split('.').Reverse()), out ip);
        if (!name.EndsWith(V6Suffix, StringComparison.Ordinal)) return false;
        var digits = name[..^V6Suffix.Length].Split('.');
        if (digits.Length != 32 || digits.Any(d => d.Length != 1 || !char.IsAsciiHexDigit(d[0]))) return false;
        var text = string.Concat(digits.Reverse());
        ip = new Ip(ulong.Parse(text.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            ulong.Parse(text.AsSpan(16), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return true;
    }
}

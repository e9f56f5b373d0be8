using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterEmu.Api;

/// <summary>What an unquoted YAML scalar means, as sigs.k8s.io/yaml reads it: YAML 1.1's words for true and false, octal numbers, no dates.</summary>
internal static class YamlScalars
{
    private static readonly HashSet<string> True = new(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], StringComparer.Ordinal);
    private static readonly HashSet<string> False = new(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], StringComparer.Ordinal);
    private static readonly HashSet<string> Null = new(["", "~", "null", "Null", "NULL"], StringComparer.Ordinal);

    private static readonly string[] TimeShapes =
    [
        "yyyy-M-d", "yyyy-M-d H:m:s", "yyyy-M-d H:m:s.FFFFFFF",
        "yyyy-M-d'T'H:m:s'Z'", "yyyy-M-d'T'H:m:s.FFFFFFF'Z'", "yyyy-M-d'T'H:m:szzz", "yyyy-M-d'T'H:m:s.FFFFFFFzzz",
    ];

    public static JsonNode? Resolve(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific)
            return scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? Resolve(scalar.Value) : JsonValue.Create(scalar.Value);
        return scalar.Tag.Value switch
        {
            "tag:yaml.org,2002:str" => JsonValue.Create(scalar.Value),
            "tag:yaml.org,2002:binary" => FromBase64(scalar),
            _ => Resolve(scalar.Value),
        };
    }

    /// <summary>What the text means without quotes: a number, a flag, null, or itself.</summary>
    public static JsonNode? Resolve(string text)
    {
        if (Null.Contains(text)) return null;
        if (True.Contains(text)) return JsonValue.Create(true);
        if (False.Contains(text)) return JsonValue.Create(false);
        if (text[0] is not ('+' or '-' or '.') && !char.IsAsciiDigit(text[0])) return JsonValue.Create(text);
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (TryInteger(plain, out var number)) return JsonValue.Create(number);
        if (IsDecimal(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real))
            return real == Math.Truncate(real) && Math.Abs(real) < 1e15 ? JsonValue.Create((long)real) : JsonValue.Create(real);
        return JsonValue.Create(text);
    }

    /// <summary>True if the text, written without quotes, would be read as this very text.</summary>
    public static bool IsPlainText(string text) =>
        Resolve(text) is { } value && value.GetValueKind() == System.Text.Json.JsonValueKind.String && !LooksLikeTime(text) && !LooksLikeBase60(text)
        && text is not (".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF" or ".nan" or ".NaN" or ".NAN");

    private static bool TryInteger(string text, out long number)
    {
        number = 0;
        var negative = text[0] == '-';
        var digits = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        if (digits.IsEmpty) return false;
        ulong value;
        bool parsed;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            parsed = ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        else if (digits.StartsWith("0b", StringComparison.OrdinalIgnoreCase))
            parsed = ulong.TryParse(digits[2..], NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out value);
        else if (digits.Length > 1 && digits[0] == '0')
            parsed = TryOctal(digits[1] is 'o' or 'O' ? digits[2..] : digits[1..], out value);
        else
            parsed = ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (!parsed || value > long.MaxValue) return false;
        number = negative ? -(long)value : (long)value;
        return true;
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        if (digits.IsEmpty || digits.Length > 21) return false;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7') return false;
            value = value * 8 + (ulong)(digit - '0');
        }
        return true;
    }

    /// <summary>[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?</summary>
    private static bool IsDecimal(string text)
    {
        var at = text[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(text, ref at);
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (Digits(text, ref at) == 0 && whole == 0) return false;
        }
        else if (whole == 0)
        {
            return false;
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            if (Digits(text, ref at) == 0) return false;
        }
        return at == text.Length;
    }

    private static int Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at - start;
    }

    private static bool LooksLikeTime(string text) =>
        text.Length >= 8 && char.IsAsciiDigit(text[0]) && text[4] == '-'
        && DateTimeOffset.TryParseExact(text, TimeShapes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>Such as 12:30:45, a number to the base 60 in YAML 1.1.</summary>
    private static bool LooksLikeBase60(string text)
    {
        var parts = text.TrimStart('+', '-').Split(':');
        if (parts.Length < 2 || !char.IsAsciiDigit(parts[0].FirstOrDefault()) || !IsDigits(parts[0])) return false;
        var last = parts[^1].Split('.', 2);
        return parts[1..^1].Append(last[0]).All(IsSixtieth) && (last.Length == 1 || IsDigits(last[1]));

        static bool IsDigits(string part) => part.All(character => char.IsAsciiDigit(character) || character == '_');
        static bool IsSixtieth(string part) => part.Length is 1 or 2 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] < '6');
    }

    private static JsonValue FromBase64(Scalar scalar)
    {
        try
        {
            return JsonValue.Create(Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value)));
        }
        catch (FormatException)
        {
            throw new ManifestException("!!binary value contains invalid base64 data", scalar.Start.Line, scalar.Start.Column);
        }
    }
}

using System.Globalization;
using System.Numerics;

namespace ClusterEmu.Api;

/// <summary>Reads and writes quantities. Source of the rules: k8s.io/apimachinery api/resource (quantity.go, suffix.go).</summary>
internal static class QuantityText
{
    public static readonly Int128 NanosPerUnit = 1_000_000_000;

    private const string NoMatch = @"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private const string BadSuffix = "unable to parse quantity's suffix";
    private const string BadNumber = "unable to parse numeric part of quantity";

    /// <summary>Longer texts are refused unread: no amount within bounds needs as much.</summary>
    private const int Longest = 200;

    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly BigInteger Greatest = new BigInteger(long.MaxValue) * 1_000_000_000;

    public static bool TryParse(string text, out Quantity quantity, out string problem)
    {
        quantity = default;
        problem = NoMatch;
        var end = 0;
        if (text.Length > 0 && text[0] is '+' or '-') end = 1;
        var start = end;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
        var digits = text.AsSpan(start, end - start);
        if (digits.Length == 0 || digits.Count('.') > 1 || digits is ".") return false;
        var suffix = text[end..];
        if (!IsSuffixShaped(suffix)) return false;

        problem = BadNumber;
        if (text.Length > Longest) return false;

        problem = BadSuffix;
        if (!TrySuffix(suffix, out var factorBase, out var exponent, out var format)) return false;

        problem = BadNumber;
        var point = digits.IndexOf('.');
        var fraction = point < 0 ? 0 : digits.Length - point - 1;
        if (!BigInteger.TryParse(digits.ToString().Replace(".", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var mantissa))
            return false;

        // mantissa × 10^-fraction × base^exponent, in nanos; what is left over rounds away from zero.
        var numerator = mantissa * BigInteger.Pow(10, 9);
        var denominator = BigInteger.Pow(10, fraction);
        if (exponent >= 0) numerator *= BigInteger.Pow(factorBase, exponent);
        else denominator *= BigInteger.Pow(factorBase, -exponent);
        var nanos = BigInteger.DivRem(numerator, denominator, out var rest);
        if (!rest.IsZero) nanos += 1;
        if (nanos > Greatest) nanos = Greatest;
        quantity = new Quantity((Int128)(text[0] == '-' ? -nanos : nanos), format);
        problem = "";
        return true;
    }

    public static string Write(Int128 nanos, QuantityFormat format)
    {
        if (nanos == 0) return "0";
        if (format == QuantityFormat.BinarySI)
        {
            var (units, rest) = Int128.DivRem(nanos, NanosPerUnit);
            if (rest == 0 && Int128.Abs(units) >= 1024) return WriteBinary(units);
            format = QuantityFormat.DecimalSI;
        }
        var index = 0;
        while (index < DecimalSuffixes.Length - 1 && nanos % 1000 == 0)
        {
            nanos /= 1000;
            index++;
        }
        var number = nanos.ToString(CultureInfo.InvariantCulture);
        if (format == QuantityFormat.DecimalSI) return number + DecimalSuffixes[index];
        var exponent = index * 3 - 9;
        return exponent == 0 ? number : $"{number}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string WriteBinary(Int128 units)
    {
        var index = 0;
        while (index < BinarySuffixes.Length - 1 && units % 1024 == 0)
        {
            units /= 1024;
            index++;
        }
        return units.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[index];
    }

    private static bool IsSuffixShaped(string suffix)
    {
        var index = 0;
        while (index < suffix.Length && "eEinumkKMGTP".Contains(suffix[index])) index++;
        if (index < suffix.Length && suffix[index] is '+' or '-') index++;
        while (index < suffix.Length && char.IsAsciiDigit(suffix[index])) index++;
        return index == suffix.Length;
    }

    private static bool TrySuffix(string suffix, out int factorBase, out int exponent, out QuantityFormat format)
    {
        (factorBase, exponent, format) = (10, 0, QuantityFormat.DecimalSI);
        var binary = Array.IndexOf(BinarySuffixes, suffix);
        if (binary > 0)
        {
            (factorBase, exponent, format) = (1024, binary, QuantityFormat.BinarySI);
            return true;
        }
        var power = Array.IndexOf(DecimalSuffixes, suffix);
        if (power >= 0)
        {
            exponent = power * 3 - 9;
            return true;
        }
        if (suffix[0] is not ('e' or 'E')) return false;
        format = QuantityFormat.DecimalExponent;
        return int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) <= 99;
    }
}

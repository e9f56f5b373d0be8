using System.Globalization;

namespace ClusterEmu.Simulation;

/// <summary>Virtual times as text, in whole microseconds: <c>250us</c>, <c>50ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>.</summary>
public static class VirtualTime
{
    public const long Millisecond = 1_000;
    public const long Second = 1_000_000;

    /// <summary>The longest time that a scenario may name.</summary>
    public const long Longest = 24 * 3600 * Second;

    private static readonly (string Unit, long Microseconds)[] Units = [("us", 1), ("ms", Millisecond), ("s", Second), ("m", 60 * Second), ("h", 3600 * Second)];

    /// <summary>Reads a number with its unit. At most six digits after the point, no sign, at most <see cref="Longest"/>.</summary>
    public static bool TryParse(string text, out long microseconds)
    {
        microseconds = 0;
        var digits = text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz");
        var unit = text[digits.Length..];
        var found = Array.Find(Units, known => known.Unit == unit);
        if (found.Unit is null || digits.Length is 0 or > 18) return false;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        if (fraction.Length > 6 || (point >= 0 && fraction.Length == 0)) return false;
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Longest / found.Microseconds) return false;
        microseconds = number * found.Microseconds;
        if (fraction.Length > 0)
        {
            if (!long.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out var parts)) return false;
            microseconds += parts * found.Microseconds / PowerOfTen(fraction.Length);
        }
        return microseconds <= Longest;
    }

    /// <summary>The shortest exact text, in seconds where that needs no more than three digits after the point.</summary>
    public static string Text(long microseconds)
    {
        if (microseconds == 0) return "0s";
        if (microseconds % Millisecond != 0) return Invariant(microseconds, "us");
        if (microseconds % Second == 0) return Invariant(microseconds / Second, "s");
        return microseconds < Second ? Invariant(microseconds / Millisecond, "ms") : $"{microseconds / Second}.{(microseconds % Second / Millisecond):000}".TrimEnd('0') + "s";
    }

    /// <summary>A moment of a run: seconds with six digits.</summary>
    public static string Moment(long microseconds) => $"{microseconds / Second}.{microseconds % Second:000000} s";

    private static string Invariant(long number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}

using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>Durations as Go writes them: <c>1h30m</c>, <c>250ms</c>, <c>-1.5s</c>.</summary>
internal static class GoDuration
{
    private static readonly (string Unit, decimal Nanoseconds)[] Units =
        [("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000)];

    public static bool TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+")) rest = rest[1..];
        if (rest.SequenceEqual("0")) return true;
        if (rest.IsEmpty) return false;
        decimal total = 0;
        while (!rest.IsEmpty)
        {
            var digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.')) digits++;
            if (digits is 0 or > 20 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var (unit, size) = UnitOf(rest);
            if (unit == 0) return false;
            rest = rest[unit..];
            total += number * size;
            if (total > long.MaxValue) return false;
        }
        nanoseconds = (long)(negative ? -total : total);
        return true;
    }

    private static (int Length, decimal Size) UnitOf(ReadOnlySpan<char> text)
    {
        foreach (var (unit, size) in Units)
        {
            if (text.StartsWith(unit)) return (unit.Length, size);
        }
        return (0, 0);
    }
}

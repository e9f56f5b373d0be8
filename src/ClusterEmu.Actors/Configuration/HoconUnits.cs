using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterEmu.Actors;

/// <summary>Durations and sizes as HOCON writes them.</summary>
internal static partial class HoconUnits
{
    [GeneratedRegex(
        @"^(?<value>([0-9]+(\.[0-9]+)?))\s*(?<unit>(nanoseconds|nanosecond|nanos|nano|ns|microseconds|microsecond|micros|micro|us|milliseconds|millisecond|millis|milli|ms|seconds|second|s|minutes|minute|m|hours|hour|h|days|day|d))$")]
    private static partial Regex Duration();

    private static readonly (string Suffix, long Factor)[] Sizes =
    [
        .. Names(["b", "B", "byte", "bytes"], 1),
        .. Names(["kB", "kilobyte", "kilobytes"], 1000),
        .. Names(["K", "k", "Ki", "KiB", "kibibyte", "kibibytes"], 1L << 10),
        .. Names(["MB", "megabyte", "megabytes"], 1_000_000),
        .. Names(["M", "m", "Mi", "MiB", "mebibyte", "mebibytes"], 1L << 20),
        .. Names(["GB", "gigabyte", "gigabytes"], 1_000_000_000),
        .. Names(["G", "g", "Gi", "GiB", "gibibyte", "gibibytes"], 1L << 30),
        .. Names(["TB", "terabyte", "terabytes"], 1_000_000_000_000),
        .. Names(["T", "t", "Ti", "TiB", "tebibyte", "tebibytes"], 1L << 40),
        .. Names(["PB", "petabyte", "petabytes"], 1_000_000_000_000_000),
        .. Names(["P", "p", "Pi", "PiB", "pebibyte", "pebibytes"], 1L << 50),
        .. Names(["EB", "exabyte", "exabytes"], 1_000_000_000_000_000_000),
        .. Names(["E", "e", "Ei", "EiB", "exbibyte", "exbibytes"], 1L << 60),
    ];

    private static IEnumerable<(string Suffix, long Factor)> Names(string[] suffixes, long factor) =>
        suffixes.Select(suffix => (suffix, factor));

    public static TimeSpan ParseTimeSpan(string text, bool allowInfinite)
    {
        var match = Duration().Match(text);
        if (match.Success)
        {
            var value = double.Parse(match.Groups["value"].ValueSpan, NumberFormatInfo.InvariantInfo);
            return match.Groups["unit"].Value switch
            {
                "ms" => TimeSpan.FromMilliseconds(value),
                "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" =>
                    TimeSpan.FromTicks((long)Math.Round(TimeSpan.TicksPerMillisecond * value / 1_000_000.0)),
                "us" or "micro" or "micros" or "microsecond" or "microseconds" =>
                    TimeSpan.FromTicks((long)Math.Round(TimeSpan.TicksPerMillisecond * value / 1000.0)),
                "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.FromMilliseconds(value),
                "s" or "second" or "seconds" => TimeSpan.FromSeconds(value),
                "m" or "minute" or "minutes" => TimeSpan.FromMinutes(value),
                "h" or "hour" or "hours" => TimeSpan.FromHours(value),
                _ => TimeSpan.FromDays(value),
            };
        }

        if (allowInfinite && text.Equals("infinite", StringComparison.OrdinalIgnoreCase)) return Timeout.InfiniteTimeSpan;
        if (!double.TryParse(text, NumberFormatInfo.InvariantInfo, out var milliseconds))
            throw new FormatException($"'{text}' is no duration. Write a number and a unit, such as 500ms, 10s or 2m.");
        return milliseconds >= 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new FormatException($"Expected a positive value instead of {text}");
    }

    public static long? ParseByteSize(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var lastDigit = text.AsSpan().LastIndexOfAnyInRange('0', '9');
        if (lastDigit < 0 || lastDigit == text.Length - 1) return long.Parse(text, NumberFormatInfo.InvariantInfo);
        var unit = text[(lastDigit + 1)..].Trim();
        foreach (var (suffix, factor) in Sizes)
            if (string.Equals(suffix, unit, StringComparison.Ordinal))
                return checked(factor * long.Parse(text.AsSpan(0, lastDigit + 1), NumberFormatInfo.InvariantInfo));
        throw new FormatException($"{unit} is not a valid byte size suffix. Write for example 64KiB, 3MiB or 1GB.");
    }
}

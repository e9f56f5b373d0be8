using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterEmu.Api;

/// <summary>What is wrong with a CronJob's schedule, in the words of the parser that Kubernetes uses (github.com/robfig/cron, ParseStandard).</summary>
internal static partial class CronSyntax
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly (int Least, int Most, string[] Names)[] Fields = [(0, 59, []), (0, 23, []), (1, 31, []), (1, 12, Months), (0, 6, Days)];

    [GeneratedRegex(@"^[+-]?((\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h))+\z")]
    private static partial Regex Duration { get; }

    /// <returns>Null if the schedule can be used.</returns>
    internal static string? Problem(string schedule)
    {
        var text = schedule;
        if (text.StartsWith("TZ=", StringComparison.Ordinal) || text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            var blank = text.IndexOf(' ', StringComparison.Ordinal);
            var zone = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..(blank < 0 ? text.Length : blank)];
            if (TimeZoneNames.Problem(zone) is { } bad) return $"provided bad location {zone}: {bad}";
            text = blank < 0 ? "" : text[blank..].Trim();
        }
        if (text.Length == 0) return "empty spec string";
        if (text.StartsWith('@')) return DescriptorProblem(text);
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Fields.Length) return $"expected exactly {Fields.Length} fields, found {fields.Length}: [{string.Join(' ', fields)}]";
        for (var i = 0; i < fields.Length; i++)
        {
            foreach (var range in fields[i].Split(',', StringSplitOptions.RemoveEmptyEntries))
                if (RangeProblem(range, Fields[i].Least, Fields[i].Most, Fields[i].Names) is { } problem) return problem;
        }
        return null;
    }

    private static string? DescriptorProblem(string text)
    {
        const string every = "@every ";
        if (text is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly") return null;
        if (!text.StartsWith(every, StringComparison.Ordinal)) return $"unrecognized descriptor: {text}";
        var duration = text[every.Length..];
        return duration == "0" || Duration.IsMatch(duration) ? null : $"failed to parse duration {text}: time: invalid duration {GoSyntax.Quote(duration)}";
    }

    /// <summary><c>*</c>, a number, or a range, each maybe with a step behind a slash.</summary>
    private static string? RangeProblem(string text, int least, int most, string[] names)
    {
        var parts = text.Split('/');
        var ends = parts[0].Split('-');
        var (start, end) = (least, most);
        if (ends[0] is not ("*" or "?"))
        {
            if (NumberProblem(ends[0], names, least, out start) is { } problem) return problem;
            end = start;
            if (ends.Length > 2) return $"too many hyphens: {text}";
            if (ends.Length == 2 && NumberProblem(ends[1], names, least, out end) is { } other) return other;
        }
        var step = 1;
        if (parts.Length > 2) return $"too many slashes: {text}";
        if (parts.Length == 2)
        {
            if (NumberProblem(parts[1], [], 0, out step) is { } problem) return problem;
            if (ends.Length == 1) end = most;
        }
        if (start < least) return $"beginning of range ({start}) below minimum ({least}): {text}";
        if (end > most) return $"end of range ({end}) above maximum ({most}): {text}";
        if (start > end) return $"beginning of range ({start}) beyond end of range ({end}): {text}";
        return step == 0 ? $"step of range should be a positive number: {text}" : null;
    }

    private static string? NumberProblem(string text, string[] names, int first, out int number)
    {
        var name = Array.IndexOf(names, text.ToLowerInvariant());
        if (name >= 0)
        {
            number = name + first;
            return null;
        }
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return $"failed to parse int from {text}: strconv.Atoi: parsing {GoSyntax.Quote(text)}: invalid syntax";
        return number < 0 ? $"negative number ({number}) not allowed: {text}" : null;
    }
}

using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>Indexes of a Job as text: numbers and ranges, such as <c>1,3-5,7</c>. Source: validateIndexesFormat in pkg/apis/batch/validation/validation.go.</summary>
internal static class JobIndexes
{
    /// <summary>Counts the indexes that a text names.</summary>
    /// <param name="text">The text; an empty one names none.</param>
    /// <param name="completions">All indexes are below this.</param>
    /// <param name="count">How many there are; 0 if the text is refused.</param>
    /// <returns>What is wrong with the text; null if nothing is.</returns>
    internal static string? Count(string text, int completions, out int count)
    {
        count = 0;
        if (text.Length == 0) return null;
        var (total, last) = (0, -1);
        foreach (var interval in text.Split(','))
        {
            var parts = interval.Split('-');
            if (parts.Length > 2)
                return $"the fragment {GoSyntax.Quote(interval)} violates the requirement that an index interval can have at most two parts separated by '-'";
            if (Parse(parts[0], completions, out var first) is { } problem) return problem;
            var end = first;
            if (parts.Length == 2)
            {
                if (Parse(parts[1], completions, out end) is { } wrong) return wrong;
                if (first >= end) return Backwards(first, end);
            }
            if (last >= first) return Backwards(last, first);
            total += end - first + 1;
            last = end;
        }
        count = total;
        return null;
    }

    private static string? Parse(string text, int completions, out int index)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index))
            return $"cannot convert string to integer for index: {GoSyntax.Quote(text)}";
        return index >= completions ? $"too large index: {GoSyntax.Quote(text)}" : null;
    }

    private static string Backwards(int previous, int current) =>
        string.Create(CultureInfo.InvariantCulture, $"non-increasing order, previous: {previous}, current: {current}");
}

namespace ClusterEmu.Hosting;

/// <summary>Finds what somebody who misspelt a name may have meant.</summary>
public static class NearestName
{
    /// <summary>The name with the fewest letters to change; the first of those; null if there is no name at all.</summary>
    public static string? Of(string wanted, IEnumerable<string> names) => names.MinBy(name => Distance(wanted, name));

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}

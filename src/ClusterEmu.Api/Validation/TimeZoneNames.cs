namespace ClusterEmu.Api;

/// <summary>The time zones that the API server knows, whatever the machine has installed: Kubernetes carries the IANA database along, too.</summary>
internal static class TimeZoneNames
{
    private static readonly Lazy<HashSet<string>> Known = new(Read);

    /// <returns>What Kubernetes says of a zone that cannot be used (validateTimeZone in pkg/apis/batch/validation); null for one that can.</returns>
    internal static string? Problem(string zone)
    {
        if (zone.Length == 0) return "timeZone must be nil or non-empty string";
        if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase))
            return "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        return Known.Value.Contains(zone) ? null : $"unknown time zone {zone}";
    }

    /// <summary>A line is <c>Area: place place …</c>, carried on by lines that begin with a blank; the area <c>*</c> is none.</summary>
    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(TimeZoneNames).Assembly.GetManifestResourceStream("time-zones")!);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var area = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0) area = line[..colon];
            foreach (var place in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)) names.Add(area == "*" ? place : $"{area}/{place}");
        }
        return names;
    }
}

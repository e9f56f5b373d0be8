using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>An Event's row. Source: printEvent.</summary>
internal static class EventColumns
{
    public static readonly TableColumns Columns = TableColumns.Of<Event>(
        "Last_Seen Type Reason Object Subobject+ Source+ Message First_Seen+ Count+ Name:name+",
        (seen, now) =>
        [
            HumanDuration.Since(Last(seen), now),
            seen.Type,
            seen.Reason,
            About(seen.InvolvedObject),
            seen.InvolvedObject.FieldPath,
            Source(seen),
            seen.Message.Trim(),
            HumanDuration.Since(First(seen), now),
            Count(seen),
            seen.Metadata.Name,
        ]);

    private static DateTimeOffset? First(Event seen) => seen.FirstTimestamp ?? seen.EventTime;

    private static DateTimeOffset? Last(Event seen) => seen.Series?.LastObservedTime ?? seen.LastTimestamp ?? First(seen);

    private static long Count(Event seen) => seen.Series is { } series ? series.Count : Math.Max(seen.Count, 1);

    private static string About(ObjectReference reference)
    {
        var kind = reference.Kind.ToLowerInvariant();
        return reference.Name.Length == 0 ? kind : $"{kind}/{reference.Name}";
    }

    private static string Source(Event seen)
    {
        var component = seen.Source.Component.Length > 0 ? seen.Source.Component : seen.ReportingComponent;
        var host = seen.Source.Host.Length > 0 ? seen.Source.Host : seen.ReportingInstance;
        return host.Length == 0 ? component : $"{component}, {host}";
    }
}

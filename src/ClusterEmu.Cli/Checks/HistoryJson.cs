using System.Globalization;
using System.Text.Json.Nodes;
using ClusterEmu.Client;

namespace ClusterEmu.Cli.Checks;

/// <summary>What of the API's JSON goes into a history.</summary>
internal static class HistoryJson
{
    public static HistoryObject Target(string name) => new(HistoryOptions.Resource, new ObjectKey(HistoryOptions.Namespace, name));

    public static long RevisionOf(JsonNode? value) =>
        long.TryParse(value?["metadata"]?["resourceVersion"]?.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    public static string NameOf(JsonNode value) => value["metadata"]!["name"]!.GetValue<string>();

    public static HistoryRead List(string client, long invoked, long returned, JsonNode list) => new(client, invoked, returned, RevisionOf(list),
        [.. (list["items"] as JsonArray ?? []).Where(IsOurs).Select(item => (Target(NameOf(item!)), RevisionOf(item)))])
    {
        Listed = (HistoryOptions.Resource, HistoryOptions.Namespace),
    };

    /// <summary>One line of a watch; null for those about objects that the cluster itself keeps.</summary>
    /// <param name="line">The JSON of the line.</param>
    public static HistoryEvent? Event(JsonNode line)
    {
        var value = line["object"]!;
        var type = line["type"]!.GetValue<string>() switch
        {
            "ADDED" => WatchEventType.Added,
            "MODIFIED" => WatchEventType.Modified,
            "DELETED" => WatchEventType.Deleted,
            _ => WatchEventType.Bookmark,
        };
        if (type == WatchEventType.Bookmark) return new HistoryEvent(type, default, RevisionOf(value));
        return IsOurs(value) ? new HistoryEvent(type, Target(NameOf(value)), RevisionOf(value), value["data"]?["v"]?.GetValue<string>() ?? "") : null;
    }

    /// <summary>The namespace has <c>kube-root-ca.crt</c> too, which nobody here writes.</summary>
    private static bool IsOurs(JsonNode? value) => value?["metadata"]?["name"]?.GetValue<string>().StartsWith("w-", StringComparison.Ordinal) == true;
}

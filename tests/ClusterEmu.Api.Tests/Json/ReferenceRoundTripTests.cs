using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

/// <summary>Objects that a real API server answered must come out of decoding and encoding unchanged.</summary>
public class ReferenceRoundTripTests
{
    [ReferenceTheory]
    [InlineData("settled-objects.json")]
    [InlineData("defaulting.json")]
    [InlineData("patches.json")]
    [InlineData("subresources.json")]
    public void ObjectsOfARealServerSurviveARoundTrip(string file)
    {
        var failures = new List<string>();
        var seen = 0;
        foreach (var body in Bodies(ReferenceFiles.Read(file)))
        {
            if (KindCatalog.ByKind((string)body["apiVersion"]!, (string)body["kind"]!) is not { } kind) continue;
            seen++;
            var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
            var again = JsonNode.Parse(kind.Encode(kind.Decode(bytes)))!;
            RemoveKnownDifferences(body);
            if (kind == Kinds.StatefulSet) body["status"]!["availableReplicas"] ??= 0; // Since 1.22.
            JsonDifference.Find(body, again, "", failures);
        }
        Assert.True(failures.Count == 0, $"{file}: {failures.Count} differences:\n" + string.Join('\n', failures.Take(40)));
        Assert.NotEqual(0, seen);
    }

    /// <summary>metadata.creationTimestamp: null is left out by us; selfLink and fields of 1.20 alone too.</summary>
    private static void RemoveKnownDifferences(JsonNode node)
    {
        if (node is JsonObject map)
        {
            if (map.ContainsKey("creationTimestamp") && map["creationTimestamp"] is null) map.Remove("creationTimestamp");
            foreach (var (_, child) in map) if (child is not null) RemoveKnownDifferences(child);
        }
        if (node is JsonArray list) foreach (var child in list) if (child is not null) RemoveKnownDifferences(child);
    }

    private static IEnumerable<JsonObject> Bodies(JsonNode? node)
    {
        if (node is JsonArray list) return list.SelectMany(Bodies);
        if (node is not JsonObject map) return [];
        return map["metadata"] is JsonObject && map["kind"] is not null && map["apiVersion"] is not null && !((string)map["kind"]!).EndsWith("List", StringComparison.Ordinal)
            ? [map] : map.Select(pair => pair.Value).SelectMany(Bodies);
    }
}

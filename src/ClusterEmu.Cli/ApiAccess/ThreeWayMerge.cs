using System.Text.Json.Nodes;

namespace ClusterEmu.Cli.ApiAccess;

/// <summary>The patch that turns an object into its manifest: what the manifest says, and null for what it said last time but no longer.</summary>
/// <remarks>Source: kubectl apply (kubernetes/website, "Declarative management of objects", merge patch calculation).</remarks>
public static class ThreeWayMerge
{
    public static JsonObject Plan(string? lastApplied, JsonObject wanted)
    {
        var patch = (JsonObject)wanted.DeepClone();
        if (lastApplied is not null && Parse(lastApplied) is { } last) MarkRemoved(last, wanted, patch);
        return patch;
    }

    private static void MarkRemoved(JsonObject last, JsonObject wanted, JsonObject patch)
    {
        foreach (var (name, value) in last)
        {
            if (!wanted.ContainsKey(name)) patch[name] = null;
            else if (value is JsonObject before && wanted[name] is JsonObject now && patch[name] is JsonObject inner) MarkRemoved(before, now, inner);
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null; // Somebody edited the annotation: then nothing counts as removed.
        }
    }
}

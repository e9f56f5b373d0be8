using System.Text.Json.Nodes;
using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

/// <summary>RFC 7386, for the fake store.</summary>
internal static class Merge
{
    public static IKubeObject Apply(KindInfo kind, IKubeObject value, ReadOnlyMemory<byte> patch)
    {
        var target = JsonNode.Parse(kind.Encode(value))!;
        return kind.Decode(System.Text.Encoding.UTF8.GetBytes(Into(target, JsonNode.Parse(patch.Span))!.ToJsonString()));
    }

    private static JsonNode? Into(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var result = target as JsonObject ?? [];
        foreach (var (name, change) in changes.ToList())
        {
            if (change is null) result.Remove(name);
            else result[name] = Into(result[name]?.DeepClone(), change);
        }
        return result;
    }
}

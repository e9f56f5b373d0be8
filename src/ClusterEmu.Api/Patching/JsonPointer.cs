using System.Globalization;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>A place in a JSON document (RFC 6901): what holds it, and the key or index there.</summary>
internal readonly record struct JsonPointer(JsonNode Container, string Key)
{
    /// <exception cref="PatchException">The way there does not exist.</exception>
    public static JsonPointer Find(JsonNode root, string path)
    {
        if (!path.StartsWith('/')) throw PatchException.Unprocessable();
        var keys = path[1..].Split('/');
        var node = root;
        foreach (var key in keys[..^1]) node = new JsonPointer(node, Unescape(key)).Get() ?? throw PatchException.Unprocessable();
        return node is JsonObject or JsonArray ? new JsonPointer(node, Unescape(keys[^1])) : throw PatchException.Unprocessable();
    }

    public bool Exists => Container is JsonObject map ? map.ContainsKey(Key) : TryIndex(((JsonArray)Container).Count - 1, out _);

    /// <exception cref="PatchException">Nothing is there.</exception>
    public JsonNode? Get()
    {
        if (Container is JsonObject map) return map.TryGetPropertyValue(Key, out var value) ? value : throw PatchException.Unprocessable();
        return Container is JsonArray list && TryIndex(list.Count - 1, out var index) ? list[index] : throw PatchException.Unprocessable();
    }

    /// <summary>Sets a member, or inserts into a list; the key <c>-</c> appends.</summary>
    public void Add(JsonNode? value)
    {
        if (Container is JsonObject map)
        {
            map[Key] = value;
            return;
        }
        var list = (JsonArray)Container;
        if (Key == "-") list.Add(value);
        else if (TryIndex(list.Count, out var index)) list.Insert(index, value);
        else throw PatchException.Unprocessable();
    }

    public void Replace(JsonNode? value)
    {
        Get();
        if (Container is JsonObject map) map[Key] = value;
        else if (TryIndex(int.MaxValue, out var index)) ((JsonArray)Container)[index] = value;
    }

    public void Remove()
    {
        Get();
        if (Container is JsonObject map) map.Remove(Key);
        else if (TryIndex(int.MaxValue, out var index)) ((JsonArray)Container).RemoveAt(index);
    }

    private bool TryIndex(int last, out int index) =>
        int.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index <= last;

    private static string Unescape(string key) => key.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}

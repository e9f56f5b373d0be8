using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>Draws bodies: right ones, spoiled ones, and nonsense.</summary>
internal sealed class FuzzBodies(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e999", "-1e999", "1e-999", "99999999999999999999", "-99999999999999999999", "0.1", "\"\"", "\"x\"", "[]", "{}", "[null]", "[[]]", "{\"a\":null}", "\"\\ud800\"", "\"\\u0000\"", "9223372036854775808",
        "2147483648", "\"2026-13-45T99:99:99Z\"", "\"1Ei\"", "\"1e1000\"", "\"-1m\"", "\"None\"", "\"999.999.999.999\"", "[1,\"a\",{}]", "{\"$patch\":\"delete\"}", "{\"$retainKeys\":[\"a\"]}", "1.0", "1E2", "-0", "[{}]", "\"\\u202e\"",
    ];

    private static readonly string[] Pointers = ["", "/", "/metadata", "/metadata/labels/a", "/data/k", "/spec/ports/0", "/spec/ports/-", "/spec/ports/99", "/spec/ports/-1", "/~", "/~2", "/a~1b", "/spec/containers/0/image", "/metadata/finalizers/0", "//", "/metadata/name", "/kind"];

    /// <summary>An object's JSON, spoiled or not.</summary>
    public byte[] Json(FuzzKind kind)
    {
        var text = kind.Example.Replace("NAME", $"fuzz-{random.Next(4)}", StringComparison.Ordinal);
        for (var i = random.Next(3); i > 0; i--)
        {
            try
            {
                text = Exchange(text);
            }
            catch (InvalidOperationException)
            {
                break; // Half a surrogate pair: it can be sent, but no further value can be exchanged.
            }
        }
        return Spoil(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A patch in one of the formats, whose media type is returned with it.</summary>
    public (byte[] Body, string Type) Patch(FuzzKind kind) => random.Next(5) switch
    {
        0 => (Spoil(Encoding.UTF8.GetBytes(JsonPatch())), "application/json-patch+json"),
        1 => (Json(kind), "application/merge-patch+json"),
        2 => (Json(kind), "application/strategic-merge-patch+json"),
        3 => (Json(kind), "application/apply-patch+yaml"),
        _ => (Json(kind), Pick(["application/json", "text/plain", "", "application/apply-patch+cbor", "a/b/c", "application/json-patch+json"])),
    };

    public byte[] Yaml(FuzzKind kind) => random.Next(5) switch
    {
        0 => Encoding.UTF8.GetBytes(Laughs()),
        1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 3000)).Select(depth => new string(' ', depth % 200) + "a:\n"))),
        2 => Encoding.UTF8.GetBytes("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fuzz-0}\ndata:\n\tk: v\n---\napiVersion: v1\n"),
        3 => Spoil(Encoding.UTF8.GetBytes("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fuzz-1\ndata: &a\n  k: !!binary AAAA\n  <<: *a\n  2: 3\n  k: again\n")),
        _ => Json(kind), // JSON is YAML.
    };

    public byte[] Protobuf()
    {
        var body = new byte[random.Next(0, 200)];
        random.NextBytes(body);
        return [.. "k8s\0"u8, .. random.Next(2) == 0 ? [0x0a, 0x0f, 0x0a, 0x02, (byte)'v', (byte)'1', 0x12, 0x09, .. "ConfigMap"u8] : (byte[])[], .. body];
    }

    /// <summary>Deeply nested, huge, or no JSON at all.</summary>
    public byte[] Monster()
    {
        var depth = random.Next(1, 200_000);
        return random.Next(7) switch
        {
            0 => Encoding.UTF8.GetBytes(new string('[', depth)),
            1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"metadata\":", Math.Min(depth, 20_000))) + "1" + new string('}', Math.Min(depth, 20_000))),
            2 => Encoding.UTF8.GetBytes("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"fuzz-0\"},\"data\":{\"k\":\"" + new string('x', random.Next(1, 2_000_000)) + "\"}}"),
            3 => new byte[random.Next(1, 4096)],
            4 => Encoding.UTF8.GetBytes("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"fuzz-0\",\"labels\":{" + string.Join(',', Enumerable.Range(0, random.Next(1, 20_000)).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"k{i}\":\"v\""))) + "}}}"),
            5 => Encoding.UTF8.GetBytes("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":" + new string('[', 5000) + new string(']', 5000) + "}"),
            _ => Encoding.UTF8.GetBytes(new string('9', random.Next(1, 100_000))),
        };
    }

    /// <summary>Puts an odd value in place of one that is there, or adds a field.</summary>
    private string Exchange(string text)
    {
        var root = JsonNode.Parse(text)!;
        var node = root;
        for (var depth = random.Next(1, 8); depth > 0; depth--)
        {
            if (node is JsonObject { Count: > 0 } map)
            {
                var (name, child) = map.ElementAt(random.Next(map.Count));
                if (depth == 1 || child is not (JsonObject or JsonArray)) return Mark(root, () => map[name] = Marker);
                node = child;
            }
            else if (node is JsonArray { Count: > 0 } list)
            {
                var at = random.Next(list.Count);
                if (depth == 1 || list[at] is not (JsonObject or JsonArray)) return Mark(root, () => list[at] = Marker);
                node = list[at]!;
            }
            else
            {
                break;
            }
        }
        return text;
    }

    private const string Marker = "\u0001odd\u0001";

    /// <summary>The odd value may be no JSON that a parser would keep, so it is put in as text.</summary>
    private string Mark(JsonNode root, Action put)
    {
        put();
        var odd = random.Next(30) == 0 ? $"\"{new string('y', random.Next(1, 300_000))}\"" : Pick(Values);
        // Where it cannot be parsed any more, no further value is exchanged.
        var text = root.ToJsonString().Replace("\"\\u0001odd\\u0001\"", odd, StringComparison.Ordinal);
        try
        {
            JsonNode.Parse(text);
            return text;
        }
        catch (System.Text.Json.JsonException)
        {
            return root.ToJsonString().Replace("\"\\u0001odd\\u0001\"", "null", StringComparison.Ordinal);
        }
    }

    /// <summary>Half of all bodies stay as they are; the rest lose, gain or change bytes.</summary>
    private byte[] Spoil(byte[] body)
    {
        if (body.Length == 0 || random.Next(2) == 0) return body;
        var at = random.Next(body.Length);
        switch (random.Next(7))
        {
            case 0: return body[..at];
            case 1: return [.. body[..at], (byte)random.Next(256), .. body[at..]];
            case 2: return [.. body, .. body];
            case 3: return [.. body[..at], 0xff, 0xfe, 0xc0, 0x80, .. body[at..]];
            case 4: return [0xef, 0xbb, 0xbf, .. body];
            case 5: return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("\"metadata\":{", "\"metadata\":{\"name\":\"fuzz-3\",\"nosuch\":{\"deep\":[1,2]},", StringComparison.Ordinal));
            default:
                var changed = (byte[])body.Clone();
                changed[at] ^= (byte)(1 << random.Next(8));
                return changed;
        }
    }

    private string JsonPatch()
    {
        var operations = Enumerable.Range(0, random.Next(0, 6)).Select(_ => random.Next(5) switch
        {
            0 => $$"""{"op":"{{Pick(["add", "replace", "test", "nosuch", ""])}}","path":"{{Pick(Pointers)}}","value":{{Pick(Values)}}}""",
            1 => $$"""{"op":"{{Pick(["copy", "move"])}}","from":"{{Pick(Pointers)}}","path":"{{Pick(Pointers)}}"}""",
            2 => $$"""{"op":"remove","path":"{{Pick(Pointers)}}"}""",
            3 => """{"op":"copy","from":"/metadata","path":"/metadata/labels"}""",
            _ => Pick(Values),
        });
        return $"[{string.Join(',', random.Next(40) == 0 ? Enumerable.Repeat("""{"op":"copy","from":"","path":"/data/k"}""", 10_000) : operations)}]";
    }

    /// <summary>Anchors that stand for ever more.</summary>
    private static string Laughs()
    {
        var text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 12; i++) text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        return text.Append("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fuzz-0}\ndata: {k: *a11}\n").ToString();
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}

using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterEmu.Api;

/// <summary>Makes JSON of the events of one YAML document: aliases are expanded, merge keys carried out.</summary>
internal sealed class YamlReader(IParser parser)
{
    /// <summary>Aliases may not blow a document up beyond this.</summary>
    private const int MostNodes = 1_000_000;

    /// <summary>As deep as JSON is read; no Kubernetes object comes near it.</summary>
    private const int Deepest = 60;

    private readonly Dictionary<string, JsonNode?> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _nodes;
    private int _depth;

    public JsonNode? Read()
    {
        var at = parser.Current!;
        if (++_nodes > MostNodes) throw Refuse("document contains excessive aliasing", at);
        if (parser.TryConsume<AnchorAlias>(out var alias)) return Expand(alias);
        if (parser.TryConsume<Scalar>(out var scalar)) return Keep(scalar.Anchor, YamlScalars.Resolve(scalar));
        if (++_depth > Deepest) throw Refuse($"the document is nested deeper than {Deepest} levels", at);
        var node = parser.TryConsume<SequenceStart>(out var list) ? ReadList(list) : ReadMap(parser.Consume<MappingStart>());
        _depth--;
        return node;
    }

    private JsonNode? ReadList(SequenceStart start)
    {
        var items = new JsonArray();
        Open(start.Anchor);
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Read());
        return Keep(start.Anchor, items);
    }

    private JsonNode? ReadMap(MappingStart start)
    {
        var map = new JsonObject();
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        var merged = new List<JsonObject>();
        Open(start.Anchor);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = parser.Current!;
            if (at is Scalar { Value: "<<", Style: ScalarStyle.Plain } && parser.TryConsume<Scalar>(out _))
            {
                merged.AddRange(MergeSources(Read(), at));
                continue;
            }
            var key = ReadKey(at);
            if (!lines.TryAdd(key, at.Start.Line))
                throw Refuse($"key \"{key}\" is already set in this map, at line {lines[key]}; delete one of the two", at);
            map[key] = Read();
        }
        foreach (var (key, value) in merged.SelectMany(source => source))
            if (!map.ContainsKey(key)) map[key] = value?.DeepClone();
        return Keep(start.Anchor, map);
    }

    private string ReadKey(ParsingEvent at) => Read() switch
    {
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(),
        null => throw Refuse("a map's key may not be null", at),
        _ => throw Refuse("a map's key must be a text, not a map or list", at),
    };

    private static IEnumerable<JsonObject> MergeSources(JsonNode? node, ParsingEvent at) => node switch
    {
        JsonObject map => [map],
        JsonArray list when list.All(item => item is JsonObject) => list.Cast<JsonObject>(),
        _ => throw Refuse("map merge requires map or sequence of maps as the value", at),
    };

    private JsonNode? Expand(AnchorAlias alias)
    {
        if (_open.Contains(alias.Value.Value)) throw Refuse($"anchor '{alias.Value.Value}' value contains itself", alias);
        if (!_anchors.TryGetValue(alias.Value.Value, out var node)) throw Refuse($"unknown anchor '{alias.Value.Value}' referenced", alias);
        _nodes += CountNodes(node);
        if (_nodes > MostNodes) throw Refuse("document contains excessive aliasing", alias);
        return node?.DeepClone();
    }

    private static int CountNodes(JsonNode? node) => node switch
    {
        JsonObject map => 1 + map.Sum(pair => CountNodes(pair.Value)),
        JsonArray list => 1 + list.Sum(CountNodes),
        _ => 1,
    };

    private JsonNode? Keep(AnchorName anchor, JsonNode? node)
    {
        if (anchor.IsEmpty) return node;
        _anchors[anchor.Value] = node;
        _open.Remove(anchor.Value);
        return node;
    }

    private void Open(AnchorName anchor)
    {
        if (!anchor.IsEmpty) _open.Add(anchor.Value);
    }

    private static ManifestException Refuse(string problem, ParsingEvent at) => new(problem, at.Start.Line, at.Start.Column);
}

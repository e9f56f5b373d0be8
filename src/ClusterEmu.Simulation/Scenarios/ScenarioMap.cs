using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A map of a scenario file, read key by key. Keys that nobody asked for are refused by <see cref="Finish"/>.</summary>
/// <param name="json">The map.</param>
/// <param name="path">Where it stands: <c>clients[2]</c>; empty for the file itself.</param>
internal sealed class ScenarioMap(JsonObject json, string path)
{
    private readonly List<string> _known = [];

    public string Path => path.Length == 0 ? "the scenario" : path;

    public bool Has(string key)
    {
        Know(key);
        return json[key] is not null;
    }

    public string Text(string key, string usual) => Value(key) switch
    {
        null => usual,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(),
        _ => throw Refuse(key, "must be a text, not a map or list"),
    };

    public string Text(string key) => Has(key) ? Text(key, "") : throw new ScenarioException($"{Path}: the key {key} is missing. Add it; see docs/simulation.md.");

    public string OneOf(string key, string usual, params string[] values)
    {
        var value = Text(key, usual);
        return values.Contains(value) ? value : throw Refuse(key, $"is '{value}', but must be {string.Join(" or ", values)}");
    }

    public int Number(string key, int usual, int least, int most)
    {
        if (!Has(key)) return usual;
        return int.TryParse(Text(key, ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refuse(key, $"is {Value(key)!.ToJsonString()}, but must be a whole number from {least} to {most}");
    }

    public bool Flag(string key) => Text(key, "false") switch
    {
        "true" => true,
        "false" => false,
        var other => throw Refuse(key, $"is {other}, but must be true or false"),
    };

    public long Time(string key, long usual, long least = 0)
    {
        if (!Has(key)) return usual;
        return VirtualTime.TryParse(Text(key, ""), out var time) && time >= least
            ? time
            : throw Refuse(key, $"is '{Text(key, "")}', but must be a time of {VirtualTime.Text(least)} to 24h with its unit, such as 500ms, 1.5s or 2m");
    }

    public IReadOnlyList<string> Texts(string key) => Value(key) switch
    {
        null => [],
        JsonArray list => [.. list.Select((item, index) => item is JsonValue ? item.ToString() : throw Refuse($"{key}[{index}]", "must be a text"))],
        JsonValue value => [value.ToString()],
        _ => throw Refuse(key, "must be a list of texts"),
    };

    public ScenarioMap Map(string key) => Value(key) switch
    {
        null => new ScenarioMap([], Below(key)),
        JsonObject map => new ScenarioMap(map, Below(key)),
        _ => throw Refuse(key, "must be a map"),
    };

    public IReadOnlyList<ScenarioMap> Maps(string key) => Value(key) switch
    {
        null => [],
        JsonArray list =>
        [
            .. list.Select((item, index) => item is JsonObject map ? new ScenarioMap(map, $"{Below(key)}[{index}]") : throw Refuse($"{key}[{index}]", "must be a map")),
        ],
        _ => throw Refuse(key, "must be a list of maps"),
    };

    /// <summary>All pairs, for maps whose keys are names.</summary>
    public IEnumerable<(string Key, ScenarioMap Map)> NamedMaps() => json.Select(pair => (pair.Key, Map(pair.Key))).ToList();

    /// <summary>All keys that were not read so far, with their values as text.</summary>
    public IReadOnlyDictionary<string, string> Rest()
    {
        var rest = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in json.Select(pair => pair.Key).Where(key => !_known.Contains(key)).ToList()) rest[key] = Text(key);
        return rest;
    }

    /// <exception cref="ScenarioException">There are keys that nobody reads.</exception>
    public void Finish()
    {
        foreach (var (key, _) in json)
        {
            if (_known.Contains(key)) continue;
            throw new ScenarioException(_known.Count == 0
                ? $"{Path} takes no keys, but has {key}. Delete it."
                : $"{Path} has no key {key}. The nearest is {NearestName.Of(key, _known)}; it takes {string.Join(", ", _known)}.");
        }
    }

    public ScenarioException Refuse(string key, string problem) => new($"{Below(key)} {problem}.");

    private string Below(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private JsonNode? Value(string key)
    {
        Know(key);
        return json[key];
    }

    private void Know(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
    }
}

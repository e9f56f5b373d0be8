using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>A path into JSON, as printer columns and kubectl write it: <c>.status.conditions[?(@.type=="Ready")].status</c>.</summary>
/// <remarks>Source: k8s.io/client-go util/jsonpath. Text beside the path, and range, are not read.</remarks>
public sealed class JsonPath
{
    private readonly IReadOnlyList<JsonPathStep> _steps;

    private JsonPath(IReadOnlyList<JsonPathStep> steps) => _steps = steps;

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, out string problem)
    {
        var parser = new JsonPathParser(text);
        path = parser.Parse() is { } steps ? new JsonPath(steps) : null;
        problem = parser.Problem;
        return path is not null;
    }

    /// <exception cref="FormatException">The text is no path.</exception>
    public static JsonPath Parse(string text) => TryParse(text, out var path, out var problem) ? path : throw new FormatException(problem);

    /// <summary>Everything that the path leads to, in the order of the text; what is missing leads nowhere.</summary>
    public IEnumerable<JsonElement> Find(JsonElement value) => _steps.Aggregate((IEnumerable<JsonElement>)[value], (found, step) => found.SelectMany(step.From));

    /// <summary>The first of what the path leads to.</summary>
    public JsonElement? First(JsonElement value)
    {
        foreach (var found in Find(value)) return found;
        return null;
    }
}

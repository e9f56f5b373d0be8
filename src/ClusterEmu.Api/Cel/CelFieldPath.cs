using System.Text;

namespace ClusterEmu.Api;

/// <summary>The field that a rule's refusal names: <c>.spec.min</c>, <c>.labels['app']</c>, from the value that the rule is about.</summary>
internal static class CelFieldPath
{
    /// <summary>Whether a schema has such a field.</summary>
    public static bool Exists(JSONSchemaProps schema, string path)
    {
        if (Steps(path) is not { Count: > 0 } steps) return false;
        JSONSchemaProps? at = schema;
        foreach (var step in steps) at = at is null ? null : at.Properties.TryGetValue(step, out var property) ? property : at.AdditionalProperties?.Schema;
        return at is not null;
    }

    /// <summary>The path as errors write it, below <paramref name="parent"/>.</summary>
    public static string Below(string parent, string path)
    {
        foreach (var step in Steps(path) ?? []) parent = parent.Length == 0 ? step : $"{parent}.{step}";
        return parent;
    }

    private static List<string>? Steps(string path)
    {
        var steps = new List<string>();
        for (var at = 0; at < path.Length;)
        {
            var name = new StringBuilder();
            if (path[at] == '.')
            {
                for (at++; at < path.Length && path[at] is not ('.' or '['); at++) name.Append(path[at]);
            }
            else if (path.AsSpan(at).StartsWith("['") && path.IndexOf("']", at, StringComparison.Ordinal) is > 0 and var end)
            {
                name.Append(path, at + 2, end - at - 2);
                at = end + 2;
            }
            else return null;
            if (name.Length == 0) return null;
            steps.Add(name.ToString());
        }
        return steps;
    }
}

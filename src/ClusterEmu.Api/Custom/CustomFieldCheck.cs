using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>Names the fields of a custom object's JSON that its schema does not know, and those that are given twice.</summary>
/// <remarks>See <see cref="StrictDecoding"/>, which does so for kinds with a record.</remarks>
internal static class CustomFieldCheck
{
    public static IReadOnlyList<string> Run(StructuralSchema schema, ReadOnlySpan<byte> json)
    {
        JsonElement root;
        try
        {
            root = JsonTree.Parse(json);
        }
        catch (JsonException)
        {
            return []; // Decoding reports the text itself.
        }
        if (root.ValueKind != JsonValueKind.Object) return [];
        var problems = new List<string>();
        FindRepeated(root, "", problems);
        if (root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
        {
            foreach (var problem in StrictDecoding.Check(typeof(ObjectMeta), Encoding.UTF8.GetBytes(metadata.GetRawText())))
                if (problem.StartsWith("unknown", StringComparison.Ordinal)) problems.Add(problem.Replace("field \"", "field \"metadata.", StringComparison.Ordinal));
        }
        var content = (JsonObject)JsonTree.Of(CustomJson.ContentOf(root))!;
        problems.AddRange(SchemaPruning.Prune(content, schema).Select(path => $"unknown field \"{path}\""));
        return problems.Count > StrictDecoding.MostProblems ? problems[..StrictDecoding.MostProblems] : problems;
    }

    private static void FindRepeated(JsonElement value, string path, List<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in value.EnumerateObject())
            {
                var inner = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                if (!seen.Add(member.Name) && $"duplicate field \"{inner}\"" is var problem && !problems.Contains(problem)) problems.Add(problem);
                FindRepeated(member.Value, inner, problems);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray()) FindRepeated(item, $"{path}[{index++}]", problems);
        }
    }
}

using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>What an update changes, for messages that refuse it.</summary>
internal static class ChangedFields
{
    /// <summary>The changed fields, one a line: where, what was, what is wanted. (Kubernetes shows a diff of its structures here.)</summary>
    internal static string Of<T>(string path, T old, T now)
    {
        using var before = JsonDocument.Parse(ApiJson.Encode(old));
        using var after = JsonDocument.Parse(ApiJson.Encode(now));
        var lines = new StringBuilder();
        Compare(lines, path, before.RootElement, after.RootElement);
        return lines.ToString();
    }

    private static void Compare(StringBuilder lines, string path, JsonElement before, JsonElement after)
    {
        var both = before.ValueKind != JsonValueKind.Undefined && after.ValueKind != JsonValueKind.Undefined;
        if (both && JsonElement.DeepEquals(before, after)) return;
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            var names = before.EnumerateObject().Concat(after.EnumerateObject()).Select(property => property.Name).Distinct(StringComparer.Ordinal);
            foreach (var name in names.Order(StringComparer.Ordinal))
                Compare(lines, $"{path}.{name}", Property(before, name), Property(after, name));
        }
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array && before.GetArrayLength() == after.GetArrayLength())
            for (var i = 0; i < before.GetArrayLength(); i++) Compare(lines, $"{path}[{i}]", before[i], after[i]);
        else
        {
            if (before.ValueKind != JsonValueKind.Undefined)
                lines.Append("- ").Append(path).Append(": ").Append(before.GetRawText()).Append('\n');
            if (after.ValueKind != JsonValueKind.Undefined)
                lines.Append("+ ").Append(path).Append(": ").Append(after.GetRawText()).Append('\n');
        }
    }

    private static JsonElement Property(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : default;
}

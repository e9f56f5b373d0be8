using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Finds the first value of the wrong type in well-formed JSON, and says it as Go's encoding/json does.</summary>
/// <remarks>Slow, and asked only after decoding has failed.</remarks>
internal static class GoTypeErrors
{
    /// <returns>Null if every value fits.</returns>
    public static string? Find(RecordSchema schema, JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
            ? FindInRecord(schema, json, "")
            : $"json: cannot unmarshal {NameOf(json, false)} into Go value of type {RecordSchema.QualifiedGoNameOf(schema.Type)}";

    private static string? FindInRecord(RecordSchema schema, JsonElement json, string path)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (schema.Find(member.Name) is not { } field) continue;
            var memberPath = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (FindInValue(field.Value, member.Value, schema.GoName, memberPath) is { } problem) return problem;
        }
        return null;
    }

    private static string? FindInValue(ValueSchema schema, JsonElement json, string owner, string path)
    {
        if (json.ValueKind == JsonValueKind.Null) return null;
        return schema.Shape switch
        {
            ValueShape.Any => null,
            ValueShape.String when json.ValueKind == JsonValueKind.String => null,
            ValueShape.Boolean when json.ValueKind is JsonValueKind.True or JsonValueKind.False => null,
            ValueShape.Int32 when json.ValueKind == JsonValueKind.Number => json.TryGetInt32(out _) ? null : Mismatch(schema, json, owner, path),
            ValueShape.Int64 when json.ValueKind == JsonValueKind.Number => json.TryGetInt64(out _) ? null : Mismatch(schema, json, owner, path),
            ValueShape.Record when json.ValueKind == JsonValueKind.Object => FindInRecord(schema.Record, json, path),
            ValueShape.List when json.ValueKind == JsonValueKind.Array => json.EnumerateArray()
                .Select(item => FindInValue(schema.Item!, item, owner, path)).FirstOrDefault(problem => problem is not null),
            ValueShape.Map when json.ValueKind == JsonValueKind.Object => json.EnumerateObject()
                .Select(item => FindInValue(schema.Item!, item.Value, owner, path)).FirstOrDefault(problem => problem is not null),
            ValueShape.Time or ValueShape.MicroTime => json.ValueKind == JsonValueKind.String ? TimeProblem(json.GetString()!) : Plain(json, "string"),
            ValueShape.Quantity => QuantityProblem(json),
            ValueShape.IntOrString => json.ValueKind == JsonValueKind.String || (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out _))
                ? null : Plain(json, "int32"),
            ValueShape.Bytes when json.ValueKind == JsonValueKind.String => Base64Problem(json.GetString()!),
            _ => Mismatch(schema, json, owner, path),
        };
    }

    private static string Mismatch(ValueSchema schema, JsonElement json, string owner, string path) =>
        $"json: cannot unmarshal {NameOf(json, schema.Shape is ValueShape.Int32 or ValueShape.Int64)} into Go struct field {owner}.{path} of type {schema.GoType}";

    private static string Plain(JsonElement json, string goType) =>
        $"json: cannot unmarshal {NameOf(json, goType == "int32")} into Go value of type {goType}";

    private static string NameOf(JsonElement json, bool withNumber) => json.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => withNumber ? "number " + json.GetRawText() : "number",
        _ => "bool",
    };

    private static string? TimeProblem(string text)
    {
        try
        {
            KubeTime.Parse(text);
            return null;
        }
        catch (FormatException refused)
        {
            return refused.Message;
        }
    }

    private static string? QuantityProblem(JsonElement json)
    {
        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
        return QuantityText.TryParse(text, out _, out var problem) ? null : problem;
    }

    private static string? Base64Problem(string text)
    {
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character is '\r' or '\n') continue;
            if (char.IsAsciiLetterOrDigit(character) || character is '+' or '/') length++;
            else if (character == '=' && length % 4 >= 2 && text[index..].Trim('=', '\r', '\n').Length == 0) length++;
            else return $"illegal base64 data at input byte {index}";
        }
        return length % 4 == 0 ? null : $"illegal base64 data at input byte {text.Length / 4 * 4}";
    }
}

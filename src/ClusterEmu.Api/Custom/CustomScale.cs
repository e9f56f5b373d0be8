using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>The scale subresource of a custom kind: where an object has its numbers of replicas.</summary>
/// <param name="paths">Simple paths, such as <c>.spec.replicas</c>.</param>
public sealed class CustomScale(CustomResourceSubresourceScale paths)
{
    /// <summary>How the scale subresource reads and writes objects of this kind.</summary>
    public KindScaling Scaling => KindScaling.Of<CustomObject>(Of, With);

    /// <summary>Whether the object says how many are wanted.</summary>
    public bool IsIn(CustomObject value) => Find(value.Content, paths.SpecReplicasPath) is { ValueKind: JsonValueKind.Number };

    /// <summary>The wanted and the present number, and the selector. What the object does not say is 0, or empty.</summary>
    public ScaleReading Of(CustomObject value)
    {
        var selector = paths.LabelSelectorPath is { Length: > 0 } path && Find(value.Content, path) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        return new ScaleReading(Count(paths.SpecReplicasPath), Count(paths.StatusReplicasPath), selector);

        int Count(string path) => Find(value.Content, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var count) ? count : 0;
    }

    /// <summary>The object with another number wanted. The way to it is made where it is missing.</summary>
    public CustomObject With(CustomObject value, int replicas)
    {
        var content = (JsonObject)JsonTree.Of(value.Content)!;
        var steps = Steps(paths.SpecReplicasPath);
        var map = content;
        foreach (var step in steps[..^1])
        {
            if (map[step] is not JsonObject inner) map[step] = inner = [];
            map = inner;
        }
        map[steps[^1]] = replicas;
        return value with { Content = CustomJson.ContentOf(JsonTree.ToElement(content)) };
    }

    internal void Check(List<FieldError> errors, JsonElement content)
    {
        CheckCount(errors, content, paths.SpecReplicasPath);
        CheckCount(errors, content, paths.StatusReplicasPath);
        if (paths.LabelSelectorPath is { Length: > 0 } path && Find(content, path) is { } selector && selector.ValueKind != JsonValueKind.String)
            errors.Add(FieldErrors.Invalid(FieldPath.Of(path), "", $"{path} accessor error: {GoJson.Literal(selector).Text} is of the type {GoType(selector)}, expected string"));
    }

    private static void CheckCount(List<FieldError> errors, JsonElement content, string path)
    {
        if (Find(content, path) is not { } found) return;
        if (found.ValueKind != JsonValueKind.Number || !found.TryGetInt64(out var count))
            errors.Add(FieldErrors.Invalid(FieldPath.Of(path), 0, $"{path} accessor error: {GoJson.Literal(found).Text} is of the type {GoType(found)}, expected int64"));
        else if (count < 0) errors.Add(FieldErrors.Invalid(FieldPath.Of(path), count, "should be a non-negative integer"));
        else if (count > int.MaxValue) errors.Add(FieldErrors.Invalid(FieldPath.Of(path), count, string.Create(CultureInfo.InvariantCulture, $"should be less than or equal to {int.MaxValue}")));
    }

    private static string GoType(JsonElement value) => GoJson.TypeOf(value) switch
    {
        "object" => "map[string]interface {}",
        "array" => "[]interface {}",
        "number" => "float64",
        "integer" => "int64",
        "boolean" => "bool",
        var other => other,
    };

    private static JsonElement? Find(JsonElement value, string path)
    {
        foreach (var step in Steps(path))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value)) return null;
        }
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    private static string[] Steps(string path) => path.TrimStart('.').Split('.');
}

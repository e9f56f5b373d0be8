using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>The fields of a custom kind that a field selector may name: name and namespace, and those that its definition lists.</summary>
internal sealed class CustomFields
{
    private readonly Dictionary<string, JsonPath> _own;

    public CustomFields(IReadOnlyList<SelectableField> own, bool namespaced)
    {
        _own = own.Where(field => JsonPath.TryParse(field.JsonPath, out _, out _))
            .ToDictionary(field => field.JsonPath.TrimStart('.'), field => JsonPath.Parse(field.JsonPath), StringComparer.Ordinal);
        Labels = [.. namespaced ? ["metadata.name", "metadata.namespace"] : (string[])["metadata.name"], .. _own.Keys];
    }

    public IReadOnlyList<string> Labels { get; }

    /// <exception cref="SelectorException">The kind does not offer this field.</exception>
    public string LabelFor(string label) => Labels.Contains(label) ? label : throw new SelectorException($"field label not supported: {label}");

    public string Value(CustomObject value, string label) => label switch
    {
        "metadata.name" => value.Metadata.Name,
        "metadata.namespace" => value.Metadata.Namespace,
        _ => _own.TryGetValue(label, out var path) && path.First(value.Content) is { } found ? TextOf(found) : "",
    };

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}

using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>The annotation in which <c>kubectl apply</c> (client-side) keeps what it applied, and what server-side apply does about it.</summary>
/// <remarks>Source: apimachinery managedfields/internal/lastappliedmanager.go and lastappliedupdater.go. Both heed it only for the manager <c>kubectl</c>.</remarks>
public static class LastApplied
{
    public const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The manager that stands for <c>kubectl apply --server-side</c>.</summary>
    public const string Manager = "kubectl";

    /// <summary>Fields that kubectl has applied on the client's side and that are still as it applied them: it may take them over without conflict.</summary>
    /// <param name="live">The object.</param>
    /// <param name="type">Its type.</param>
    /// <param name="apiVersion">Its version; an annotation in another one counts for nothing.</param>
    public static FieldSet StillOwned(JsonElement live, FieldType type, string apiVersion)
    {
        if (TextIn(live) is not { Length: > 0 } text) return FieldSet.Empty;
        JsonElement applied;
        try
        {
            applied = JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return FieldSet.Empty;
        }
        if (applied.ValueKind != JsonValueKind.Object || !applied.TryGetProperty("apiVersion", out var version) || !version.ValueEquals(apiVersion)) return FieldSet.Empty;
        if (TypedValidation.Problem(applied, type) is not null) return FieldSet.Empty;
        var changes = TypedComparison.Compare(applied, live, type);
        return TypedFields.Of(applied, type).Difference(changes.Modified).Difference(changes.Added).Difference(changes.Removed);
    }

    /// <summary>The annotation's new text: what is applied, without the annotation itself.</summary>
    public static string TextOf(JsonElement applied) => System.Text.Encoding.UTF8.GetString(TypedText.Write(writer => Write(writer, applied, 0))) + "\n";

    private static string? TextIn(JsonElement value) =>
        value.TryGetProperty("metadata", out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object
        && annotations.TryGetProperty(Annotation, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    /// <summary>Members in order, as Go writes maps.</summary>
    private static void Write(Utf8JsonWriter writer, JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object || depth > 2)
        {
            WriteSorted(writer, value);
            return;
        }
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (depth == 2 && member.Name == Annotation) continue;
            writer.WritePropertyName(member.Name);
            var leads = depth == 0 ? member.Name == "metadata" : depth == 1 && member.Name == "annotations";
            if (leads) Write(writer, member.Value, depth + 1);
            else WriteSorted(writer, member.Value);
        }
        writer.WriteEndObject();
    }

    private static void WriteSorted(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(member.Name);
                WriteSorted(writer, member.Value);
            }
            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray()) WriteSorted(writer, item);
            writer.WriteEndArray();
        }
        else value.WriteTo(writer);
    }
}

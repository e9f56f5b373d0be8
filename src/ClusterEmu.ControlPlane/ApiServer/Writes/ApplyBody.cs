using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What somebody applies: a part of an object, in YAML or JSON.</summary>
/// <remarks>Source: k8s.io/apiserver endpoints/handlers/patch.go (applyPatcher); apimachinery managedfields/internal (versioncheck.go, structuredmerge.go).</remarks>
internal static class ApplyBody
{
    private static readonly JsonDocumentOptions EachOnce = new() { AllowDuplicateProperties = false };

    /// <returns>The body, and warnings about it.</returns>
    /// <exception cref="ApiException">It cannot be read, is of another kind, or has fields that its kind has not.</exception>
    public static (JsonElement Body, IReadOnlyList<string> Warnings) Read(KindInfo kind, ApiRequest request)
    {
        var json = Json(request.Patch.Span);
        var (body, repeated) = Parse(json);
        var warnings = Repeated(repeated, request.FieldValidation);
        CheckKind(kind, body);
        if (body.TryGetProperty("metadata", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("managedFields", out var managed) && managed.ValueKind != JsonValueKind.Null)
            throw Refuse.BadRequest("metadata.managedFields must be nil");
        if (TypedValidation.Problem(body, kind.FieldType) is { } problem)
            throw Refuse.BadRequest($"failed to create typed patch object ({request.Namespace}/{request.Name}; {Describe(kind.ApiVersion, kind.Kind)}): {problem}");
        return (body, warnings);
    }

    private static byte[] Json(ReadOnlySpan<byte> text)
    {
        try
        {
            return YamlManifests.BodyToJson(text);
        }
        catch (ObjectDecodingException refused)
        {
            throw Refuse.BadRequest($"error decoding YAML: {refused.Message}");
        }
    }

    private static (JsonElement Body, bool Repeated) Parse(byte[] json)
    {
        try
        {
            var body = JsonElement.Parse(json);
            if (body.ValueKind != JsonValueKind.Object)
            {
                throw Refuse.BadRequest(
                    $"error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {body.ValueKind.ToString().ToLowerInvariant()} into Go value of type map[string]interface {{}}");
            }
            try
            {
                JsonDocument.Parse(json, EachOnce).Dispose();
                return (body, false);
            }
            catch (JsonException)
            {
                return (JsonElement.Parse(LastOnes(body)), true);
            }
        }
        catch (JsonException malformed)
        {
            throw Refuse.BadRequest($"error decoding YAML: {malformed.Message}");
        }
    }

    private static IReadOnlyList<string> Repeated(bool repeated, FieldValidation validation)
    {
        if (!repeated || validation == FieldValidation.Ignore) return [];
        const string problem = "error converting YAML to JSON: yaml: unmarshal errors: a key is already set in its map";
        return validation == FieldValidation.Strict ? throw Refuse.BadRequest($"error strict decoding YAML: {problem}") : [problem];
    }

    private static void CheckKind(KindInfo kind, JsonElement body)
    {
        var (apiVersion, name) = (Text(body, "apiVersion"), Text(body, "kind"));
        if (apiVersion != kind.ApiVersion || name != kind.Kind) throw Refuse.BadRequest($"invalid object type: {Describe(apiVersion, name)}");
    }

    /// <summary>As Go prints a GroupVersionKind.</summary>
    private static string Describe(string apiVersion, string name) =>
        $"{(apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion : "/" + apiVersion)}, Kind={name}";

    private static string Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Each member once: of those that are given twice the last counts, as in Go.</summary>
    private static byte[] LastOnes(JsonElement body)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, body);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject()) members[member.Name] = member.Value;
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}

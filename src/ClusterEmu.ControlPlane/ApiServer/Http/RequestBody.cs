using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Turns the bytes of a request into what its verb needs.</summary>
public static class RequestBody
{
    /// <summary>The largest body that is read: 3 MiB, as in Kubernetes.</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    public const string BodyTypes = $"application/json, application/yaml, {ProtobufBodies.ContentType}";

    public const string PatchTypes =
        "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml";

    /// <summary>The body as JSON, whatever it came as.</summary>
    /// <param name="body">As it was sent.</param>
    /// <param name="contentType">What the client says it is. Left out, it is JSON.</param>
    /// <param name="wanted">The kind that a protobuf body must be of, for its refusals. Null: the body says its kind itself, or is empty.</param>
    /// <exception cref="ApiException">415: it is neither JSON nor YAML nor protobuf.</exception>
    /// <exception cref="ObjectDecodingException">The YAML or protobuf cannot be read.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> body, string? contentType, KindInfo? wanted = null) => Essence(contentType) switch
    {
        "" or "application/json" or "*/*" => body,
        "application/yaml" or "application/x-yaml" or "text/yaml" => body.IsEmpty ? body : YamlManifests.BodyToJson(body.Span),
        ProtobufBodies.ContentType when wanted is CustomKind || wanted == Kinds.CustomResourceDefinition => throw Refuse.UnsupportedMediaType("application/json, application/yaml"),
        ProtobufBodies.ContentType when wanted is not null => ProtobufBodies.ToJson(body.Span, wanted),
        ProtobufBodies.ContentType => body.IsEmpty ? body : ProtobufBodies.ToJson(body.Span),
        _ => throw Refuse.UnsupportedMediaType(BodyTypes),
    };

    /// <summary>Decodes an object.</summary>
    /// <returns>The object, and a warning for each field that its kind does not have.</returns>
    /// <exception cref="ObjectDecodingException">The body is no such object, or strict validation refuses it.</exception>
    public static (IKubeObject Value, IReadOnlyList<string> Warnings) Decode(KindInfo kind, ReadOnlySpan<byte> json, FieldValidation validation)
    {
        var value = BodyDecoding.Decode(kind, json);
        if (validation == FieldValidation.Ignore) return (value, []);
        var problems = StrictDecoding.Check(kind, json);
        if (problems.Count > 0 && validation == FieldValidation.Strict)
            throw new ObjectDecodingException(BodyDecoding.StrictRefusal(kind, problems));
        return (value, problems);
    }

    /// <summary>The options in the body of a delete; without body, the defaults.</summary>
    public static DeleteOptions DecodeDeleteOptions(ReadOnlyMemory<byte> json) =>
        json.IsEmpty ? new DeleteOptions() : ApiJson.Decode<DeleteOptions>(json.Span);

    /// <exception cref="ApiException">415: none of the patch formats.</exception>
    public static PatchFormat FormatOf(string? contentType) => Essence(contentType) switch
    {
        "application/json-patch+json" => PatchFormat.Json,
        "application/merge-patch+json" => PatchFormat.Merge,
        "application/strategic-merge-patch+json" => PatchFormat.StrategicMerge,
        "application/apply-patch+yaml" => PatchFormat.Apply,
        _ => throw Refuse.UnsupportedMediaType(PatchTypes),
    };

    private static string Essence(string? contentType) =>
        contentType is null ? "" : contentType.Split(';', 2)[0].Trim().ToLowerInvariant();
}

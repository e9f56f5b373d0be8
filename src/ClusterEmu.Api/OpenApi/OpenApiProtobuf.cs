using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>An OpenAPI v2 document as protobuf: the only form in which kubectl reads one, for manifests of kind List and for kinds that are not served.</summary>
/// <remarks>
/// The messages are those of google/gnostic, openapiv2/OpenAPIv2.proto; the media types are those of k8s.io/kube-openapi pkg/handler. What OpenAPI v2 has
/// no field for is left out.
/// </remarks>
internal static class OpenApiProtobuf
{
    /// <summary>What a client asks for.</summary>
    public const string Accepted = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    /// <summary>What it gets.</summary>
    public const string ContentType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /// <summary>Writes one member of a JSON object as a field.</summary>
    private delegate void Write(ProtobufOutput output, JsonNode value);

    /// <summary>The fields by the names of their JSON members, and the number of the field that holds those that begin with <c>x-</c>; 0 for none.</summary>
    private sealed record Message(int Extensions, Dictionary<string, Write> Members);

    private static readonly Message Schema = new(31, new(StringComparer.Ordinal)
    {
        ["$ref"] = Text(1),
        ["format"] = Text(2),
        ["title"] = Text(3),
        ["description"] = Text(4),
        ["default"] = Any(5),
        ["multipleOf"] = Number(6),
        ["maximum"] = Number(7),
        ["exclusiveMaximum"] = Flag(8),
        ["minimum"] = Number(9),
        ["exclusiveMinimum"] = Flag(10),
        ["maxLength"] = Whole(11),
        ["minLength"] = Whole(12),
        ["pattern"] = Text(13),
        ["maxItems"] = Whole(14),
        ["minItems"] = Whole(15),
        ["uniqueItems"] = Flag(16),
        ["maxProperties"] = Whole(17),
        ["minProperties"] = Whole(18),
        ["required"] = Each(19, Text),
        ["enum"] = Each(20, Any),
        ["additionalProperties"] = (output, value) => output.Message(21, item =>
        {
            if (value is JsonObject) item.Message(1, schema => Fill(schema, Schema!, value));
            else item.Flag(2, (bool)value);
        }),
        ["type"] = (output, value) => output.Message(22, item => (value is JsonArray ? Each(1, Text) : Text(1))(item, value)),
        ["items"] = (output, value) => output.Message(23, item => item.Message(1, schema => Fill(schema, Schema!, value))),
        ["allOf"] = Each(24, number => (output, value) => output.Message(number, schema => Fill(schema, Schema!, value))),
        ["properties"] = Inside(25, Named(1, () => Schema!)),
        ["readOnly"] = Flag(27),
        ["example"] = Any(30),
    });

    private static readonly Message BodyParameter = new(6, new(StringComparer.Ordinal)
    {
        ["description"] = Text(1),
        ["name"] = Text(2),
        ["in"] = Text(3),
        ["required"] = Flag(4),
        ["schema"] = Of(5, Schema),
    });

    private static readonly Message QueryParameter = new(23, new(StringComparer.Ordinal)
    {
        ["required"] = Flag(1),
        ["in"] = Text(2),
        ["description"] = Text(3),
        ["name"] = Text(4),
        ["allowEmptyValue"] = Flag(5),
        ["type"] = Text(6),
        ["format"] = Text(7),
        ["uniqueItems"] = Flag(20),
    });

    private static readonly Message PathParameter = new(22, new(StringComparer.Ordinal)
    {
        ["required"] = Flag(1),
        ["in"] = Text(2),
        ["description"] = Text(3),
        ["name"] = Text(4),
        ["type"] = Text(5),
        ["format"] = Text(6),
        ["uniqueItems"] = Flag(19),
    });

    private static readonly Message Response = new(5, new(StringComparer.Ordinal)
    {
        ["description"] = Text(1),
        ["schema"] = Inside(2, Of(1, Schema)),
    });

    private static readonly Message Operation = new(13, new(StringComparer.Ordinal)
    {
        ["tags"] = Each(1, Text),
        ["summary"] = Text(2),
        ["description"] = Text(3),
        ["operationId"] = Text(5),
        ["produces"] = Each(6, Text),
        ["consumes"] = Each(7, Text),
        ["parameters"] = Each(8, Parameter),
        ["responses"] = (output, value) => output.Message(9, responses =>
        {
            // A code's value is a choice of a response and a reference to one; ours are responses.
            foreach (var (code, response) in value.AsObject()) Pair(responses, 1, code, item => item.Message(1, inner => Fill(inner, Response, response!)));
        }),
        ["schemes"] = Each(10, Text),
        ["deprecated"] = Flag(11),
    });

    private static readonly Message PathItem = new(10, new(StringComparer.Ordinal)
    {
        ["get"] = Of(2, Operation),
        ["put"] = Of(3, Operation),
        ["post"] = Of(4, Operation),
        ["delete"] = Of(5, Operation),
        ["options"] = Of(6, Operation),
        ["head"] = Of(7, Operation),
        ["patch"] = Of(8, Operation),
        ["parameters"] = Each(9, Parameter),
    });

    private static readonly Message Info = new(7, new(StringComparer.Ordinal) { ["title"] = Text(1), ["version"] = Text(2), ["description"] = Text(3) });

    private static readonly Message Document = new(16, new(StringComparer.Ordinal)
    {
        ["swagger"] = Text(1),
        ["info"] = Of(2, Info),
        ["paths"] = Inside(8, Named(2, () => PathItem)),
        ["definitions"] = Inside(9, Named(1, () => Schema)),
    });

    /// <param name="document">The document as JSON.</param>
    public static byte[] Encode(JsonObject document)
    {
        var output = new ProtobufOutput();
        Fill(output, Document, document);
        return output.ToArray();
    }

    private static void Fill(ProtobufOutput output, Message message, JsonNode value)
    {
        foreach (var (name, member) in value.AsObject())
        {
            if (member is null) continue;
            if (message.Members.TryGetValue(name, out var write)) write(output, member);
            else if (message.Extensions > 0 && name.StartsWith("x-", StringComparison.Ordinal)) Pair(output, message.Extensions, name, any => Any(any, member));
        }
    }

    private static void Pair(ProtobufOutput output, int number, string name, Action<ProtobufOutput> value) => output.Message(number, pair =>
    {
        pair.Text(1, name);
        pair.Message(2, value);
    });

    private static Write Text(int number) => (output, value) => output.Text(number, (string)value!);

    private static Write Flag(int number) => (output, value) => output.Flag(number, (bool)value);

    private static Write Whole(int number) => (output, value) => output.Whole(number, (long)value);

    private static Write Number(int number) => (output, value) => output.Number(number, (double)value);

    private static Write Any(int number) => (output, value) => output.Message(number, any => Any(any, value));

    /// <summary>Any value, as YAML text: JSON is YAML.</summary>
    private static void Any(ProtobufOutput output, JsonNode value) => output.Text(2, value.ToJsonString() + "\n");

    private static Write Of(int number, Message message) => (output, value) => output.Message(number, inner => Fill(inner, message, value));

    private static Write Each(int number, Func<int, Write> item) => (output, value) =>
    {
        foreach (var each in value.AsArray()) item(number)(output, each!);
    };

    private static Write Inside(int number, Write write) => (output, value) => output.Message(number, inner => write(inner, value));

    /// <summary>A JSON object as pairs of a name and a message.</summary>
    private static Write Named(int number, Func<Message> message) => (output, value) =>
    {
        foreach (var (name, member) in value.AsObject()) Pair(output, number, name, inner => Fill(inner, message(), member!));
    };

    /// <summary>A parameter is a choice within choices: of the body, or of one of the other places.</summary>
    private static Write Parameter(int number) => (output, value) => output.Message(number, item => item.Message(1, parameter =>
    {
        switch ((string?)value["in"])
        {
            case "body": parameter.Message(1, body => Fill(body, BodyParameter, value)); break;
            case "query": parameter.Message(2, other => other.Message(3, query => Fill(query, QueryParameter, value))); break;
            case "path": parameter.Message(2, other => other.Message(4, path => Fill(path, PathParameter, value))); break;
        }
    }));
}

using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Decodes request bodies, with the API server's own messages for those that are no object of the kind wanted.</summary>
/// <remarks>Source: k8s.io/apiserver pkg/endpoints/handlers (rest.go transformDecodeError), apimachinery runtime/serializer/json.</remarks>
public static class BodyDecoding
{
    private const string Scheme = "pkg/api/legacyscheme/scheme.go:30";

    /// <summary>Decodes an object of <paramref name="kind"/>. Kind and apiVersion may be left out; those given must be right.</summary>
    /// <exception cref="ObjectDecodingException">It is something else; the message is the whole answer, to be sent with code 400.</exception>
    public static IKubeObject Decode(KindInfo kind, ReadOnlySpan<byte> body)
    {
        CheckKind(kind, body);
        try
        {
            return kind.Decode(body);
        }
        catch (ObjectDecodingException refused)
        {
            throw new ObjectDecodingException(CannotBeHandled(kind, kind.Kind, kind.Version, refused.Message));
        }
    }

    /// <summary>The answer to a body with fields that <see cref="StrictDecoding"/> refuses.</summary>
    public static string StrictRefusal(KindInfo kind, IReadOnlyList<string> problems) =>
        CannotBeHandled(kind, kind.Kind, kind.Version, StrictDecoding.Describe(problems));

    /// <exception cref="ObjectDecodingException">The body names another kind or version, or cannot be read that far.</exception>
    public static void CheckKind(KindInfo kind, ReadOnlySpan<byte> body)
    {
        var (apiVersion, name, problem) = ReadKind(body);
        if (problem is not null)
        {
            throw new ObjectDecodingException(Unrecognized(kind, "couldn't get version/kind; json parse error: " + problem, body));
        }
        if (kind is CustomKind)
        {
            CheckCustom(kind, apiVersion, name, body);
            return;
        }
        if (apiVersion.Length == 0) apiVersion = kind.ApiVersion;
        if (name.Length == 0) name = kind.Kind;
        if (apiVersion == kind.ApiVersion && name == kind.Kind) return;
        var (group, version) = SplitApiVersion(apiVersion);
        throw new ObjectDecodingException(CannotBeHandled(kind, name, version, KindCatalog.ByKind(apiVersion, name) is null
            ? NotRegistered(apiVersion, name)
            : $"converting ({version}.{name}) to ({InternalName(kind.Group)}.{kind.Kind}): unknown conversion"));
    }

    /// <summary>A custom object must say what it is; whether it says the right kind is seen to by validation.</summary>
    private static void CheckCustom(KindInfo kind, string apiVersion, string name, ReadOnlySpan<byte> body)
    {
        if (name.Length == 0 || apiVersion.Length == 0)
            throw new ObjectDecodingException(Unrecognized(kind, $"Object '{(name.Length == 0 ? "Kind" : "apiVersion")}' is missing in '{Encoding.UTF8.GetString(body)}'", body));
        if (apiVersion != kind.ApiVersion)
            throw new ObjectDecodingException($"the API version in the data ({apiVersion}) does not match the expected API version ({kind.ApiVersion})");
    }

    /// <summary>Group and version of <c>apps/v1</c>; the group of <c>v1</c> is empty.</summary>
    public static (string Group, string Version) SplitApiVersion(string apiVersion)
    {
        var slash = apiVersion.LastIndexOf('/');
        return slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
    }

    /// <summary>What a body says it is, without decoding the rest. Empty where it does not say.</summary>
    /// <returns>A problem in Go's words if the text is no JSON object, or the two are no strings.</returns>
    public static (string ApiVersion, string Kind, string? Problem) ReadKind(ReadOnlySpan<byte> body)
    {
        const string goStruct = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";
        var (apiVersion, kind) = ("", "");
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read()) return ("", "", "unexpected end of JSON input");
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                using var document = JsonDocument.Parse(body.ToArray());
                return document.RootElement.ValueKind == JsonValueKind.Null
                    ? ("", "", null)
                    : ("", "", $"json: cannot unmarshal {NameOf(document.RootElement.ValueKind)} into Go value of type {goStruct}");
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isVersion = reader.ValueTextEquals("apiVersion"u8);
                var isKind = reader.ValueTextEquals("kind"u8);
                reader.Read();
                if ((isVersion || isKind) && reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                    return ("", "", $"json: cannot unmarshal {NameOf(reader.TokenType)} into Go struct field .{(isKind ? "kind" : "apiVersion")} of type string");
                if (isVersion) apiVersion = reader.GetString() ?? "";
                else if (isKind) kind = reader.GetString() ?? "";
                else reader.Skip();
            }
            while (reader.Read()) { } // To the end: text after the object is an error too.
            return (apiVersion, kind, null);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return ("", "", GoJsonSyntax.FindProblem(body) ?? malformed.Message);
        }
    }

    internal static string NotRegistered(string apiVersion, string name) =>
        $"no kind \"{name}\" is registered for version \"{apiVersion}\" in scheme \"{Scheme}\"";

    internal static string Unrecognized(KindInfo kind, string why, ReadOnlySpan<byte> body) =>
        $"the object provided is unrecognized (must be of type {kind.Kind}): {why} ({Summary(body)})";

    internal static string CannotBeHandled(KindInfo kind, string name, string version, string why) =>
        $"{name} in version \"{version}\" cannot be handled as a {kind.Kind}: {why}";

    /// <summary>The Go package of a group's internal types.</summary>
    private static string InternalName(string group) => group.Length == 0 ? "core" : group.Split('.')[0];

    private static string Summary(ReadOnlySpan<byte> body)
    {
        const int longest = 30;
        if (body.IsEmpty) return "<empty>";
        var shown = body[..Math.Min(longest, body.Length)];
        var text = body[0] == '{' ? Encoding.UTF8.GetString(shown) : Convert.ToHexStringLower(shown);
        return body.Length > longest ? text + " ..." : text;
    }

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "bool",
    };

    private static string NameOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "object",
        JsonTokenType.StartArray => "array",
        JsonTokenType.Number => "number",
        _ => "bool",
    };
}

using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>Reads the bodies that an API server answers. Pure.</summary>
internal static class ApiAnswer
{
    /// <summary>The reply to <paramref name="call"/> that HTTP brought.</summary>
    public static ApiReply Read(ApiCall call, int code, ReadOnlySpan<byte> body)
    {
        try
        {
            if (code is < 200 or >= 300) return Failed(call, code, ReadStatus(body, code));
            return call.Verb == ApiVerb.List ? ReadList(call, code, body) : ReadObject(call, code, body);
        }
        catch (Exception e) when (e is JsonException or ObjectDecodingException)
        {
            return Failed(call, 0, NoAnswer($"The answer to {call.Verb} of {call.Kind.QualifiedPlural} cannot be read: {e.Message}"));
        }
    }

    /// <summary>The reply that stands for no answer: its code is 0.</summary>
    public static ApiReply Unanswered(ApiCall call, string why) => Failed(call, 0, NoAnswer(why));

    /// <summary>Reads one line of a watch.</summary>
    /// <param name="call">The watch.</param>
    /// <param name="line">One JSON text: <c>{"type":…,"object":…}</c>.</param>
    /// <returns>The event, or what ends the watch, if the server says so.</returns>
    /// <exception cref="ObjectDecodingException">The line is no watch event, or not even the name of its object can be read.</exception>
    public static (WatchEvent? Event, WatchClosed? Closed) ReadEvent(WatchCall call, ReadOnlySpan<byte> line)
    {
        var type = "";
        var value = default(ReadOnlySpan<byte>);
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType) type = reader.GetString() ?? "";
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isObject) value = line[start..(int)reader.BytesConsumed];
        }
        switch (type)
        {
            case "ERROR":
                var status = ReadStatus(value, 500);
                return (null, new WatchClosed(call, status.Code, status.Message));
            case "BOOKMARK":
                return (new WatchEvent(call, WatchEventType.Bookmark, null, Summary.Of(value).ResourceVersion), null);
            case "ADDED" or "MODIFIED" or "DELETED":
                var kind = type == "ADDED" ? WatchEventType.Added
                    : type == "MODIFIED" ? WatchEventType.Modified : WatchEventType.Deleted;
                if (TryDecode(call.Kind, value, out var bad) is { } decoded) return (new WatchEvent(call, kind, decoded, decoded.Metadata.ResourceVersion), null);
                return (new WatchEvent(call, kind, null, bad!.ResourceVersion) { Unreadable = bad }, null);
            default:
                throw new ObjectDecodingException($"A watch event of type \"{type}\" is not known.");
        }
    }

    private static ApiReply ReadObject(ApiCall call, int code, ReadOnlySpan<byte> body)
    {
        var summary = Summary.Of(body);
        if (summary.Kind is "Status" or "" || summary.Kind.EndsWith("List", StringComparison.Ordinal))
            return new(call, code, null, null, summary.ResourceVersion, null, null);
        var kind = summary.Kind == call.Kind.Kind ? call.Kind : KindCatalog.ByKind(summary.ApiVersion, summary.Kind) ?? call.Kind;
        var value = LeanObjects.Decode(kind, body);
        return new(call, code, value, null, value.Metadata.ResourceVersion, null, null);
    }

    private static ApiReply ReadList(ApiCall call, int code, ReadOnlySpan<byte> body)
    {
        var items = new List<IKubeObject>();
        var unreadable = new List<UnreadableObject>();
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItems = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (!isItems || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var item = body[start..(int)reader.BytesConsumed];
                if (!call.SkipUnreadable) items.Add(LeanObjects.Decode(call.Kind, item));
                else if (TryDecode(call.Kind, item, out var bad) is { } decoded) items.Add(decoded);
                else unreadable.Add(bad!);
            }
        }
        var summary = Summary.Of(body);
        var more = summary.Continue.Length == 0 ? null : summary.Continue;
        return new(call, code, null, items, summary.ResourceVersion, more, null) { Unreadable = unreadable };
    }

    /// <returns>The object; or null, and what can be told of it.</returns>
    /// <exception cref="ObjectDecodingException">Not even its name and revision can be told.</exception>
    private static IKubeObject? TryDecode(KindInfo kind, ReadOnlySpan<byte> json, out UnreadableObject? unreadable)
    {
        unreadable = null;
        try
        {
            return LeanObjects.Decode(kind, json);
        }
        catch (Exception e) when (e is JsonException or ObjectDecodingException)
        {
            var summary = Summary.Of(json);
            if (summary.Name.Length == 0 || summary.ResourceVersion.Length == 0) throw;
            unreadable = new UnreadableObject(new ObjectKey(summary.Namespace, summary.Name), summary.ResourceVersion, e.Message);
            return null;
        }
    }

    private static Status ReadStatus(ReadOnlySpan<byte> body, int code)
    {
        try
        {
            var status = ApiJson.Decode<Status>(body);
            return status.Code == 0 ? status with { Code = code } : status;
        }
        catch (Exception e) when (e is JsonException or ObjectDecodingException)
        {
            var text = System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 200)]);
            return new Status { Outcome = "Failure", Code = code, Reason = "Unknown", Message = $"The server answered {code}: {text}" };
        }
    }

    private static Status NoAnswer(string why) => new() { Outcome = "Failure", Reason = "ServiceUnavailable", Message = why };

    private static ApiReply Failed(ApiCall call, int code, Status status) => new(call, code, null, null, null, null, status);

    /// <summary>What every object's first levels say, read without decoding the rest.</summary>
    private readonly record struct Summary(string ApiVersion, string Kind, string ResourceVersion, string Continue, string Namespace, string Name)
    {
        public static Summary Of(ReadOnlySpan<byte> json)
        {
            var (apiVersion, kind, version, more, ns, name) = ("", "", "", "", "", "");
            if (json.IsEmpty) return new(apiVersion, kind, version, more, ns, name);
            var reader = new Utf8JsonReader(json);
            var inMetadata = false;
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.EndObject) inMetadata = false;
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                if (reader.CurrentDepth == 1 && reader.ValueTextEquals("metadata"u8))
                {
                    inMetadata = true;
                    continue;
                }
                var isApiVersion = reader.CurrentDepth == 1 && reader.ValueTextEquals("apiVersion"u8);
                var isKind = reader.CurrentDepth == 1 && reader.ValueTextEquals("kind"u8);
                var isVersion = inMetadata && reader.CurrentDepth == 2 && reader.ValueTextEquals("resourceVersion"u8);
                var isContinue = inMetadata && reader.CurrentDepth == 2 && reader.ValueTextEquals("continue"u8);
                var isNamespace = inMetadata && reader.CurrentDepth == 2 && reader.ValueTextEquals("namespace"u8);
                var isName = inMetadata && reader.CurrentDepth == 2 && reader.ValueTextEquals("name"u8);
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) reader.Skip();
                else if (isApiVersion) apiVersion = reader.GetString() ?? "";
                else if (isKind) kind = reader.GetString() ?? "";
                else if (isVersion) version = reader.GetString() ?? "";
                else if (isContinue) more = reader.GetString() ?? "";
                else if (isNamespace) ns = reader.GetString() ?? "";
                else if (isName) name = reader.GetString() ?? "";
            }
            return new(apiVersion, kind, version, more, ns, name);
        }
    }
}

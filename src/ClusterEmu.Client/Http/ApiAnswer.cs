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
    /// <exception cref="ObjectDecodingException">The line is no watch event.</exception>
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
                var decoded = call.Kind.Decode(value);
                var kind = type == "ADDED" ? WatchEventType.Added
                    : type == "MODIFIED" ? WatchEventType.Modified : WatchEventType.Deleted;
                return (new WatchEvent(call, kind, decoded, decoded.Metadata.ResourceVersion), null);
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
        var value = kind.Decode(body);
        return new(call, code, value, null, value.Metadata.ResourceVersion, null, null);
    }

    private static ApiReply ReadList(ApiCall call, int code, ReadOnlySpan<byte> body)
    {
        var items = new List<IKubeObject>();
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
                items.Add(call.Kind.Decode(body[start..(int)reader.BytesConsumed]));
            }
        }
        var summary = Summary.Of(body);
        var more = summary.Continue.Length == 0 ? null : summary.Continue;
        return new(call, code, null, items, summary.ResourceVersion, more, null);
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
    private readonly record struct Summary(string ApiVersion, string Kind, string ResourceVersion, string Continue)
    {
        public static Summary Of(ReadOnlySpan<byte> json)
        {
            var (apiVersion, kind, version, more) = ("", "", "", "");
            if (json.IsEmpty) return new(apiVersion, kind, version, more);
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
                reader.Read();
                if (isApiVersion) apiVersion = reader.GetString() ?? "";
                else if (isKind) kind = reader.GetString() ?? "";
                else if (isVersion) version = reader.GetString() ?? "";
                else if (isContinue) more = reader.GetString() ?? "";
                else reader.Skip();
            }
            return new(apiVersion, kind, version, more);
        }
    }
}

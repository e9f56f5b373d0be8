using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Turns request bodies in Kubernetes' protobuf encoding, which kubectl sends for many creates, into the JSON that they stand for.</summary>
/// <remarks>
/// A body is <c>k8s</c> and a zero byte, then an envelope: what the object is, and its bytes. Source: k8s.io/apimachinery
/// runtime/serializer/protobuf; the refusals are those of k8s.io/apiserver pkg/endpoints/handlers (transformDecodeError).
/// </remarks>
public static class ProtobufBodies
{
    public const string ContentType = "application/vnd.kubernetes.protobuf";

    /// <summary>The largest body that is read: 3 MiB, as for all bodies.</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>The JSON of the object, whatever kind it is of.</summary>
    /// <returns>An object with <c>kind</c> and <c>apiVersion</c>; fields that Go sends although nobody set them are left out.</returns>
    /// <exception cref="ObjectDecodingException">The body is malformed, or of a kind that this cluster does not know.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> body)
    {
        var (apiVersion, kind, raw) = Open(body);
        var typeMeta = $"runtime.TypeMeta{{APIVersion:\"{apiVersion}\", Kind:\"{kind}\"}}";
        if (kind.Length == 0) throw new ObjectDecodingException($"Object 'Kind' is missing in '{typeMeta}'");
        if (apiVersion.Length == 0) throw new ObjectDecodingException($"Object 'apiVersion' is missing in '{typeMeta}'");
        var message = MessageOf(apiVersion, kind) ?? throw new ObjectDecodingException(BodyDecoding.NotRegistered(apiVersion, kind));
        return Write(apiVersion, kind, ProtobufDecoding.Read(message, raw));
    }

    /// <summary>The JSON of an object that must be of a certain kind. A body that does not say its kind is taken to be of that one.</summary>
    /// <returns>What <see cref="BodyDecoding"/> decodes, or refuses if the body is of another kind.</returns>
    /// <exception cref="ObjectDecodingException">The body is malformed; the message is the whole answer, to be sent with code 400.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> body, KindInfo wanted)
    {
        string apiVersion, kind;
        byte[] raw;
        try
        {
            (apiVersion, kind, raw) = Open(body);
        }
        catch (ObjectDecodingException refused)
        {
            throw new ObjectDecodingException(BodyDecoding.Unrecognized(wanted, refused.Message, body));
        }
        if (apiVersion.Length == 0) apiVersion = wanted.ApiVersion;
        if (kind.Length == 0) kind = wanted.Kind;
        if (MessageOf(apiVersion, kind) is not { } message) return Write(apiVersion, kind, null);
        try
        {
            return Write(apiVersion, kind, ProtobufDecoding.Read(message, raw));
        }
        catch (ObjectDecodingException refused)
        {
            throw new ObjectDecodingException(BodyDecoding.CannotBeHandled(wanted, kind, BodyDecoding.SplitApiVersion(apiVersion).Version, refused.Message));
        }
    }

    /// <summary>What the envelope says, and what it holds.</summary>
    private static (string ApiVersion, string Kind, byte[] Raw) Open(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) throw new ObjectDecodingException("empty data");
        if (!body.StartsWith(Magic))
            throw new ObjectDecodingException($"provided data does not appear to be a protobuf message, expected prefix [{string.Join(' ', Magic.ToArray())}]");
        if (body.Length == Magic.Length) throw new ObjectDecodingException("empty body");
        if (body.Length > MaxBytes) throw new ObjectDecodingException($"the body has {body.Length} bytes, but at most {MaxBytes} are read; send a smaller object");
        var envelope = ProtobufDecoding.Read(ProtobufTable.Get("Unknown"), body[Magic.Length..]);
        var typeMeta = envelope[1] as ProtobufValues;
        return (typeMeta?[1] as string ?? "", typeMeta?[2] as string ?? "", envelope[2] as byte[] ?? []);
    }

    private static ProtobufMessage? MessageOf(string apiVersion, string kind) =>
        kind == "DeleteOptions" // Every API group has its own, all alike.
            ? ProtobufTable.Find(kind)
            : KindCatalog.ByKind(apiVersion, kind) is { } known ? ProtobufTable.Find(known.ClrType.Name) : null;

    private static byte[] Write(string apiVersion, string kind, ProtobufValues? values)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteString("kind", kind);
        writer.WriteString("apiVersion", apiVersion);
        if (values is not null) ProtobufJson.WriteMembers(writer, values);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}

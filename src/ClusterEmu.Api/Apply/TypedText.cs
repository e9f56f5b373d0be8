using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Values while they are worked on: as JSON.</summary>
internal static class TypedText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, Options)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static JsonElement Read(ReadOnlySpan<byte> json) => JsonElement.Parse(json);
}

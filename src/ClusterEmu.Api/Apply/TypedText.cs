using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Values while they are worked on: as JSON.</summary>
internal static class TypedText
{
    private const int MostKept = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    /// <summary>What is written, as bytes. The writer is not to be kept.</summary>
    public static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = s_buffer ?? new ArrayBufferWriter<byte>(2048);
        var writer = s_writer ?? new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        (s_buffer, s_writer) = (null, null); // Who writes within gets a pair of its own.
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        write(writer, value);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= MostKept) (s_buffer, s_writer) = (buffer, writer);
        return bytes;
    }

    /// <inheritdoc cref="Write{T}"/>
    public static byte[] Write(Action<Utf8JsonWriter> write) => Write(write, static (writer, write) => write(writer));

    public static JsonElement Read(ReadOnlySpan<byte> json) => JsonElement.Parse(json);
}

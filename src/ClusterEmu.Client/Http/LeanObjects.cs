using System.Buffers;
using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>Decodes objects without <c>metadata.managedFields</c>: no actor reads them, and they would take a third of an informer's memory.</summary>
/// <remarks>An update without them leaves them as they are on the server.</remarks>
internal static class LeanObjects
{
    /// <exception cref="ObjectDecodingException">As <see cref="KindInfo.Decode"/>.</exception>
    public static IKubeObject Decode(KindInfo kind, ReadOnlySpan<byte> json)
    {
        var name = json.IndexOf("\"managedFields\":["u8); // Within a text its quotes would be escaped.
        if (name <= 0) return kind.Decode(json);
        var start = name + "\"managedFields\":"u8.Length;
        var reader = new Utf8JsonReader(json[start..], isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        int end;
        try
        {
            reader.Read();
            reader.Skip();
            end = start + (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            return kind.Decode(json); // Which says what is wrong.
        }
        var before = json[..name].TrimEnd(" \t\r\n"u8).Length;
        var after = json.Length - json[end..].TrimStart(" \t\r\n"u8).Length;
        if (before > 0 && json[before - 1] == ',') name = before - 1;
        else if (after < json.Length && json[after] == ',') end = after + 1;
        var length = name + json.Length - end;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            json[..name].CopyTo(buffer);
            json[end..].CopyTo(buffer.AsSpan(name));
            return kind.Decode(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

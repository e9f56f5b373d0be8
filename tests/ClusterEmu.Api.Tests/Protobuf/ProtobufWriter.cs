using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>Makes protobuf bytes by hand: every method gives one field.</summary>
internal static class ProtobufWriter
{
    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    public static byte[] Tag(int number, int wire) => Varint((ulong)number << 3 | (uint)wire);

    public static byte[] Number(int number, long value) => [.. Tag(number, 0), .. Varint((ulong)value)];

    public static byte[] Text(int number, string value) => Bytes(number, Encoding.UTF8.GetBytes(value));

    public static byte[] Message(int number, params byte[][] fields) => Bytes(number, [.. fields.SelectMany(field => field)]);

    public static byte[] Bytes(int number, byte[] value) => [.. Tag(number, 2), .. Varint((ulong)value.Length), .. value];

    /// <summary>A whole body: magic, envelope, object.</summary>
    public static byte[] Body(string apiVersion, string kind, params byte[][] fields) =>
        [.. "k8s\0"u8, .. Message(1, Text(1, apiVersion), Text(2, kind)), .. Message(2, fields)];
}

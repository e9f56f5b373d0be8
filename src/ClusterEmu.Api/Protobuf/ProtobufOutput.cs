using System.Buffers.Binary;
using System.Text;

namespace ClusterEmu.Api;

/// <summary>Writes the fields of one message. Values that proto3 takes for granted (an empty text, 0, false) are left out.</summary>
internal sealed class ProtobufOutput
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public void Text(int number, string value)
    {
        if (value.Length > 0) Bytes(number, Encoding.UTF8.GetBytes(value));
    }

    public void Flag(int number, bool value) => Whole(number, value ? 1 : 0);

    public void Whole(int number, long value)
    {
        if (value == 0) return;
        Tag(number, WireType.Varint);
        Varint((ulong)value);
    }

    public void Number(int number, double value)
    {
        if (value == 0) return;
        Tag(number, WireType.Fixed64);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    /// <summary>A message within this one. It is written even if it has no fields: that it is there says something.</summary>
    public void Message(int number, Action<ProtobufOutput> fill)
    {
        var inner = new ProtobufOutput();
        fill(inner);
        Bytes(number, inner._bytes.GetBuffer().AsSpan(0, (int)inner._bytes.Length));
    }

    private void Bytes(int number, ReadOnlySpan<byte> value)
    {
        Tag(number, WireType.Length);
        Varint((ulong)value.Length);
        _bytes.Write(value);
    }

    private void Tag(int number, WireType wire) => Varint(((ulong)number << 3) | (uint)wire);

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}

using System.Buffers.Binary;
using System.Text;

namespace ClusterEmu.Network;

/// <summary>Writes frames: big-endian numbers, texts as a 16-bit length and UTF-8.</summary>
public sealed class WireWriter
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);
    public int Length => _length;

    public void Byte(byte value) => Take(1)[0] = value;

    public void UInt16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), checked((ushort)value));

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>A text of at most 65535 bytes; a longer one is cut at a character.</summary>
    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var length = Math.Min(bytes.Length, ushort.MaxValue);
        while (length < bytes.Length && length > 0 && (bytes[length] & 0xC0) == 0x80) length--;
        UInt16(length);
        Bytes(bytes.AsSpan(0, length));
    }

    public void Address(IpPort value)
    {
        Int64((long)value.Ip.High);
        Int64((long)value.Ip.Low);
        UInt16(value.Port);
    }

    public void Flow(Flow value)
    {
        Byte((byte)value.Protocol);
        Address(value.Source);
        Address(value.Destination);
    }

    /// <summary>Overwrites four bytes written before.</summary>
    public void PatchUInt32(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(at, 4), value);

    private Span<byte> Take(int count)
    {
        if (_length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        var span = _bytes.AsSpan(_length, count);
        _length += count;
        return span;
    }
}

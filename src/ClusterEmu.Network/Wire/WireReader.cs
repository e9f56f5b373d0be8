using System.Buffers.Binary;
using System.Text;

namespace ClusterEmu.Network;

/// <summary>A frame that cannot be read, or that must not be trusted. The message says which and why.</summary>
public sealed class WireException(string message) : Exception(message);

/// <summary>Reads what <see cref="WireWriter"/> writes.</summary>
public ref struct WireReader(ReadOnlySpan<byte> bytes, string frame)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _frame = frame;

    public int Position { get; private set; }
    public readonly int Left => _bytes.Length - Position;

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public ReadOnlySpan<byte> Bytes(int count) => Take(count);

    public string Text() => Encoding.UTF8.GetString(Take(UInt16()));

    public IpPort Address() => new(new Ip((ulong)Int64(), (ulong)Int64()), UInt16());

    public Flow Flow()
    {
        var protocol = Byte();
        if (protocol is not ((byte)IpProtocol.Tcp or (byte)IpProtocol.Udp or (byte)IpProtocol.Sctp))
            throw new WireException($"{_frame}: protocol number {protocol} is none of 6 (TCP), 17 (UDP), 132 (SCTP).");
        return new Flow((IpProtocol)protocol, Address(), Address());
    }

    /// <exception cref="WireException">Bytes are left over.</exception>
    public readonly void End()
    {
        if (Left > 0) throw new WireException($"{_frame}: {Left} bytes too many. Do all processes run the same version?");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left) throw new WireException($"{_frame}: ends after {_bytes.Length} bytes, {count - Left} too early.");
        var span = _bytes.Slice(Position, count);
        Position += count;
        return span;
    }
}

using System.Buffers.Binary;

namespace ClusterEmu.Network;

/// <summary>What follows a <see cref="FabricHeader"/>. The numbers reach the wire: append, never reorder or reuse.</summary>
public enum FrameKind : byte
{
    Verdict = 1,

    /// <summary>The payload of one datagram.</summary>
    Datagram = 2,

    /// <summary>ICMP port unreachable for the datagrams sent; the body is the reason as UTF-8.</summary>
    PortUnreachable = 3,
    PortStates = 4,
}

/// <summary>Frames after the header: kind (1 byte), length (4 bytes), body.</summary>
public static class FrameCodec
{
    public const int PrefixLength = 5;

    /// <summary>The longest body that is taken: 1 MiB.</summary>
    public const int MaxBodyLength = 1 << 20;

    public static byte[] Frame(FrameKind kind, ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBodyLength)
            throw new WireException($"Fabric frame {kind}: {body.Length} bytes, but at most {MaxBodyLength} are taken.");
        var frame = new byte[PrefixLength + body.Length];
        frame[0] = (byte)kind;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)body.Length);
        body.CopyTo(frame.AsSpan(PrefixLength));
        return frame;
    }

    /// <summary>Kind and length of the body that follows the first <see cref="PrefixLength"/> bytes.</summary>
    /// <exception cref="WireException">An unknown kind, or too long.</exception>
    public static (FrameKind Kind, int Length) ReadPrefix(ReadOnlySpan<byte> prefix)
    {
        var kind = (FrameKind)prefix[0];
        if (kind is < FrameKind.Verdict or > FrameKind.PortStates)
            throw new WireException($"Fabric frame: kind {prefix[0]} is unknown. Run one version of clusteremu everywhere.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > MaxBodyLength)
            throw new WireException($"Fabric frame {kind}: {length} bytes, but at most {MaxBodyLength} are taken.");
        return (kind, (int)length);
    }
}

/// <summary>One datagram of an emulated UDP socket. Its addresses are those of the header.</summary>
public static class DatagramFrame
{
    public static byte[] Write(ReadOnlySpan<byte> payload) => FrameCodec.Frame(FrameKind.Datagram, payload);
}

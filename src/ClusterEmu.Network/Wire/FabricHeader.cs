using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ClusterEmu.Network;

/// <summary>What the dialling process asks for. The numbers reach the wire: append, never reorder or reuse.</summary>
public enum FabricRequestKind : byte
{
    /// <summary>An emulated TCP connection. Answer: one <see cref="FabricVerdictFrame"/>; if connected, bare bytes follow both ways.</summary>
    OpenStream = 1,

    /// <summary>An emulated UDP socket. Answer: a <see cref="FabricVerdictFrame"/>; then <see cref="DatagramFrame"/>s both ways.</summary>
    OpenDatagrams = 2,

    /// <summary>A subscription to a node's port states. Answer: a <see cref="PortStatesFrame"/> now and at each change.</summary>
    WatchPorts = 3,
}

/// <summary>How the packet meets the target. Numbered as the data path's origins: never renumber.</summary>
public enum WireOrigin : byte
{
    /// <summary>From another node, inside the cluster.</summary>
    Wire = 3,

    /// <summary>From outside the cluster, through the cloud's edge.</summary>
    Outside = 4,
}

/// <summary>First frame of a real connection between two processes: what is wanted, sealed with the cluster's fabric key.</summary>
/// <param name="Kind">What is wanted.</param>
/// <param name="Target">Node whose data path takes it; empty for the edge's outside hosts.</param>
/// <param name="Origin">How the packet meets the target.</param>
/// <param name="Flow">Addresses as the target sees the first packet; default for <see cref="FabricRequestKind.WatchPorts"/>.</param>
/// <param name="Trace">Whether hops are wanted.</param>
/// <param name="Sender">Who sends, for traces: <c>pod/default/client</c>.</param>
/// <param name="Ttl">How many machines the packet may still pass, the target among them; 1 or more.</param>
/// <param name="IssuedAt">When the header was made, in milliseconds since 1970. Refused <see cref="MaxAgeMs"/> later.</param>
/// <param name="Nonce">A random number, so that no two headers are alike.</param>
public sealed record FabricHeader(
    FabricRequestKind Kind, string Target, WireOrigin Origin, Flow Flow, bool Trace, string Sender, byte Ttl, long IssuedAt, long Nonce)
{
    /// <summary>Raised whenever older processes could misread a frame.</summary>
    public const byte Version = 2;

    /// <summary>Magic, version and length: what must be read before the rest.</summary>
    public const int PrefixLength = 9;

    /// <summary>The longest header that is taken, seal included.</summary>
    public const int MaxLength = 4096;

    /// <summary>Two minutes: clocks of two machines may differ.</summary>
    public const long MaxAgeMs = 120_000;
    private const int SealLength = 32;

    private static ReadOnlySpan<byte> Magic => "CEFB"u8;

    /// <summary>The frame, sealed.</summary>
    public byte[] Write(ReadOnlySpan<byte> key)
    {
        var writer = new WireWriter();
        writer.Bytes(Magic);
        writer.Byte(Version);
        writer.UInt32(0);
        writer.Byte((byte)Kind);
        writer.Byte((byte)Origin);
        writer.Byte(Trace ? (byte)1 : (byte)0);
        writer.Byte(Ttl);
        writer.Int64(IssuedAt);
        writer.Int64(Nonce);
        writer.Text(Target);
        writer.Text(Sender);
        writer.Flow(Kind == FabricRequestKind.WatchPorts ? new Flow(IpProtocol.Tcp, new IpPort(Ip.Any, 0), new IpPort(Ip.Any, 0)) : Flow);
        writer.PatchUInt32(5, (uint)(writer.Length - PrefixLength + SealLength));
        if (writer.Length + SealLength > MaxLength)
            throw new WireException($"Fabric header: {writer.Length + SealLength} bytes, but at most {MaxLength} are taken. Shorten the sender's name.");
        var seal = HMACSHA256.HashData(key, writer.Written);
        writer.Bytes(seal);
        return writer.Written.ToArray();
    }

    /// <summary>How many bytes follow the first <see cref="PrefixLength"/>.</summary>
    /// <exception cref="WireException">No fabric header, another version, or too long.</exception>
    public static int LengthAfterPrefix(ReadOnlySpan<byte> prefix)
    {
        if (prefix.Length < PrefixLength || !prefix[..4].SequenceEqual(Magic))
            throw new WireException("Fabric header: the connection does not begin with CEFB. Only ClusterEmu processes may dial this port.");
        if (prefix[4] != Version)
            throw new WireException($"Fabric header: version {prefix[4]}, but this process speaks {Version}. Run one version of clusteremu everywhere.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[5..]);
        return length is >= SealLength and <= MaxLength - PrefixLength
            ? (int)length
            : throw new WireException($"Fabric header: {length} bytes, but {SealLength} to {MaxLength - PrefixLength} are taken.");
    }

    /// <summary>Reads a whole frame, prefix included, after checking seal and age.</summary>
    /// <param name="frame">The prefix and what follows it.</param>
    /// <param name="key">The cluster's fabric key.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <exception cref="WireException">The seal is wrong, the header is stale, or it cannot be read.</exception>
    public static FabricHeader Read(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> key, long now)
    {
        if (LengthAfterPrefix(frame) != frame.Length - PrefixLength)
            throw new WireException($"Fabric header: {frame.Length} bytes came, but it announces {LengthAfterPrefix(frame) + PrefixLength}.");
        var body = frame[..^SealLength];
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, body), frame[^SealLength..]))
            throw new WireException("Fabric header: the seal is wrong. Do both processes use the same fabric.key (pki directory)?");
        var reader = new WireReader(body[PrefixLength..], "Fabric header");
        var kind = (FabricRequestKind)reader.Byte();
        if (kind is not (FabricRequestKind.OpenStream or FabricRequestKind.OpenDatagrams or FabricRequestKind.WatchPorts))
            throw new WireException($"Fabric header: request kind {(byte)kind} is unknown. Run one version of clusteremu everywhere.");
        var origin = (WireOrigin)reader.Byte();
        if (origin is not (WireOrigin.Wire or WireOrigin.Outside))
            throw new WireException($"Fabric header: origin {(byte)origin} is unknown. Run one version of clusteremu everywhere.");
        var trace = reader.Byte() != 0;
        var ttl = reader.Byte();
        var issuedAt = reader.Int64();
        var nonce = reader.Int64();
        if (Math.Abs(now - issuedAt) > MaxAgeMs)
            throw new WireException($"Fabric header: made {now - issuedAt} ms ago, but at most {MaxAgeMs} ms are accepted. Set the machines' clocks.");
        var target = reader.Text();
        var sender = reader.Text();
        var flow = reader.Flow();
        reader.End();
        return new FabricHeader(kind, target, origin, flow, trace, sender, ttl, issuedAt, nonce);
    }
}

using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Reads headers and frames from a connection between processes.</summary>
internal static class FrameIo
{
    /// <exception cref="WireException">It is no header of this cluster.</exception>
    /// <exception cref="IOException">The connection ended or broke.</exception>
    public static async Task<FabricHeader> ReadHeaderAsync(Stream stream, byte[] key, CancellationToken cancellationToken)
    {
        var prefix = new byte[FabricHeader.PrefixLength];
        await stream.ReadExactlyAsync(prefix, cancellationToken).ConfigureAwait(false);
        var frame = new byte[prefix.Length + FabricHeader.LengthAfterPrefix(prefix)];
        prefix.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(prefix.Length), cancellationToken).ConfigureAwait(false);
        return FabricHeader.Read(frame, key, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    /// <summary>The next frame.</summary>
    /// <exception cref="WireException">It cannot be read.</exception>
    /// <exception cref="IOException">The connection ended (<see cref="EndOfStreamException"/>) or broke.</exception>
    public static async Task<(FrameKind Kind, byte[] Body)> ReadFrameAsync(Stream stream, CancellationToken cancellationToken)
    {
        var prefix = new byte[FrameCodec.PrefixLength];
        await stream.ReadExactlyAsync(prefix, cancellationToken).ConfigureAwait(false);
        var (kind, length) = FrameCodec.ReadPrefix(prefix);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        return (kind, body);
    }

    /// <summary>The next frame, which must be a verdict.</summary>
    public static async Task<FabricVerdictFrame> ReadVerdictAsync(Stream stream, CancellationToken cancellationToken)
    {
        var (kind, body) = await ReadFrameAsync(stream, cancellationToken).ConfigureAwait(false);
        return kind == FrameKind.Verdict
            ? FabricVerdictFrame.Read(body)
            : throw new WireException($"Fabric: a frame of kind {kind} came instead of a verdict. Run one version of clusteremu everywhere.");
    }
}

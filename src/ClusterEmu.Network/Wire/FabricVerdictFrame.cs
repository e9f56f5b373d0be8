namespace ClusterEmu.Network;

/// <summary>What became of a request. Numbered as the fabric's dial outcomes: never renumber.</summary>
public enum WireOutcome : byte
{
    Connected = 1,
    Refused = 2,

    /// <summary>The packet was dropped: the dialler waits until its own time is up.</summary>
    Dropped = 3,
    Reset = 4,
    Unreachable = 5,
}

/// <summary>The answer to a <see cref="FabricHeader"/> that opens a connection or a socket.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Server">Who takes it: address after all translation.</param>
/// <param name="ServerName">Who takes it: <c>pod/default/web-abc</c>; empty if nobody does.</param>
/// <param name="Reason">Why not, in a sentence; empty if connected.</param>
/// <param name="Hops">The steps on the answering side; times count from the arrival of the header.</param>
public sealed record FabricVerdictFrame(
    WireOutcome Outcome, IpPort Server, string ServerName, string Reason, IReadOnlyList<TraceHop> Hops)
{
    /// <summary>The whole frame (see <see cref="FrameCodec"/>).</summary>
    public byte[] Write()
    {
        var writer = new WireWriter();
        writer.Byte((byte)Outcome);
        writer.Address(Server);
        writer.Text(ServerName);
        writer.Text(Reason);
        writer.UInt16(Hops.Count);
        foreach (var hop in Hops)
        {
            writer.Text(hop.At);
            writer.Text(hop.What);
            writer.Text(hop.Detail);
            writer.Int64(hop.TableRevision ?? -1);
            writer.Int64(hop.AtMicroseconds);
        }
        return FrameCodec.Frame(FrameKind.Verdict, writer.Written);
    }

    /// <exception cref="WireException">The body cannot be read.</exception>
    public static FabricVerdictFrame Read(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body, "Fabric verdict");
        var outcome = (WireOutcome)reader.Byte();
        if (outcome is < WireOutcome.Connected or > WireOutcome.Unreachable)
            throw new WireException($"Fabric verdict: outcome {(byte)outcome} is unknown. Run one version of clusteremu everywhere.");
        var server = reader.Address();
        var name = reader.Text();
        var reason = reader.Text();
        var hops = new TraceHop[reader.UInt16()];
        for (var i = 0; i < hops.Length; i++)
        {
            var (at, what, detail, revision) = (reader.Text(), reader.Text(), reader.Text(), reader.Int64());
            hops[i] = new TraceHop(at, what, detail, revision < 0 ? null : revision, reader.Int64());
        }
        reader.End();
        return new FabricVerdictFrame(outcome, server, name, reason, hops);
    }
}

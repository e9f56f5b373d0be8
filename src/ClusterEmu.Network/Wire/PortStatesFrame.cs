namespace ClusterEmu.Network;

/// <summary>How a node answers the first packet to one of its ports. Numbered as the data path's actions: never renumber.</summary>
public enum WirePortAction : byte
{
    /// <summary>A Service translates it and sends it on.</summary>
    Forward = 1,

    /// <summary>A process of the node takes it.</summary>
    Deliver = 2,

    /// <summary>It is refused: the Service has no endpoints.</summary>
    Reject = 3,

    /// <summary>It vanishes: externalTrafficPolicy is Local and the node has no endpoint.</summary>
    Drop = 4,
}

/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Action">How the node answers.</param>
public readonly record struct WirePort(IpProtocol Protocol, int Port, WirePortAction Action);

/// <summary>All ports that a node answers for its own address, sorted by protocol and port. Whole, never a difference.</summary>
/// <param name="Node">The node.</param>
/// <param name="TableRevision">The table that says so.</param>
/// <param name="Alive">False if the node is off or cut off: everything is dropped.</param>
/// <param name="Ports">At most 65535 ports. One that is not listed is closed.</param>
public sealed record PortStatesFrame(string Node, long TableRevision, bool Alive, IReadOnlyList<WirePort> Ports)
{
    /// <summary>The whole frame.</summary>
    public byte[] Write()
    {
        var writer = new WireWriter();
        writer.Text(Node);
        writer.Int64(TableRevision);
        writer.Byte(Alive ? (byte)1 : (byte)0);
        writer.UInt16(Ports.Count);
        foreach (var port in Ports)
        {
            writer.Byte((byte)port.Protocol);
            writer.UInt16(port.Port);
            writer.Byte((byte)port.Action);
        }
        return FrameCodec.Frame(FrameKind.PortStates, writer.Written);
    }

    /// <exception cref="WireException">The body cannot be read.</exception>
    public static PortStatesFrame Read(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body, "Port states");
        var (node, revision, alive) = (reader.Text(), reader.Int64(), reader.Byte() != 0);
        var ports = new WirePort[reader.UInt16()];
        for (var i = 0; i < ports.Length; i++)
        {
            ports[i] = new WirePort((IpProtocol)reader.Byte(), reader.UInt16(), (WirePortAction)reader.Byte());
            if (ports[i].Action is < WirePortAction.Forward or > WirePortAction.Drop)
                throw new WireException($"Port states: action {(byte)ports[i].Action} is unknown. Run one version of clusteremu everywhere.");
        }
        reader.End();
        return new PortStatesFrame(node, revision, alive, ports);
    }
}

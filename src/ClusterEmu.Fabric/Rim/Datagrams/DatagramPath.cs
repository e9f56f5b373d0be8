using System.Net.Sockets;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Takes what comes back for the datagrams of one flow. Called from several threads.</summary>
internal interface IDatagramSink
{
    void Take(ReadOnlyMemory<byte> payload);

    /// <summary>ICMP came back: ConnectionRefused (port unreachable) or HostUnreachable.</summary>
    void Refuse(SocketError error, string reason);
}

/// <summary>The way of one flow's datagrams from here on. Every datagram is routed anew, as packets are; conntrack makes them agree.</summary>
internal sealed class DatagramPath(
    FlowRouter router, FabricConnector connector, string target, FlowOrigin origin, Flow flow, int ttl, string sender, HopLog hops, IDatagramSink sink)
    : IDatagramSink, IAsyncDisposable
{
    /// <summary>The largest payload of a UDP datagram over IPv4.</summary>
    public const int MaxPayload = 65507;

    private readonly PassedNodes _passed = new();
    private readonly Dictionary<RouteEnd.Elsewhere, RemoteDatagrams> _remotes = [];
    private readonly HopLog _untraced = new(false);
    private int _sent;
    private bool _disposed;

    /// <summary>Routes a datagram and hands it on. A lost datagram is no error.</summary>
    /// <exception cref="SocketException">MessageSize: the payload is longer than <see cref="MaxPayload"/>.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length > MaxPayload) throw new SocketException((int)SocketError.MessageSize);
        var log = Interlocked.Increment(ref _sent) == 1 ? hops : _untraced;
        var end = await router.RouteAsync(target, origin, flow, ttl, log, _passed, cancellationToken).ConfigureAwait(false);
        switch (end)
        {
            case RouteEnd.Delivered arrived:
                arrived.Listener.Receive(arrived.Flow, payload.ToArray(), Take);
                break;
            case RouteEnd.Elsewhere onward:
                Remote(onward, log)?.Send(payload);
                break;
            case RouteEnd.ControlPlane arrived:
                log.Add("control-plane", "reject", $"The control plane has no UDP port {arrived.Flow.Destination.Port}.");
                sink.Refuse(SocketError.ConnectionRefused, $"The control plane has no UDP port {arrived.Flow.Destination.Port}.");
                break;
            case RouteEnd.Failed { Outcome: DialOutcome.Refused } failed:
                sink.Refuse(SocketError.ConnectionRefused, failed.Reason);
                break;
            case RouteEnd.Failed { Outcome: DialOutcome.Unreachable } failed:
                sink.Refuse(SocketError.HostUnreachable, failed.Reason);
                break;
        }
    }

    /// <summary>What comes back passes the same nodes: it is lost if one is without power.</summary>
    public void Take(ReadOnlyMemory<byte> payload)
    {
        if (!_passed.IsCut) sink.Take(payload);
    }

    public void Refuse(SocketError error, string reason)
    {
        if (!_passed.IsCut) sink.Refuse(error, reason);
    }

    public async ValueTask DisposeAsync()
    {
        RemoteDatagrams[] remotes;
        lock (_remotes)
        {
            _disposed = true;
            remotes = [.. _remotes.Values];
            _remotes.Clear();
        }
        foreach (var remote in remotes) await remote.DisposeAsync().ConfigureAwait(false);
        _passed.Close();
    }

    /// <returns>Null if the socket was closed meanwhile: the datagram is lost.</returns>
    private RemoteDatagrams? Remote(RouteEnd.Elsewhere onward, HopLog log)
    {
        lock (_remotes)
        {
            if (_disposed) return null;
            if (_remotes.TryGetValue(onward, out var remote) && !remote.Broken) return remote;
            return _remotes[onward] = new RemoteDatagrams(connector, onward, sender, log, this);
        }
    }
}

using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Keeps one subscriber informed of a node's port states, wherever the node runs, until disposed.</summary>
internal sealed class PortStatesSubscription : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);
    private static readonly Flow NoFlow = new(IpProtocol.Tcp, new IpPort(Ip.Any, 0), new IpPort(Ip.Any, 0));
    private readonly CancellationTokenSource _stopping;
    private readonly string _node;
    private readonly IActorRef _subscriber;
    private readonly ActorSystem _system;
    private readonly FlowRouter _router;
    private readonly FabricConnector _connector;
    private readonly Func<FabricDirectory> _directory;

    public PortStatesSubscription(
        string node, IActorRef subscriber, ActorSystem system, FlowRouter router, FabricConnector connector,
        Func<FabricDirectory> directory, CancellationToken stopping)
    {
        (_node, _subscriber, _system, _router, _connector, _directory) = (node, subscriber, system, router, connector, directory);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var token = _stopping.Token;
        _ = Task.Run(() => RunAsync(token), CancellationToken.None);
    }

    public void Dispose()
    {
        // Once the token has fired, nothing is left to cancel, and the source may be gone.
        if (!_stopping.IsCancellationRequested) _stopping.Cancel();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var told = "";
        while (!cancellationToken.IsCancellationRequested)
        {
            string reason;
            var frames = 0;
            try
            {
                reason = await FollowAsync(() => frames++, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                reason = error.Message; // Whatever it is, the subscriber counts on hearing of the node again.
            }
            // While it stays lost for the same reason, once is enough.
            if (frames > 0 || told != reason) _subscriber.Tell(new PortStatesLost(_node, reason), ActorRefs.NoSender);
            told = reason;
            await Task.Delay(RetryDelay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        _stopping.Dispose(); // Or the process would keep it to its end.
    }

    /// <summary>Hands on frames while there are any; then says why they ended.</summary>
    private async Task<string> FollowAsync(Action told, CancellationToken cancellationToken)
    {
        if (_router.Find(_node) is { } dataPath)
        {
            var (feed, frames) = PortStatesFeed.Open(_system, dataPath);
            try
            {
                await foreach (var frame in frames.ReadAllAsync(cancellationToken).ConfigureAwait(false)) Tell(frame, told);
            }
            finally
            {
                _system.Stop(feed);
            }
            return $"The data path of node {_node} stopped.";
        }
        var directory = _directory();
        if (directory.FindNode(_node) is not { } node) return $"There is no node {_node}.";
        if (directory.FindPeer(node.Process) is not { Port: > 0 } peer) return $"The process of node {_node} has not registered.";
        var socket = await FabricConnector.ConnectAsync(peer.Host, peer.Port, cancellationToken).ConfigureAwait(false);
        await using var stream = new SocketEnd(socket);
        await stream.WriteAsync(_connector.Header(FabricRequestKind.WatchPorts, _node, WireOrigin.Outside, NoFlow, false, "edge", NextHop.Limit), cancellationToken)
            .ConfigureAwait(false);
        while (true)
        {
            var (kind, body) = await FrameIo.ReadFrameAsync(stream, cancellationToken).ConfigureAwait(false);
            if (kind != FrameKind.PortStates) throw new WireException($"Fabric: a frame of kind {kind} came instead of port states.");
            Tell(PortStatesFrame.Read(body), told);
        }
    }

    private void Tell(PortStatesFrame frame, Action told)
    {
        told();
        _subscriber.Tell(frame, ActorRefs.NoSender);
    }
}

using System.Threading.Channels;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Stands between a data path actor and code that awaits: hands on its port states, and says when it is gone.</summary>
internal sealed class PortStatesFeed : UntypedActor
{
    private const int QueueLength = 64;
    private readonly IActorRef _dataPath;
    private readonly ChannelWriter<PortStatesFrame> _frames;

    public PortStatesFeed(IActorRef dataPath, ChannelWriter<PortStatesFrame> frames) => (_dataPath, _frames) = (dataPath, frames);

    /// <summary>Feeds a new channel until the data path stops (the channel then ends) or the returned actor is stopped.</summary>
    public static (IActorRef Feed, ChannelReader<PortStatesFrame> Frames) Open(ActorSystem system, IActorRef dataPath)
    {
        // Each frame is whole: under pressure only the newest ones matter.
        var channel = Channel.CreateBounded<PortStatesFrame>(new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest });
        var writer = channel.Writer;
        return (system.ActorOf(Props.Create(() => new PortStatesFeed(dataPath, writer))), channel.Reader);
    }

    /// <summary>Sends a node's port states to another process until either side ends.</summary>
    public static async Task ServeAsync(
        string node, SocketEnd stream, ActorSystem system, FlowRouter router, CancellationToken cancellationToken)
    {
        if (router.Find(node) is not { } dataPath) return;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (feed, frames) = Open(system, dataPath);
        var watching = EndWithPeerAsync(stream, stopping);
        try
        {
            await foreach (var frame in frames.ReadAllAsync(stopping.Token).ConfigureAwait(false))
                await stream.WriteAsync(frame.Write(), stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            system.Stop(feed);
            await stream.DisposeAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    }

    protected override void PreStart()
    {
        Context.Watch(_dataPath);
        _dataPath.Tell(new WatchPortStates(Self));
    }

    protected override void PostStop() => _frames.TryComplete();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PortStatesFrame frame:
                _frames.TryWrite(frame);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static async Task EndWithPeerAsync(SocketEnd stream, CancellationTokenSource stopping)
    {
        try
        {
            while (await stream.ReadAsync(new byte[1]).ConfigureAwait(false) > 0) { } // The subscriber says nothing; its end is all we wait for.
        }
        catch (IOException error)
        {
            stream.Abort(error.Message);
        }
        await stopping.CancelAsync().ConfigureAwait(false);
    }
}

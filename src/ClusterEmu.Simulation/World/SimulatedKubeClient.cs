using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>The API as a process sees it over its link to the control plane: requests and answers take time, and the server may be away.</summary>
/// <param name="world">Where the link and the server are.</param>
/// <param name="process">Whose client it is: what arrives after its end is lost.</param>
/// <param name="user">In whose name it asks.</param>
internal sealed class SimulatedKubeClient(SimulatedWorld world, SimulatedProcess process, string user) : IKubeClient
{
    public void Send(ApiCall call, IActorRef replyTo) => Later(process.Name, Site, () =>
    {
        if (world.ControlPlane.Core is { } core) core.Handle(ApiCalls.RequestOf(call, user), new Reply(this, call, replyTo));
        else Later(Site, process.Name, () => Tell(replyTo, Away(call)));
    });

    public IWatch Watch(WatchCall call, IActorRef subscriber)
    {
        var watch = new LinkedWatch(this, call, subscriber);
        Later(process.Name, Site, watch.Open);
        return watch;
    }

    private static string Site => "control-plane";

    private static ApiReply Away(ApiCall call) => new(call, 0, null, null, null, null, null);

    private void Later(string from, string to, Action work)
    {
        if (world.Links.Travel(from, to) is { } travel) world.Executor.At(world.Executor.NowMicroseconds + travel, work);
    }

    private void Tell(IActorRef target, object message)
    {
        if (process.IsAlive) target.Tell(message, ActorRefs.NoSender);
    }

    private sealed class Reply(SimulatedKubeClient client, ApiCall call, IActorRef replyTo) : IApiReply
    {
        public void Complete(ApiResponse response)
        {
            var reply = ApiCalls.ReplyTo(call, response);
            client.Later(Site, client.Process.Name, () => client.Tell(replyTo, reply));
        }
    }

    private sealed class LinkedWatch(SimulatedKubeClient client, WatchCall call, IActorRef subscriber) : IWatch, IWatchSink
    {
        private OpenWatch? _open;
        private long _notBefore;
        private bool _closed;

        public bool IsFull => false;

        public void Open()
        {
            if (_closed) return;
            if (client.World.ControlPlane.Core is not { } core)
            {
                Close(0, "the API server is away");
                return;
            }
            _open = core.Watch(ApiCalls.RequestOf(call, client.User), new WatchOptions(Bookmarks: true), this);
        }

        public void Deliver(WatchDelivery delivery)
        {
            var message = ApiCalls.EventOf(call, delivery);
            InOrder(() => client.Tell(subscriber, message));
        }

        public void Close(int code, string message)
        {
            var closed = new WatchClosed(call, code, message);
            InOrder(() => client.Tell(subscriber, closed));
        }

        public void Dispose()
        {
            _closed = true;
            _open?.Dispose();
        }

        /// <summary>A stream: what was sent later arrives later.</summary>
        private void InOrder(Action work)
        {
            if (client.World.Links.Travel(Site, client.Process.Name) is not { } travel) return;
            _notBefore = Math.Max(_notBefore, client.World.Executor.NowMicroseconds + travel);
            client.World.Executor.At(_notBefore, work);
        }
    }

    private SimulatedWorld World => world;
    private string User => user;
    private SimulatedProcess Process => process;
}

using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>The API for the API server's own process, as <see cref="InProcessKubeClient"/>, with reports to <see cref="SimulatedWorld.Events"/>.</summary>
internal sealed class LocalKubeClient(SimulatedWorld world, ApiCore core, string user) : IKubeClient
{
    private const string Site = SimulatedKubeClient.Server;

    public void Send(ApiCall call, IActorRef replyTo)
    {
        var id = world.NextStream();
        if (world.Events.ApiAsked.IsHeard) world.Events.ApiAsked.Publish(new ApiAsked(id, Site, call));
        core.Handle(ApiCalls.RequestOf(call, user), new Reply(world, id, call, replyTo));
    }

    public IWatch Watch(WatchCall call, IActorRef subscriber)
    {
        var id = world.NextStream();
        if (world.Events.WatchOpened.IsHeard) world.Events.WatchOpened.Publish(new WatchOpened(id, Site, call));
        var sink = new Sink(world, id, call, subscriber);
        try
        {
            sink.Opened = core.Watch(ApiCalls.RequestOf(call, user), new WatchOptions(Bookmarks: true), sink);
        }
        catch (Exception refused) when (refused is ApiException or SelectorException)
        {
            sink.Close(400, refused.Message);
        }
        return sink;
    }

    private sealed class Reply(SimulatedWorld world, long id, ApiCall call, IActorRef replyTo) : IApiReply
    {
        public void Complete(ApiResponse response)
        {
            var reply = ApiCalls.ReplyTo(call, response);
            LinkedCall.Report(world, id, Site, reply);
            replyTo.Tell(reply, ActorRefs.NoSender);
        }
    }

    private sealed class Sink(SimulatedWorld world, long id, WatchCall call, IActorRef subscriber) : IWatchSink, IWatch
    {
        private bool _ended;

        public OpenWatch? Opened { get; set; }

        public bool IsFull => false;

        public void Deliver(WatchDelivery delivery)
        {
            var message = ApiCalls.EventOf(call, delivery);
            if (!_ended && world.Events.WatchDelivered.IsHeard) world.Events.WatchDelivered.Publish(new WatchDelivered(id, delivery.Revision, message));
            subscriber.Tell(message, ActorRefs.NoSender);
        }

        public void Close(int code, string message)
        {
            End(code);
            subscriber.Tell(new WatchClosed(call, code, message), ActorRefs.NoSender);
        }

        public void Dispose()
        {
            Opened?.Dispose();
            End(0);
        }

        private void End(int code)
        {
            if (_ended) return;
            _ended = true;
            if (world.Events.WatchEnded.IsHeard) world.Events.WatchEnded.Publish(new WatchEnded(id, code));
        }
    }
}

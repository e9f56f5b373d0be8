using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The API for code in the API server's own process: no HTTP, and no JSON for what is read.</summary>
/// <remarks>Everything completes by Tell. Decoded objects are shared by all who read them.</remarks>
/// <param name="core">The server.</param>
/// <param name="user">In whose name requests are made.</param>
public class InProcessKubeClient(ApiCore core, string user) : IKubeClient
{
    public void Send(ApiCall call, IActorRef replyTo) => core.Handle(ApiCalls.RequestOf(call, user), new TellReply(call, replyTo));

    public IWatch Watch(WatchCall call, IActorRef subscriber)
    {
        try
        {
            return core.Watch(ApiCalls.RequestOf(call, user), new WatchOptions(Bookmarks: true), new TellSink(call, subscriber));
        }
        catch (Exception refused) when (refused is ApiException or SelectorException)
        {
            subscriber.Tell(new WatchClosed(call, 400, refused.Message), ActorRefs.NoSender);
            return ClosedWatch.Instance;
        }
    }

    private protected void Handle(ApiCall call, IApiReply reply) => core.Handle(ApiCalls.RequestOf(call, user), reply);

    private sealed class TellReply(ApiCall call, IActorRef replyTo) : IApiReply
    {
        public void Complete(ApiResponse response) => replyTo.Tell(ApiCalls.ReplyTo(call, response), ActorRefs.NoSender);
    }

    private sealed class TellSink(WatchCall call, IActorRef subscriber) : IWatchSink
    {
        /// <summary>An actor's mailbox always has room.</summary>
        public bool IsFull => false;

        public void Deliver(WatchDelivery delivery) => subscriber.Tell(
            ApiCalls.EventOf(call, delivery), ActorRefs.NoSender);

        public void Close(int code, string message) => subscriber.Tell(new WatchClosed(call, code, message), ActorRefs.NoSender);
    }

    private sealed class ClosedWatch : IWatch
    {
        public static readonly ClosedWatch Instance = new();

        public void Dispose()
        {
            // It was closed before it was opened.
        }
    }
}

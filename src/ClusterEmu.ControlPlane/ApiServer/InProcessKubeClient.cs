using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The API for code in the API server's own process: no HTTP, and no JSON for what is read.</summary>
/// <remarks>Everything completes by Tell. Decoded objects are shared by all who read them.</remarks>
/// <param name="core">The server.</param>
/// <param name="user">In whose name requests are made.</param>
/// <param name="witness">Hears of all that is asked and told. Null: nobody does.</param>
public class InProcessKubeClient(ApiCore core, string user, IApiWitness? witness = null) : IKubeClient
{
    public void Send(ApiCall call, IActorRef replyTo) =>
        core.Handle(ApiCalls.RequestOf(call, user), new TellReply(core, call, replyTo, witness, witness?.Asked(call) ?? 0));

    public IWatch Watch(WatchCall call, IActorRef subscriber)
    {
        var sink = new TellSink(core, call, subscriber, witness, witness?.Opened(call) ?? 0);
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

    private protected KindInfo KindNow(KindInfo kind) => core.KindNow(kind);

    private protected void Handle(ApiCall call, IApiReply reply) => core.Handle(ApiCalls.RequestOf(call, user), reply);

    private sealed class TellReply(ApiCore core, ApiCall call, IActorRef replyTo, IApiWitness? witness, long id) : IApiReply
    {
        public void Complete(ApiResponse response)
        {
            var reply = ApiCalls.ReplyTo(call, response, core.KindNow(call.Kind));
            witness?.Answered(id, reply);
            replyTo.Tell(reply, ActorRefs.NoSender);
        }
    }

    /// <summary>Both ends of a watch: the server delivers to it, and the subscriber closes it.</summary>
    private sealed class TellSink(ApiCore core, WatchCall call, IActorRef subscriber, IApiWitness? witness, long id) : IWatchSink, IWatch
    {
        private int _ended;

        public OpenWatch? Opened { get; set; }

        /// <summary>An actor's mailbox always has room.</summary>
        public bool IsFull => false;

        public void Deliver(WatchDelivery delivery)
        {
            var message = ApiCalls.EventOf(call, delivery, core.KindNow(call.Kind));
            if (Volatile.Read(ref _ended) == 0) witness?.Delivered(id, delivery.Revision, message);
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
            if (Interlocked.Exchange(ref _ended, 1) == 0) witness?.Ended(id, code);
        }
    }
}

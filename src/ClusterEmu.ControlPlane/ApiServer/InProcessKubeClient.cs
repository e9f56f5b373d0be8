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
    public void Send(ApiCall call, IActorRef replyTo) => core.Handle(ToRequest(call), new TellReply(call, replyTo));

    public IWatch Watch(WatchCall call, IActorRef subscriber)
    {
        var request = new ApiRequest
        {
            Verb = ApiVerb.List,
            Kind = call.Kind,
            Namespace = call.Namespace ?? "",
            LabelSelector = call.LabelSelector,
            FieldSelector = call.FieldSelector,
            ResourceVersion = call.ResourceVersion,
            User = user,
        };
        try
        {
            return core.Watch(request, new WatchOptions(Bookmarks: true), new TellSink(call, subscriber));
        }
        catch (Exception refused) when (refused is ApiException or SelectorException)
        {
            subscriber.Tell(new WatchClosed(call, 400, refused.Message), ActorRefs.NoSender);
            return ClosedWatch.Instance;
        }
    }

    private protected void Handle(ApiCall call, IApiReply reply) => core.Handle(ToRequest(call), reply);

    private protected static ApiReply ToReply(ApiCall call, ApiResponse response)
    {
        if (response.Failed) return new ApiReply(call, response.Code, null, null, null, null, response.Status);
        if (response.List is { } list)
        {
            return new ApiReply(
                call, response.Code, null, new DecodedItems(list.Items), Revisions.Text(list.Revision), list.Continue.Length > 0 ? list.Continue : null, null);
        }
        var value = response.Object;
        return new ApiReply(call, response.Code, value, null, value?.Metadata.ResourceVersion, null, null);
    }

    private ApiRequest ToRequest(ApiCall call) => new()
    {
        Verb = call.Verb,
        Kind = call.Kind,
        Namespace = call.Namespace ?? "",
        Name = call.Name ?? "",
        Subresource = call.Subresource ?? "",
        Body = call.Body,
        Patch = call.Patch,
        PatchFormat = call.PatchFormat,
        LabelSelector = call.LabelSelector,
        FieldSelector = call.FieldSelector,
        ResourceVersion = call.ResourceVersion,
        Limit = call.Limit ?? 0,
        Continue = call.Continue,
        DeleteOptions = call.DeleteOptions ?? new DeleteOptions(),
        FieldValidation = FieldValidation.Ignore,
        User = user,
    };

    private sealed class TellReply(ApiCall call, IActorRef replyTo) : IApiReply
    {
        public void Complete(ApiResponse response) => replyTo.Tell(ToReply(call, response), ActorRefs.NoSender);
    }

    private sealed class TellSink(WatchCall call, IActorRef subscriber) : IWatchSink
    {
        /// <summary>An actor's mailbox always has room.</summary>
        public bool IsFull => false;

        public void Deliver(WatchDelivery delivery) => subscriber.Tell(
            new WatchEvent(call, delivery.Type, delivery.Object?.Decode(), Revisions.Text(delivery.Revision)), ActorRefs.NoSender);

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

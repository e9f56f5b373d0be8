using System.Threading.Channels;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Testing;

/// <summary>Follows some objects by a list and a watch, and hands them out after each change.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="system">Where the watch's events arrive.</param>
/// <param name="objects">Which objects: kind, namespace and selectors of a list.</param>
internal sealed class WatchedObjects(IAsyncKubeClient client, ActorSystem system, ApiCall objects)
{
    private readonly SortedDictionary<ObjectKey, IKubeObject> _known = [];

    /// <summary>The objects as they were last seen, by namespace and name.</summary>
    public IReadOnlyList<IKubeObject> Known => [.. _known.Values];

    /// <summary>Returns once <paramref name="satisfied"/> says so; it is asked at once and after each change.</summary>
    /// <exception cref="ClusterApiException">The list was refused.</exception>
    /// <exception cref="OperationCanceledException">The token fired first.</exception>
    public async Task UntilAsync(Func<IReadOnlyList<IKubeObject>, bool> satisfied, CancellationToken cancellationToken)
    {
        // Not bounded, as mailboxes are not: whoever waits reads on until the watch ends.
        var inbox = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var receiver = system.ActorOf(Props.Create(() => new Receiver(inbox.Writer)));
        try
        {
            while (true)
            {
                var revision = await ListAsync(cancellationToken).ConfigureAwait(false);
                if (satisfied(Known)) return;
                if (await FollowAsync(revision, receiver, inbox.Reader, satisfied, cancellationToken).ConfigureAwait(false)) return;
            }
        }
        finally
        {
            system.Stop(receiver);
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var reply = await client.SendAsync(objects, cancellationToken).ConfigureAwait(false);
        if (!reply.Ok || reply.Items is null) throw new ClusterApiException(reply);
        _known.Clear();
        foreach (var item in reply.Items) _known[ObjectKey.Of(item)] = item;
        return reply.ResourceVersion ?? "";
    }

    /// <summary>False if the watch ended: then list again.</summary>
    private async Task<bool> FollowAsync(
        string revision, IActorRef receiver, ChannelReader<object> inbox, Func<IReadOnlyList<IKubeObject>, bool> satisfied, CancellationToken cancellationToken)
    {
        var call = new WatchCall
        {
            Kind = objects.Kind,
            Namespace = objects.Namespace,
            ResourceVersion = revision,
            LabelSelector = objects.LabelSelector,
            FieldSelector = objects.FieldSelector,
        };
        using var watch = client.Watch(call, receiver);
        while (true)
        {
            switch (await inbox.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                case WatchClosed closed when ReferenceEquals(closed.Call, call):
                    return false;
                case WatchEvent { Object: { } changed } message when ReferenceEquals(message.Call, call):
                    if (message.Type == WatchEventType.Deleted) _known.Remove(ObjectKey.Of(changed));
                    else if (message.Type != WatchEventType.Bookmark) _known[ObjectKey.Of(changed)] = changed;
                    if (satisfied(Known)) return true;
                    break;
            }
        }
    }

    private sealed class Receiver : ReceiveActor
    {
        public Receiver(ChannelWriter<object> inbox)
        {
            Receive<WatchEvent>(message => { inbox.TryWrite(message); });
            Receive<WatchClosed>(message => { inbox.TryWrite(message); });
        }
    }
}

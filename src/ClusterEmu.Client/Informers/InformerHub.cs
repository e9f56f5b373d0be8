using ClusterEmu.Api;
using ClusterEmu.Hosting;

namespace ClusterEmu.Client;

/// <summary>Feeds all actors of a process from one list and one watch per kind. See <see cref="SubscribeInformer"/>.</summary>
/// <remarks>
/// A watch that breaks goes on from the last revision; one whose history is gone (410) is followed by a new list, and
/// subscribers hear of the differences. While the server is away it is tried again after 50 ms, doubled up to 2 s; the same
/// holds for watches that end as soon as they are opened, after the first 410. An object that cannot be decoded is logged once
/// per version; subscribers keep what they knew of it. <see cref="KindFeed"/> decides.
/// </remarks>
public sealed class InformerHub : ReceiveActor, IWithTimers, IHolder
{
    private const int ChunkSize = 500;
    private static readonly BackOff Retries = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));

    private readonly IKubeClient _client;
    private readonly Determinism _determinism;
    private readonly Dictionary<string, KindState> _kinds = new(StringComparer.Ordinal);

    public InformerHub(IKubeClient client)
    {
        _client = client;
        _determinism = Determinism.For(Context.System);
        Receive<SubscribeInformer>(message => { Subscribe(message); });
        Receive<ApiReply>(reply => { Listed(reply); });
        Receive<WatchEvent>(message => { Watched(message); });
        Receive<WatchClosed>(message => { Closed(message); });
        Receive<Retry>(message => { Resume(message.State); });
        Receive<Terminated>(message =>
        {
            foreach (var state in _kinds.Values) state.Subscribers.Remove(message.ActorRef);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public void ListHoldings(List<Holding> holdings)
    {
        foreach (var state in _kinds.Values) holdings.Add(Holding.OfObjects(state.Kind.Plural, state.Feed.Count, state.Kind.QualifiedPlural));
    }

    public static Props PropsFor(IKubeClient client) => Props.Create(() => new InformerHub(client));

    protected override void PostStop()
    {
        foreach (var state in _kinds.Values) state.Watch?.Dispose();
        base.PostStop();
    }

    private void Subscribe(SubscribeInformer message)
    {
        if (!_kinds.TryGetValue(message.Kind.QualifiedPlural, out var state))
        {
            _kinds[message.Kind.QualifiedPlural] = state = new KindState(message.Kind);
            StartList(state);
        }
        if (!state.Subscribers.Contains(message.Subscriber)) state.Subscribers.Add(message.Subscriber);
        Context.Watch(message.Subscriber);
        if (state.Feed.Synced) message.Subscriber.Tell(state.Feed.Snapshot);
    }

    private void StartList(KindState state)
    {
        state.Round++;
        state.Feed.BeginList();
        _client.Send(ApiCall.List(state.Kind, tag: new Token(state, state.Round)) with { Limit = ChunkSize, SkipUnreadable = true }, Self);
    }

    private void Listed(ApiReply reply)
    {
        if (reply.Call.Tag is not Token token || token.Round != token.State.Round) return;
        var state = token.State;
        if (!reply.Ok || reply.Items is null)
        {
            RetryLater(state);
            return;
        }
        try
        {
            state.Feed.AddChunk(reply.Items);
            foreach (var bad in reply.Unreadable)
            {
                state.Feed.AddUnreadable(bad.Key);
                LogOnce(state, bad);
            }
        }
        catch (Exception problem)
        {
            // Items may be decoded only now. A restart would forget who subscribed.
            if (state.Failures == 0) Context.GetLogger().Error(problem, "The list of {0} cannot be read, and is asked for again", state.Kind.QualifiedPlural);
            state.ListNext = true;
            RetryLater(state);
            return;
        }
        if (!string.IsNullOrEmpty(reply.Continue))
        {
            _client.Send(reply.Call with { Continue = reply.Continue }, Self);
            return;
        }
        var first = !state.Feed.Synced;
        var changes = state.Feed.EndList(reply.ResourceVersion ?? "");
        if (first)
        {
            var snapshot = state.Feed.Snapshot;
            foreach (var subscriber in state.Subscribers) subscriber.Tell(snapshot);
        }
        foreach (var change in changes) Publish(state, change);
        StartWatch(state);
    }

    private void StartWatch(KindState state)
    {
        state.Round++;
        var call = new WatchCall
        {
            Kind = state.Kind,
            ResourceVersion = state.Feed.ResourceVersion,
            Tag = new Token(state, state.Round),
        };
        state.WatchedSince = _determinism.Microseconds;
        state.Watch = _client.Watch(call, Self);
    }

    private void Watched(WatchEvent message)
    {
        if (message.Call.Tag is not Token token || token.Round != token.State.Round) return;
        token.State.Failures = 0;
        if (message.Unreadable is { } bad) LogOnce(token.State, bad);
        var change = token.State.Feed.Apply(message);
        if (change is not null) Publish(token.State, change);
    }

    private void Closed(WatchClosed message)
    {
        if (message.Call.Tag is not Token token || token.Round != token.State.Round) return;
        var state = token.State;
        state.Watch?.Dispose();
        state.Watch = null;
        state.Round++;
        // Only a broken connection leaves the history as it was; every other end is cured by a list.
        state.ListNext = message.Code is not (0 or 200);
        if (_determinism.Microseconds - state.WatchedSince >= Retries.Max.TotalMicroseconds) (state.Failures, state.Stale) = (0, 0);
        if (message.Code != 410) RetryLater(state);
        else if (state.Stale++ == 0) Resume(state);
        else Timers.StartSingleTimer(state.Kind.QualifiedPlural, new Retry(state), Retries.After(state.Stale - 2));
    }

    private static void LogOnce(KindState state, UnreadableObject bad)
    {
        if (state.Logged.TryGetValue(bad.Key, out var version) && version == bad.ResourceVersion) return;
        state.Logged[bad.Key] = bad.ResourceVersion;
        Context.GetLogger().Error("{0} {1} cannot be read at revision {2}, and is passed over until it changes: {3}",
            state.Kind.QualifiedPlural, bad.Key, bad.ResourceVersion, bad.Why);
    }

    private void RetryLater(KindState state)
    {
        state.ListNext |= !state.Feed.Synced;
        Timers.StartSingleTimer(state.Kind.QualifiedPlural, new Retry(state), Retries.After(state.Failures++));
    }

    private void Resume(KindState state)
    {
        var list = state.ListNext || !state.Feed.Synced;
        state.ListNext = false;
        if (list) StartList(state);
        else StartWatch(state);
    }

    private static void Publish(KindState state, InformerChanged change)
    {
        foreach (var subscriber in state.Subscribers) subscriber.Tell(change);
    }

    /// <summary>Names the round of a list or watch; answers of an earlier round are not for us.</summary>
    private sealed record Token(KindState State, int Round);

    private sealed record Retry(KindState State);

    private sealed class KindState(KindInfo kind)
    {
        public KindInfo Kind { get; } = kind;
        public KindFeed Feed { get; } = new(kind);
        public List<IActorRef> Subscribers { get; } = [];
        public IWatch? Watch { get; set; }
        public int Round { get; set; }
        public Dictionary<ObjectKey, string> Logged { get; } = [];

        /// <summary>When the present watch was opened, in microseconds.</summary>
        public long WatchedSince { get; set; }

        /// <summary>Failures of any kind but 410, in a row; a watch that brings something, or stays for a while, ends the row.</summary>
        public int Failures { get; set; }

        /// <summary>Watches in a row that soon ended with 410.</summary>
        public int Stale { get; set; }
        public bool ListNext { get; set; }
    }
}

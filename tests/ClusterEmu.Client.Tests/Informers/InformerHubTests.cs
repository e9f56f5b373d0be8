using System.Diagnostics;
using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class InformerHubTests
{
    private readonly FakeKubeClient _client = new();

    [Fact]
    public async Task ASubscriberHearsOfWhatThereIsAndThenOfEachChange()
    {
        await using var system = new LiveSystem();
        _client.Put(Some.Map("a"));
        var inbox = Subscribe(system, Hub(system));
        await LiveSystem.Until(() => inbox.Messages.Count == 1, "the first list");
        var made = _client.Put(Some.Map("b"));
        _client.Put(Some.Map("b", "x=y"));
        _client.Remove(made);
        await LiveSystem.Until(() => inbox.Messages.Count == 4, "three changes");
        Assert.Equal("a", Assert.Single(inbox.Of<InformerSynced>()).Items.Single().Metadata.Name);
        var changes = inbox.Of<InformerChanged>();
        Assert.Equal([WatchEventType.Added, WatchEventType.Modified, WatchEventType.Deleted], changes.Select(change => change.Type));
        Assert.Equal([null, "b", "b"], changes.Select(change => change.Previous?.Metadata.Name));
    }

    [Fact]
    public async Task SubscribersShareOneListAndLateOnesGetTheCache()
    {
        await using var system = new LiveSystem();
        for (var i = 0; i < 1203; i++) _client.Put(Some.Map($"m{i}")); // Three chunks.
        var hub = Hub(system);
        var early = Subscribe(system, hub);
        await LiveSystem.Until(() => early.Messages.Count == 1, "the first list");
        var late = Subscribe(system, hub);
        await LiveSystem.Until(() => late.Messages.Count == 1, "the cache");
        Assert.Equal(1203, late.Of<InformerSynced>().Single().Items.Count);
        Assert.Same(early.Of<InformerSynced>().Single().Items[7], late.Of<InformerSynced>().Single().Items[7]);
        Assert.Equal(1, _client.Lists);
    }

    [Theory] // code of the end, whether a new list follows
    [InlineData(0, 1)]
    [InlineData(410, 2)]
    public async Task AfterALostWatchNothingIsMissed(int code, int lists)
    {
        await using var system = new LiveSystem();
        var (kept, gone) = (_client.Put(Some.Map("kept")), _client.Put(Some.Map("gone")));
        var inbox = Subscribe(system, Hub(system));
        await LiveSystem.Until(() => inbox.Messages.Count == 1, "the first list");
        await Task.Yield();
        var away = true;
        _client.Refuse(call => away && call.Verb == ApiVerb.List ? -1 : 0);
        _client.BreakWatches(code); // With 410 the changes below are in the gap.
        _client.Remove(gone);
        _client.Put(kept with { Data = Some.Labels("k=v") });
        _client.Put(Some.Map("new"));
        if (code == 410) _client.BreakWatches(410);
        away = false;
        await LiveSystem.Until(() => inbox.Of<InformerChanged>().Count == 3, "three changes");
        Assert.Equal(["Added new", "Deleted gone", "Modified kept"],
            inbox.Of<InformerChanged>().Select(change => $"{change.Type} {change.Object.Metadata.Name}").Order());
        Assert.Single(inbox.Of<InformerSynced>());
        Assert.True(_client.Lists >= lists);
    }

    [Fact]
    public async Task AListThatCannotBeRead_IsAskedForAgain_AndNoSubscriberIsForgotten()
    {
        await using var system = new LiveSystem();
        var client = new BrokenOnce();
        var inbox = Subscribe(system, system.System.ActorOf(InformerHub.PropsFor(client), "informers"));
        await LiveSystem.Until(() => inbox.Messages.Count == 1, "the first list");
        Assert.Equal(["a", "b"], inbox.Of<InformerSynced>().Single().Items.Select(item => item.Metadata.Name));
        Assert.Equal(2, client.Lists);
    }

    [Theory] // How each watch ends as soon as it is opened; the lists that are asked for, of which pauses of 50, 100, 200 and 400 ms lie between four.
    [InlineData(410, 6)]
    [InlineData(500, 5)]
    public async Task WatchesThatEndAtOnce_AreOpenedMoreAndMoreSlowly(int code, int lists)
    {
        await using var system = new LiveSystem();
        var client = new Scripted { EndWith = code };
        var began = Stopwatch.GetTimestamp();
        Subscribe(system, system.System.ActorOf(InformerHub.PropsFor(client), "informers"));
        await LiveSystem.Until(() => client.Lists >= lists, $"{lists} lists");
        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(740));
    }

    [Fact]
    public async Task AnObjectThatCannotBeRead_IsToldOfOnce_AndDoesNotStopTheOthers()
    {
        await using var system = new LiveSystem();
        var client = new Scripted { EndWith = 0 };
        var errors = system.NewInbox();
        system.System.EventStream.Subscribe(errors.Ref, typeof(LogError));
        var inbox = Subscribe(system, system.System.ActorOf(InformerHub.PropsFor(client), "informers"));
        await LiveSystem.Until(() => inbox.Messages.Count == 1, "the first list");
        await LiveSystem.Until(() => client.Watches >= 3, "three watches, each with the same event");
        Assert.Equal(["a"], inbox.Of<InformerSynced>().Single().Items.Select(item => item.Metadata.Name));
        Assert.Contains("default/bad", Assert.Single(errors.Messages).ToString());
    }

    [Fact]
    public async Task AKindThatNobodyFollowsAnyMore_IsForgotten()
    {
        await using var system = new LiveSystem();
        var hub = Hub(system);
        var (one, other) = (Subscribe(system, hub), Subscribe(system, hub));
        await LiveSystem.Until(() => one.Messages.Count == 1 && other.Messages.Count == 1, "the first list");
        hub.Tell(new UnsubscribeInformer(Kinds.ConfigMap, one.Ref));
        _client.Put(Some.Map("a"));
        await LiveSystem.Until(() => other.Messages.Count == 2, "a change");
        Assert.Single(one.Messages);
        hub.Tell(new UnsubscribeInformer(Kinds.ConfigMap, other.Ref));
        var late = Subscribe(system, hub);
        await LiveSystem.Until(() => late.Messages.Count == 1, "a list of its own");
        Assert.Equal(2, _client.Lists);
    }

    private IActorRef Hub(LiveSystem system) => system.System.ActorOf(InformerHub.PropsFor(_client), "informers");

    private static LiveSystem.Inbox Subscribe(LiveSystem system, IActorRef hub)
    {
        var inbox = system.NewInbox();
        hub.Tell(new SubscribeInformer(Kinds.ConfigMap, inbox.Ref));
        return inbox;
    }

    /// <summary>A server with an object that can be read and one that cannot; its watches bring news of the latter, or nothing, and end.</summary>
    private sealed class Scripted : IKubeClient
    {
        private static readonly UnreadableObject Bad = new(new ObjectKey("default", "bad"), "6", "It is broken, as it was meant to be.");
        private int _lists;
        private int _watches;

        public required int EndWith { get; init; }
        public int Lists => Volatile.Read(ref _lists);
        public int Watches => Volatile.Read(ref _watches);

        public void Send(ApiCall call, IActorRef replyTo)
        {
            Interlocked.Increment(ref _lists);
            replyTo.Tell(new ApiReply(call, 200, null, [Some.Map("a")], "7", null, null) { Unreadable = [Bad] });
        }

        public IWatch Watch(WatchCall call, IActorRef subscriber)
        {
            Interlocked.Increment(ref _watches);
            if (EndWith == 0) subscriber.Tell(new WatchEvent(call, WatchEventType.Modified, null, "8") { Unreadable = Bad });
            subscriber.Tell(new WatchClosed(call, EndWith, "It ends, as it was meant to."));
            return new NoWatch();
        }
    }

    private sealed class NoWatch : IWatch
    {
        public void Dispose()
        {
        }
    }

    /// <summary>A server whose first list fails while it is read, after one item: as items that are decoded late do.</summary>
    private sealed class BrokenOnce : IKubeClient
    {
        public int Lists { get; private set; }

        public void Send(ApiCall call, IActorRef replyTo)
        {
            var items = new LateItems(++Lists > 1);
            replyTo.Tell(new ApiReply(call, 200, null, items, "7", null, null));
        }

        public IWatch Watch(WatchCall call, IActorRef subscriber) => new NoWatch();

        private sealed class LateItems(bool whole) : IReadOnlyList<IKubeObject>
        {
            public int Count => 2;
            public IKubeObject this[int index] => index == 0 ? Some.Map("a") : whole ? Some.Map("b") : throw new ObjectDecodingException("It is broken, as it was meant to be.");

            public IEnumerator<IKubeObject> GetEnumerator()
            {
                for (var i = 0; i < Count; i++) yield return this[i];
            }

            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }
}

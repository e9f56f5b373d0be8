using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class WatchHubTests
{
    [Fact]
    public void AWatchWithoutRevision_StartsWithWhatThereIs()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        store.Put("b");
        store.Put("a");
        store.Put("b", "2");
        var (_, sink) = store.Watch(request => request with { EndInitialEvents = true });
        store.Delete("a");
        Assert.Equal(["ADDED a@3", "ADDED b@4", "BOOKMARK -@4 end", "DELETED a@5"], sink.Take(4));
    }

    [Fact]
    public void AWatchFromARevision_SeesEachLaterChangeOnce_InOrder()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        store.Put("a");
        store.Put("a", "2");
        store.Put("b", ns: "other");
        var (_, all) = store.Watch(request => request with { After = 2 });
        var (_, one) = store.Watch(request => request with { After = 1, Filter = request.Filter with { Namespace = "default", Name = "a" } });
        var (_, other) = store.Watch(request => request with { After = 1, Filter = request.Filter with { Namespace = "other" } });
        store.Delete("a");
        store.Put("a");
        Assert.Equal(["MODIFIED a@3", "ADDED b@4", "DELETED a@5", "ADDED a@6"], all.Take(4));
        Assert.Equal(["ADDED a@2", "MODIFIED a@3", "DELETED a@5", "ADDED a@6"], one.Take(4));
        Assert.Equal(["ADDED b@4"], other.Take(1));
        Assert.True(other.IsEmpty);
    }

    [Fact]
    public void AnObjectThatLeavesTheSelector_IsDeletedForIt_AndComesBackAsAdded()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        var (_, sink) = store.Watch(request => request with
        {
            After = 1,
            Filter = request.Filter with { Predicate = item => item.Fields.Labels.GetValueOrDefault("l") == "x" },
        });
        store.Put("a", "1");
        store.Put("a", "2", label: "x");
        store.Put("a", "3", label: "y");
        store.Put("a", "4", label: "y");
        store.Put("a", "5", label: "x");
        store.Delete("a");
        Assert.Equal(["ADDED a@3", "DELETED a@4", "ADDED a@6", "DELETED a@7"], sink.Take(4));
    }

    [Fact]
    public async Task AWatchThatCatchesUp_HearsOfItsOwnKindOnly()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        await store.Write(transaction => transaction.Put(Kinds.Pod, new Pod { Metadata = new ObjectMeta { Name = "p", Namespace = "default" } }));
        await store.Write(transaction => transaction.Put(Kinds.Lease, new Lease { Metadata = new ObjectMeta { Name = "l", Namespace = "default" } }));
        await store.Write(transaction => transaction.Put(Kinds.Pod, new Pod { Metadata = new ObjectMeta { Name = "q", Namespace = "default" } }));
        var (_, sink) = store.Watch(request => request with { After = 1, Filter = new WatchFilter { Kind = Kinds.Pod } });
        Assert.Equal(["ADDED p@2", "ADDED q@4"], sink.Take(2));
    }

    [Fact]
    public async Task AWatchByNode_HearsOfPodsThatComeAndGo()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        var (_, sink) = store.Watch(request => request with { After = 1, Filter = new WatchFilter { Kind = Kinds.Pod, NodeName = "node-1" } });
        Pod Named(string node) => new() { Metadata = new ObjectMeta { Name = "p", Namespace = "default" }, Spec = new PodSpec { NodeName = node } };
        foreach (var node in (string[])["", "node-1", "node-2", "node-1"]) await store.Write(transaction => transaction.Put(Kinds.Pod, Named(node)));
        Assert.Equal(["ADDED p@3", "DELETED p@4", "ADDED p@5"], sink.Take(3));
    }

    [Fact]
    public void AFullSink_BecomesACursor_AndMissesNothing()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        var slow = new RecordingSink(room: 2);
        var (id, _) = store.Watch(request => request with { After = 1 }, slow);
        var (_, quick) = store.Watch(request => request with { After = 1 });
        for (var i = 0; i < 8; i++) store.Put("m" + i);
        Assert.Equal(8, quick.Take(8).Count);
        Assert.Equal(["ADDED m0@2", "ADDED m1@3"], slow.Take(2));
        slow.MakeRoom(3);
        store.Hub.Tell(new WatchHub.Command.Resume(id), ActorRefs.NoSender);
        Assert.Equal(["ADDED m2@4", "ADDED m3@5", "ADDED m4@6"], slow.Take(3));
        slow.MakeRoom(100);
        store.Hub.Tell(new WatchHub.Command.Resume(id), ActorRefs.NoSender);
        Assert.Equal(["ADDED m5@7", "ADDED m6@8", "ADDED m7@9"], slow.Take(3));
        store.Put("last");
        Assert.Equal(["ADDED last@10"], slow.Take(1));
    }

    [Fact]
    public void AFullSinkThatFallsOffTheLog_IsClosedWith410()
    {
        using var store = new StoreFixture(new InMemoryJournal(), options => options with { WindowBytes = 2000 }).Recovered();
        var slow = new RecordingSink(room: 1);
        store.Watch(request => request with { After = 1 }, slow);
        for (var i = 0; i < 20; i++) store.Put("m" + i);
        Assert.Equal(["ADDED m0@2", "CLOSED 410"], slow.Take(2));
    }

    [Fact]
    public void AFilterThatFails_EndsItsOwnWatchOnly()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        var (_, broken) = store.Watch(request => request with
        {
            After = 1,
            Filter = request.Filter with { Predicate = _ => throw new InvalidOperationException("broken") },
        });
        var (_, sound) = store.Watch(request => request with { After = 1 });
        store.Put("a");
        store.Put("b");
        Assert.Equal(["ADDED a@2", "ADDED b@3"], sound.Take(2));
        Assert.Equal(["CLOSED 500"], broken.Take(1));
        Assert.True(broken.IsEmpty);
    }

    [Fact]
    public void AClosedWatch_HearsNothingMore()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        var (id, gone) = store.Watch(request => request with { After = 1 });
        var (_, stays) = store.Watch(request => request with { After = 1 });
        store.Put("a");
        Assert.Equal(["ADDED a@2"], gone.Take(1));
        store.Hub.Tell(new WatchHub.Command.Close(id), ActorRefs.NoSender);
        store.Put("b");
        Assert.Equal(["ADDED a@2", "ADDED b@3"], stays.Take(2));
        Assert.True(gone.IsEmpty);
    }

    [Fact]
    public void Time_BringsABookmark_AndTheEnd()
    {
        using var store = new StoreFixture(new InMemoryJournal(), options => options with { Tick = TimeSpan.FromMilliseconds(20) }).Recovered();
        var (_, sink) = store.Watch(request => request with { After = 1, Bookmarks = true, Timeout = TimeSpan.FromMilliseconds(300) });
        store.Put("a");
        Assert.Equal(["ADDED a@2", "BOOKMARK -@2", "CLOSED 0"], sink.Take(3));
    }
}

using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class StoreWriterTests
{
    [Fact]
    public async Task AnAnswer_ComesAfterTheJournalHasIt_AndReadersSeeItThen()
    {
        var journal = new HeldJournal();
        using var store = new StoreFixture(journal).Recovered();
        var first = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("a")));
        await journal.Appended(1);
        Assert.False(first.IsCompleted);
        Assert.Null(store.Reader.Current.Find(Kinds.ConfigMap, "default", "a"));

        journal.Release();
        var stored = (StoredObject)await first;
        Assert.Same(stored, store.Reader.Current.Find(Kinds.ConfigMap, "default", "a"));
        Assert.Equal("2", stored.Decode().Metadata.ResourceVersion);
        Assert.Equal(2, store.Reader.Current.Revision);
    }

    [Fact]
    public async Task WritesThatComeMeanwhile_ShareOneBatch_AndSeeEachOther()
    {
        var journal = new HeldJournal();
        using var store = new StoreFixture(journal).Recovered();
        var first = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("a")));
        await journal.Appended(1);
        var others = Enumerable.Range(0, 50)
            .Select(i => store.Write(transaction =>
            {
                var before = transaction.Objects.Count(Kinds.ConfigMap);
                transaction.Put(Kinds.ConfigMap, StoreFixture.Map("b" + i));
                return before;
            }))
            .ToList();
        var read = store.Write(transaction => transaction.Objects.Count(Kinds.ConfigMap)); // Changes nothing, rests on what is not durable.
        journal.Release();
        await first;
        await journal.Appended(2);
        journal.Release();
        Assert.Equal(Enumerable.Range(1, 50), (await Task.WhenAll(others)).Cast<int>());
        Assert.Equal(51, await read);
        Assert.Equal(50, journal.Batches[1].Entries.Count);
    }

    [Fact]
    public async Task AWriteThatThrows_ChangesNothing()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Write(transaction =>
        {
            transaction.Put(Kinds.ConfigMap, StoreFixture.Map("a"));
            throw new InvalidOperationException("no");
        }));
        Assert.Equal(0, await store.Write(transaction => transaction.Objects.Count(Kinds.ConfigMap)));
        Assert.Equal(2, store.Put("b").Revision);
    }

    [Fact]
    public async Task ABatchThatTheJournalRefuses_DidNotHappen_AndLaterWritesDo()
    {
        var journal = new HeldJournal();
        using var store = new StoreFixture(journal).Recovered();
        var first = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("a")));
        await journal.Appended(1);
        var second = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("b")));
        journal.Refuse("disk full");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => first);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => second);

        var third = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("c")));
        await journal.Appended(2);
        journal.Release();
        Assert.Equal(2, ((StoredObject)await third).Revision);
        Assert.Equal(["c"], store.Reader.Current.List(Kinds.ConfigMap).Select(item => item.Name));
    }

    [Theory] // whether the change that the refusal rests on becomes durable
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARefusalThatRestsOnWhatIsNotDurableYet_WaitsForIt(bool durable)
    {
        var journal = new HeldJournal();
        using var store = new StoreFixture(journal).Recovered();
        var first = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("a")));
        await journal.Appended(1);
        var second = store.Write(transaction => transaction.Objects.Count(Kinds.ConfigMap) == 0 ? 0 : throw new InvalidOperationException("exists"));
        var third = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("b"))); // Behind the second: the writer has seen both.
        Assert.False(second.IsCompleted);
        if (durable)
        {
            journal.Release();
            await first;
            await journal.Appended(2);
            journal.Release();
            await third;
            await Assert.ThrowsAsync<InvalidOperationException>(() => second);
            return;
        }
        journal.Refuse("disk full");
        foreach (var write in new[] { first, second, third }) await Assert.ThrowsAsync<StoreUnavailableException>(() => write);
    }

    [Fact]
    public async Task WritesThatChangeNothing_AreBoundedToo_WhileTheyWait()
    {
        var journal = new HeldJournal();
        using var store = new StoreFixture(journal, options => options with { MaxPending = 2 }).Recovered();
        var first = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("a")));
        await journal.Appended(1);
        var waiting = Enumerable.Range(0, 2).Select(_ => store.Write(_ => 0)).ToList();
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Write(_ => 0));
        Assert.True(refused.Overloaded);
        journal.Release();
        await first;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public void ARestart_BringsBackObjectsRevisionAndHistory()
    {
        var journal = new InMemoryJournal();
        byte[] json;
        using (var store = new StoreFixture(journal).Recovered())
        {
            store.Put("a", "1");
            json = store.Put("a", "2").Json;
            store.Put("b");
            Assert.Equal(5, store.Delete("b").Revision);
        }
        using (var store = new StoreFixture(journal))
        {
            Assert.Equal(5, store.Owner.Take<StoreRecovered>().Revision);
            Assert.Equal(json, store.Reader.Current.Find(Kinds.ConfigMap, "default", "a")!.Json);
            Assert.Equal(1, store.Reader.Current.Count(Kinds.ConfigMap));
            var (_, sink) = store.Watch(request => request with { After = 2 });
            Assert.Equal(["MODIFIED a@3", "ADDED b@4", "DELETED b@5"], sink.Take(3));
            Assert.Equal(6, store.Put("c").Revision);
        }
    }

    [Fact]
    public async Task ACompactedJournal_GivesTheSameObjectsAndRevision_ButNoOldHistory()
    {
        var journal = new InMemoryJournal();
        using (var store = new StoreFixture(journal, options => options with { WindowBytes = 1 }).Recovered())
        {
            store.Put("a", "1");
            store.Put("a", "2");
            store.Put("b");
            store.Delete("b");
            var (_, sink) = store.Watch(request => request with { After = 3 });
            Assert.Equal(["CLOSED 410"], sink.Take(1));
            await store.Write(_ => 0); // Behind the hub's order to forget.
        }
        using (var store = new StoreFixture(journal))
        {
            Assert.Equal(5, store.Owner.Take<StoreRecovered>().Revision);
            Assert.Equal(["a"], store.Reader.Current.List(Kinds.ConfigMap).Select(item => item.Name));
            var (_, sink) = store.Watch(request => request with { After = 4 });
            Assert.Equal(["CLOSED 410"], sink.Take(1));
            var (_, recent) = store.Watch(request => request with { After = 5 });
            store.Put("c");
            Assert.Equal(["ADDED c@6"], recent.Take(1));
        }
    }

    [Fact]
    public void AnUnknownResourceInTheJournal_StopsTheStore_WithWhatToDo()
    {
        var journal = new InMemoryJournal();
        journal.Append(new JournalBatch([new JournalEntry(2, StoreEventType.Created, "gadgets.example.com", "{}"u8.ToArray())]), ActorRefs.Nobody);
        using var store = new StoreFixture(journal);
        var message = store.Owner.Take<StoreBroken>().Message;
        Assert.Contains("gadgets.example.com", message, StringComparison.Ordinal);
        Assert.Contains("state directory", message, StringComparison.Ordinal);
    }
}

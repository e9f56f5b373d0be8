using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What becomes of writes and watches when an actor of the store fails and is started again.</summary>
public sealed class StoreRestartTests
{
    [Fact]
    public async Task AWriterThatFails_AnswersEveryWriteOnItsWay_AndGoesOnFromTheJournal()
    {
        var journal = new HeldJournal();
        using var store = new StoreFixture(journal).Recovered();
        store.Writer.Tell(new BadWrite(), ActorRefs.NoSender);
        await journal.Appended(1);
        var second = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("b")));
        journal.Release();
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => second);
        Assert.Contains("Read the object", failure.Message, StringComparison.Ordinal);

        // The first was durable before its answer failed. The second was not yet in the journal.
        Assert.Equal(2, store.Owner.Take<StoreRecovered>().Revision);
        var third = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("c")));
        await journal.Appended(2);
        journal.Release();
        Assert.Equal(3, ((StoredObject)await third).Revision);
        Assert.Equal(["a", "c"], store.Reader.Current.List(Kinds.ConfigMap).Select(item => item.Name));
    }

    [Fact]
    public void AWriterThatFails_EndsWatches_WhichGoOnWhereTheyWere()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        var (_, sink) = store.Watch(request => request with { After = 1 });
        store.Writer.Tell(new BadWrite(), ActorRefs.NoSender);
        Assert.Equal(["ADDED a@2", "CLOSED 0"], sink.Take(2));
        store.Owner.Take<StoreRecovered>();
        var (_, again) = store.Watch(request => request with { After = 1 });
        store.Put("b");
        Assert.Equal(["ADDED a@2", "ADDED b@3"], again.Take(2));
    }

    [Fact]
    public void AHubThatFails_EndsWatches_AndServesNewOnes()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        store.Put("a");
        var (_, sink) = store.Watch(request => request with { After = 1 });
        Assert.Equal(["ADDED a@2"], sink.Take(1));
        store.Watch(request => request with { After = 2, Sink = new BadSink() });
        store.Put("b");
        var seen = sink.Take(2);
        Assert.Equal(["ADDED b@3", "CLOSED 0"], seen);

        var (_, old) = store.Watch(request => request with { After = 1 });
        Assert.Equal(["CLOSED 410"], old.Take(1)); // Its log is gone: list anew.
        var (_, now) = store.Watch(request => request with { After = 3 });
        store.Put("c");
        Assert.Equal(["ADDED c@4"], now.Take(1));
    }

    [Fact]
    public async Task AWriterThatStops_AnswersEveryWriteOnItsWay()
    {
        var journal = new HeldJournal();
        Task<object> flying, waiting;
        using (var store = new StoreFixture(journal).Recovered())
        {
            flying = store.Write(transaction => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("a")));
            await journal.Appended(1);
            var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = store.Write(transaction =>
            {
                taken.SetResult();
                return transaction.Put(Kinds.ConfigMap, StoreFixture.Map("b"));
            });
            await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        await Assert.ThrowsAsync<StoreUnavailableException>(() => flying);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting);
    }

    /// <summary>Creates "a", and fails when it is answered: a mistake of ours that takes the writer with it.</summary>
    private sealed class BadWrite : StoreWrite
    {
        public override object Execute(StoreTransaction transaction) => transaction.Put(Kinds.ConfigMap, StoreFixture.Map("a"));

        public override void Complete(object answer) => throw new InvalidOperationException("The answer cannot be taken.");

        public override void Fail(Exception reason) => throw new InvalidOperationException("It was completed already.");
    }

    private sealed class BadSink : IWatchSink
    {
        public bool IsFull => false;

        public void Deliver(WatchDelivery delivery) => throw new InvalidOperationException("The event cannot be taken.");

        public void Close(int code, string message)
        {
            // Nobody listens.
        }
    }
}

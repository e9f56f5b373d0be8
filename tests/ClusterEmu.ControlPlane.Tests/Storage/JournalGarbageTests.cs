using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class JournalGarbageTests
{
    private readonly JournalGarbage _garbage = new();

    public JournalGarbageTests()
    {
        // One object: made, changed twice, deleted; another that lives.
        Add(2, StoreEventType.Created, null);
        Add(3, StoreEventType.Modified, 2);
        Add(4, StoreEventType.Created, null);
        Add(5, StoreEventType.Modified, 3);
        Add(6, StoreEventType.Deleted, 5);
    }

    [Fact]
    public void WhatIsSuperseded_GoesWithWhatSupersededIt_AndADeletionGoesItself()
    {
        Assert.Equal("3: 2", Text(_garbage.Forget(3)));
        Assert.Equal("nothing", Text(_garbage.Done()));
        Assert.Equal("6: 3 5 6", Text(_garbage.Forget(6)));
    }

    [Fact]
    public void WhatTheJournalRefused_ComesBeforeTheDeletion_ThatWouldElseLeaveItBehind()
    {
        Assert.Equal("3: 2", Text(_garbage.Forget(3)));
        _garbage.Failed();
        Assert.Equal("6: 2 3 5 6", Text(_garbage.Forget(6)));
        _garbage.Failed();
        Assert.Equal("6: 2 3 5 6", Text(_garbage.Forget(6)));
    }

    [Fact]
    public void WhatIsAskedMeanwhile_ComesAfterTheAnswer()
    {
        Assert.Equal("3: 2", Text(_garbage.Forget(3)));
        Assert.Equal("nothing", Text(_garbage.Forget(5)));
        Assert.Equal("nothing", Text(_garbage.Forget(6)));
        Assert.Equal("6: 3 5 6", Text(_garbage.Done()));
    }

    private void Add(long revision, StoreEventType type, long? previous) =>
        _garbage.Add(new StoreEvent(revision, type, Stored(revision), previous is { } known ? Stored(known) : null, 0));

    private static StoredObject Stored(long revision) =>
        StoredObject.FromJournal(Kinds.ConfigMap, revision, """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","namespace":"default"}}"""u8.ToArray());

    private static string Text((long Compacted, IReadOnlyList<long> Garbage)? next) => next is { } known ? $"{known.Compacted}: {string.Join(' ', known.Garbage)}" : "nothing";
}

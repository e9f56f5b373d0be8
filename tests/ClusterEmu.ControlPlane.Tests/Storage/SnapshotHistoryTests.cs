using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class SnapshotHistoryTests
{
    [Fact]
    public void EachRevision_AlsoWithinACommit_CanBeHadAgain()
    {
        var history = new SnapshotHistory();
        var snapshot = StoreSnapshot.Empty;
        foreach (var size in (int[])[1, 3, 2]) snapshot = Commit(history, snapshot, size);
        for (var revision = 2; revision <= 7; revision++) Assert.Equal(revision - 1, history.At(revision)!.Count(Kinds.ConfigMap));
        Assert.Null(history.At(8));
        Assert.Same(StoreSnapshot.Empty.Find(Kinds.ConfigMap, "default", "c2"), history.At(1)?.Find(Kinds.ConfigMap, "default", "c2"));
    }

    [Fact]
    public void BeyondTheBounds_TheOldestGo()
    {
        var history = new SnapshotHistory();
        var snapshot = StoreSnapshot.Empty;
        for (var i = 0; i < SnapshotHistory.MaxCommits + 10; i++) snapshot = Commit(history, snapshot, 1);
        Assert.Null(history.At(5));
        Assert.NotNull(history.At(20));
        snapshot = Commit(history, snapshot, SnapshotHistory.MaxChanges);
        Assert.Null(history.At(snapshot.Revision - SnapshotHistory.MaxChanges - 1));
        Assert.NotNull(history.At(snapshot.Revision - 5));
    }

    private static StoreSnapshot Commit(SnapshotHistory history, StoreSnapshot before, int size)
    {
        var (after, changes) = (before, new List<StoreEvent>());
        for (var i = 0; i < size; i++)
        {
            var revision = after.Revision + 1;
            changes.Add(new StoreEvent(revision, StoreEventType.Created, StoredObject.Encode(Kinds.ConfigMap, StoreFixture.Map("c" + revision), revision), null, 0));
            after = after.Apply(changes[^1]);
        }
        history.Add(before, after, changes);
        return after;
    }
}

using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class StoreSnapshotTests
{
    private static readonly StoreSnapshot Sample = Of("b/x", "a/y", "a/x", "c/z", "a/-");

    [Theory] // namespace or *; from; expected
    [InlineData("*", "", "a/- a/x a/y b/x c/z")]
    [InlineData("a", "", "a/- a/x a/y")]
    [InlineData("*", "a/x", "a/x a/y b/x c/z")]
    [InlineData("*", "a/xx", "a/y b/x c/z")]
    [InlineData("*", "b/y", "c/z")]
    [InlineData("a", "a/y", "a/y")]
    [InlineData("nosuch", "", "")]
    public void List_IsInOrdinalOrder_FromAKey(string ns, string from, string expected)
    {
        ObjectKey? start = from.Length == 0 ? null : new ObjectKey(from.Split('/')[0], from.Split('/')[1]);
        var found = Sample.List(Kinds.ConfigMap, ns == "*" ? null : ns, start);
        Assert.Equal(expected, string.Join(' ', found.Select(item => $"{item.Namespace}/{item.Name}")));
    }

    [Fact]
    public void Apply_LeavesEarlierSnapshotsAsTheyWere()
    {
        var current = Sample.Find(Kinds.ConfigMap, "a", "x")!;
        var last = StoredObject.Encode(Kinds.ConfigMap, current.Decode(), Sample.Revision + 1);
        var later = Sample.Apply(new StoreEvent(Sample.Revision + 1, StoreEventType.Deleted, last, current, 0));
        Assert.Null(later.Find(Kinds.ConfigMap, "a", "x"));
        Assert.Same(current, Sample.Find(Kinds.ConfigMap, "a", "x"));
        Assert.Equal(Sample.Count(Kinds.ConfigMap) - 1, later.Count(Kinds.ConfigMap));
        Assert.Throws<InvalidOperationException>(() => later.Apply(new StoreEvent(3, StoreEventType.Created, last, null, 0)));
    }

    private static StoreSnapshot Of(params string[] keys)
    {
        var snapshot = StoreSnapshot.Empty;
        foreach (var key in keys)
        {
            var revision = snapshot.Revision + 1;
            var value = StoredObject.Encode(Kinds.ConfigMap, StoreFixture.Map(key.Split('/')[1], ns: key.Split('/')[0]), revision);
            snapshot = snapshot.Apply(new StoreEvent(revision, StoreEventType.Created, value, null, 0));
        }
        return snapshot;
    }
}

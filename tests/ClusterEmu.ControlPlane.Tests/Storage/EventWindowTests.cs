using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class EventWindowTests
{
    [Fact]
    public void EntriesStayReachableByRevision_WhileTheRingGrowsAndWraps()
    {
        var window = new EventWindow(10);
        for (var revision = 11; revision <= 300; revision++)
        {
            window.Append(Entry(revision, revision));
            if (revision % 3 == 0) window.Trim(long.MaxValue, revision - 90);
        }
        Assert.Equal(300, window.Newest);
        for (var revision = window.Compacted + 1; revision <= window.Newest; revision++) Assert.Equal(revision, window[revision].Revision);
        Assert.Throws<ArgumentOutOfRangeException>(() => window[window.Compacted]);
        Assert.Throws<ArgumentOutOfRangeException>(() => window[301]);
    }

    [Fact]
    public void Trim_DropsByBytesAndByAge_OldestFirst()
    {
        var window = new EventWindow(1);
        for (var revision = 2; revision <= 11; revision++) window.Append(Entry(revision, atMicroseconds: revision));
        var byAge = window.Trim(long.MaxValue, minTime: 5);
        Assert.Equal([2, 3, 4], byAge.Select(entry => entry.Revision));
        var byBytes = window.Trim(window.Size / 2, minTime: 0);
        Assert.Equal(5, byBytes[0].Revision);
        Assert.Equal(byBytes[^1].Revision, window.Compacted);
        Assert.Equal(11, window.Newest);
    }

    [Fact]
    public void Append_RefusesAGap()
    {
        var window = new EventWindow(1);
        Assert.Throws<InvalidOperationException>(() => window.Append(Entry(3, 0)));
    }

    private static StoreEvent Entry(long revision, long atMicroseconds) => new(
        revision, StoreEventType.Created, StoredObject.Encode(Kinds.ConfigMap, StoreFixture.Map("m" + revision), revision), null, atMicroseconds);
}

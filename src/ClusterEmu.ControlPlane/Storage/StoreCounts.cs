using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>How many changes of each sort became durable. One thread counts; others may look at any time.</summary>
public sealed class StoreCounts
{
    private long[][] _counts = [];
    private KindInfo[] _kinds = [];

    internal void Add(StoreEvent change)
    {
        var kinds = _kinds;
        var at = Array.IndexOf(kinds, change.Kind);
        if (at < 0)
        {
            at = kinds.Length;
            Volatile.Write(ref _counts, [.. _counts, new long[4]]); // Before the kinds, so that each kind that is seen has its counts.
            Volatile.Write(ref _kinds, [.. kinds, change.Kind]);
        }
        Interlocked.Increment(ref _counts[at][(int)change.Type]);
    }

    /// <summary>By kind in the order of their first change, and by what was done.</summary>
    public IEnumerable<(KindInfo Kind, StoreEventType Type, long Count)> All()
    {
        var kinds = Volatile.Read(ref _kinds);
        var counts = Volatile.Read(ref _counts);
        for (var i = 0; i < kinds.Length; i++)
        {
            for (var type = StoreEventType.Created; type <= StoreEventType.Deleted; type++)
            {
                if (Volatile.Read(ref counts[i][(int)type]) is > 0 and var count) yield return (kinds[i], type, count);
            }
        }
    }
}

namespace ClusterEmu.Network;

/// <summary>Finds connections by one direction's addresses. The entries are its links, so that a connection costs no further object and no copy of its addresses.</summary>
/// <param name="replies">By the packets that come back; else by those that go.</param>
internal sealed class ConntrackIndex(bool replies)
{
    private ConntrackEntry?[] _buckets = new ConntrackEntry?[16]; // A power of two of them.

    public int Count { get; private set; }

    public ConntrackEntry? Find(in Flow flow)
    {
        if (Count == 0) return null;
        var entry = _buckets[BucketOf(flow)];
        while (entry is not null && !IsOf(entry, flow)) entry = NextOf(entry);
        return entry;
    }

    /// <summary>Adds a connection in the place of the one with the same addresses, if there is one.</summary>
    public void Set(ConntrackEntry entry)
    {
        var flow = replies ? entry.TranslatedFlow.Reversed : entry.OriginalFlow;
        Remove(flow);
        if (Count >= _buckets.Length) Grow();
        Link(entry, BucketOf(flow));
        Count++;
    }

    /// <summary>Takes out the connection with these addresses.</summary>
    /// <param name="flow">The addresses.</param>
    /// <param name="only">Only if it is this one; null: whichever it is.</param>
    public void Remove(in Flow flow, ConntrackEntry? only = null)
    {
        ref var link = ref _buckets[BucketOf(flow)];
        while (link is { } entry)
        {
            ref var next = ref NextOf(entry);
            if (IsOf(entry, flow))
            {
                if (only is not null && !ReferenceEquals(entry, only)) return;
                link = next;
                next = null;
                Count--;
                return;
            }
            link = ref next;
        }
    }

    /// <summary>All of them, in no order that means anything.</summary>
    public IEnumerable<ConntrackEntry> All()
    {
        foreach (var first in _buckets)
            for (var entry = first; entry is not null; entry = NextOf(entry)) yield return entry;
    }

    private void Grow()
    {
        var former = _buckets;
        _buckets = new ConntrackEntry?[former.Length * 2];
        foreach (var first in former)
        {
            for (var entry = first; entry is not null;)
            {
                var next = NextOf(entry);
                Link(entry, BucketOf(replies ? entry.TranslatedFlow.Reversed : entry.OriginalFlow));
                entry = next;
            }
        }
    }

    private void Link(ConntrackEntry entry, int bucket)
    {
        NextOf(entry) = _buckets[bucket];
        _buckets[bucket] = entry;
    }

    private ref ConntrackEntry? NextOf(ConntrackEntry entry) => ref replies ? ref entry.NextByReply : ref entry.NextByOriginal;

    private bool IsOf(ConntrackEntry entry, in Flow flow) => replies
        ? Same(entry.TranslatedFlow.Destination, flow.Source) && Same(entry.TranslatedFlow.Source, flow.Destination) && entry.TranslatedFlow.Protocol == flow.Protocol
        : Same(entry.OriginalFlow.Source, flow.Source) && Same(entry.OriginalFlow.Destination, flow.Destination) && entry.OriginalFlow.Protocol == flow.Protocol;

    private static bool Same(in IpPort one, in IpPort other) => one.Port == other.Port && one.Ip.Low == other.Ip.Low && one.Ip.High == other.Ip.High;

    private int BucketOf(in Flow flow)
    {
        var addresses = (flow.Source.Ip.Low * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft(flow.Destination.Ip.Low * 0xC2B2AE3D27D4EB4F, 31)
            ^ flow.Source.Ip.High ^ ulong.RotateLeft(flow.Destination.Ip.High, 17);
        var ports = ((ulong)(uint)flow.Source.Port << 32) | ((ulong)(uint)flow.Destination.Port << 8) | (ulong)flow.Protocol;
        return (int)StableHash.Mix(addresses + (ports * 0x165667B19E3779F9)) & (_buckets.Length - 1);
    }
}

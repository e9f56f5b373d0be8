using System.Collections.Concurrent;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Keeps the snapshots that chunked lists are still reading. They share nearly all objects with the newest one.</summary>
internal sealed class SnapshotPins
{
    private const int MaxPins = 256;
    private readonly ConcurrentDictionary<long, StoreSnapshot> _byRevision = new();
    private readonly ConcurrentQueue<(long Revision, long AtMicroseconds)> _order = new();
    private readonly long _ageMicroseconds;

    /// <param name="age">How long a list may take. Default elsewhere: 5 minutes.</param>
    public SnapshotPins(TimeSpan age) => _ageMicroseconds = (long)age.TotalMicroseconds;

    public void Pin(StoreSnapshot snapshot, long now)
    {
        if (_byRevision.TryAdd(snapshot.Revision, snapshot)) _order.Enqueue((snapshot.Revision, now));
        while (_order.TryPeek(out var oldest) && (_byRevision.Count > MaxPins || now - oldest.AtMicroseconds > _ageMicroseconds) && _order.TryDequeue(out oldest))
            _byRevision.TryRemove(oldest.Revision, out _);
    }

    /// <summary>The snapshot at exactly this revision; null if it is no longer kept.</summary>
    public StoreSnapshot? Find(long revision, StoreSnapshot current) =>
        revision == current.Revision ? current : _byRevision.GetValueOrDefault(revision);
}

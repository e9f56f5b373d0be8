namespace ClusterEmu.Client;

/// <summary>What clients of an API server did and saw: the evidence that <see cref="HistoryChecker"/> judges. Safe to add to from several threads.</summary>
public sealed class ApiHistory
{
    private readonly Lock _lock = new();
    private readonly List<HistoryWrite> _writes = [];
    private readonly List<HistoryRead> _reads = [];
    private readonly List<HistoryWatch> _watches = [];

    public void Add(HistoryWrite write)
    {
        lock (_lock) _writes.Add(write);
    }

    public void Add(HistoryRead read)
    {
        lock (_lock) _reads.Add(read);
    }

    /// <summary>The watch may go on to get events; they must have stopped coming before <see cref="HistoryChecker"/> looks.</summary>
    public void Add(HistoryWatch watch)
    {
        lock (_lock) _watches.Add(watch);
    }

    public IReadOnlyList<HistoryWrite> Writes
    {
        get
        {
            lock (_lock) return [.. _writes];
        }
    }

    public IReadOnlyList<HistoryRead> Reads
    {
        get
        {
            lock (_lock) return [.. _reads];
        }
    }

    public IReadOnlyList<HistoryWatch> Watches
    {
        get
        {
            lock (_lock) return [.. _watches];
        }
    }
}

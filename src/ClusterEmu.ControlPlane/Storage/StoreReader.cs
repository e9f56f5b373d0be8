namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Where readers find the newest durable snapshot. The writer publishes by reference; readers take no lock.</summary>
public sealed class StoreReader
{
    private readonly SnapshotHistory _history = new();
    private StoreSnapshot? _current;

    /// <summary>What became durable in this process.</summary>
    public StoreCounts Written { get; } = new();

    public StoreSnapshot Current => Volatile.Read(ref _current) ?? StoreSnapshot.Empty;

    /// <summary>False until the journal has been read: <see cref="Current"/> then says nothing about what is stored.</summary>
    public bool HasRecovered => Volatile.Read(ref _current) is not null;

    /// <summary>The state at exactly this revision, if it is among the latest; null if not.</summary>
    public StoreSnapshot? At(long revision)
    {
        var current = Current;
        return revision == current.Revision ? current : _history.At(revision);
    }

    /// <param name="snapshot">The newest durable state.</param>
    /// <param name="changes">What leads there from the one before; empty if that is not known.</param>
    internal void Publish(StoreSnapshot snapshot, IReadOnlyList<StoreEvent> changes)
    {
        for (var i = 0; i < changes.Count; i++) Written.Add(changes[i]);
        if (changes.Count > 0) _history.Add(Current, snapshot, changes);
        Volatile.Write(ref _current, snapshot);
    }
}

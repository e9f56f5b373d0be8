using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>One change on the store's disk.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Type">What happened to the object.</param>
/// <param name="Key">The object.</param>
/// <param name="AtMicroseconds">When it reached the disk.</param>
public sealed record LoggedChange(long Revision, StoreEventType Type, ObjectKey Key, long AtMicroseconds)
{
    /// <summary>The object's next change; <see cref="long.MaxValue"/> while there is none.</summary>
    public long NextRevision { get; internal set; } = long.MaxValue;

    /// <summary>The object's change before this one; 0 if it is its first.</summary>
    public long PreviousRevision { get; internal set; }

    /// <summary>The object as it was written; of a deletion, as it was at its end.</summary>
    public required byte[] Json { get; init; }

    public bool IsGone => Type == StoreEventType.Deleted;
}

/// <summary>Every change that reached the store's disk, in order: what readers and watchers are held against. Compaction takes nothing from it.</summary>
public sealed class ApiLog
{
    private readonly Dictionary<string, KindLog> _kinds = new(StringComparer.Ordinal);
    private readonly List<long> _writtenAt = []; // By revision, from _first + 1 on.
    private readonly SimulatedWorld _world;
    private long _first;

    internal ApiLog(SimulatedWorld world)
    {
        _world = world;
        foreach (var entry in world.ControlPlane.Journal.Entries) Add(entry);
        world.ControlPlane.Journal.Written.Add(batch =>
        {
            foreach (var entry in batch.Entries) Add(entry);
        });
    }

    /// <summary>The newest revision on disk.</summary>
    public long Newest { get; private set; } = Revisions.Empty;

    /// <summary>The bytes of all changes.</summary>
    public long Bytes { get; private set; }

    /// <summary>When a revision reached the disk, in microseconds; null if it has not.</summary>
    public long? WrittenAt(long revision) => revision > _first && revision - _first <= _writtenAt.Count ? _writtenAt[(int)(revision - _first - 1)] : null;

    /// <summary>Is told each change and its JSON (with what was read from that already), as it reaches the disk.</summary>
    public Tap<(string Resource, LoggedChange Change, byte[] Json, IndexFields Fields)> Changed { get; } = new();

    /// <summary>The changes of a kind.</summary>
    public KindLog Of(KindInfo kind) => Of(kind.QualifiedPlural);

    /// <summary>All kinds that were ever written, by their qualified plural, in the order of their first write.</summary>
    public IEnumerable<KeyValuePair<string, KindLog>> Kinds => _kinds;

    private KindLog Of(string resource)
    {
        if (!_kinds.TryGetValue(resource, out var known)) _kinds[resource] = known = new KindLog();
        return known;
    }

    private void Add(JournalEntry entry)
    {
        if (entry.Revision != Newest + 1)
            _world.Report(new Violation("log-order", _world.Now, $"Revision {entry.Revision} of {entry.Resource} was written after {Newest}: revisions must follow one another."));
        if (_writtenAt.Count == 0) _first = entry.Revision - 1;
        _writtenAt.Add(_world.Now);
        Newest = entry.Revision;
        var fields = IndexFields.Read(entry.Json);
        var change = new LoggedChange(entry.Revision, entry.Type, new ObjectKey(fields.Namespace, fields.Name), _world.Now) { Json = entry.Json };
        Bytes += entry.Json.Length;
        Of(entry.Resource).Add(change);
        Changed.Publish((entry.Resource, change, entry.Json, fields));
    }
}

/// <summary>The changes of one kind.</summary>
public sealed class KindLog
{
    private readonly List<LoggedChange> _changes = [];
    private readonly Dictionary<ObjectKey, List<LoggedChange>> _byKey = [];

    /// <summary>By revision.</summary>
    public IReadOnlyList<LoggedChange> Changes => _changes;

    /// <summary>The newest revision of any of its objects.</summary>
    public long Newest => _changes.Count == 0 ? Revisions.Empty : _changes[^1].Revision;

    /// <summary>The objects that ever were, with all their changes.</summary>
    public IEnumerable<KeyValuePair<ObjectKey, List<LoggedChange>>> Objects => _byKey;

    /// <summary>The change of an object that has this revision; null if there is none.</summary>
    public LoggedChange? Find(ObjectKey key, long revision)
    {
        var found = At(key, revision);
        return found?.Revision == revision ? found : null;
    }

    /// <summary>The newest change of an object up to a revision; null if it had none by then.</summary>
    public LoggedChange? At(ObjectKey key, long revision)
    {
        if (!_byKey.TryGetValue(key, out var changes)) return null;
        for (var i = changes.Count - 1; i >= 0; i--)
        {
            if (changes[i].Revision <= revision) return changes[i];
        }
        return null;
    }

    /// <summary>The place in <see cref="Changes"/> of the first one after a revision.</summary>
    public int IndexAfter(long revision)
    {
        var (low, high) = (0, _changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_changes[middle].Revision <= revision) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    internal void Add(LoggedChange change)
    {
        _changes.Add(change);
        if (!_byKey.TryGetValue(change.Key, out var changes)) _byKey[change.Key] = changes = [];
        if (changes.Count > 0)
        {
            changes[^1].NextRevision = change.Revision;
            change.PreviousRevision = changes[^1].Revision;
        }
        changes.Add(change);
    }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>All objects at one revision. Immutable: readers hold on to it without locks.</summary>
public sealed class StoreSnapshot
{
    private readonly ImmutableSortedDictionary<string, KindTable> _tables;

    private StoreSnapshot(long revision, ImmutableSortedDictionary<string, KindTable> tables)
    {
        Revision = revision;
        _tables = tables;
    }

    public static StoreSnapshot Empty { get; } =
        new(Revisions.Empty, ImmutableSortedDictionary.Create<string, KindTable>(StringComparer.Ordinal));

    /// <summary>The newest write that this contains.</summary>
    public long Revision { get; }

    public StoredObject? Find(KindInfo kind, string ns, string name) => Table(kind).Find(ns, name);

    public bool TryFind(KindInfo kind, string ns, string name, [NotNullWhen(true)] out StoredObject? found)
    {
        found = Find(kind, ns, name);
        return found is not null;
    }

    /// <summary>The objects of a kind by namespace, then name, both in ordinal order.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">One namespace; null for all of them (and for cluster-scoped kinds).</param>
    /// <param name="from">Where to begin, this key included; null for the beginning.</param>
    public IEnumerable<StoredObject> List(KindInfo kind, string? ns = null, ObjectKey? from = null) => Table(kind).List(ns, from);

    /// <summary>The objects of a kind with this name: one in each namespace that has it.</summary>
    /// <inheritdoc cref="List" path="/param"/>
    public IEnumerable<StoredObject> Named(KindInfo kind, string? ns, string name) => Table(kind).Named(ns, name);

    /// <summary>The objects of a kind whose <c>spec.nodeName</c> is this one, by namespace, then name.</summary>
    /// <inheritdoc cref="List" path="/param"/>
    public IEnumerable<StoredObject> OnNode(KindInfo kind, string? ns, string node) => Table(kind).OnNode(ns, node);

    /// <summary>How many objects <see cref="List"/> would give from this key on, the key included.</summary>
    public long CountFrom(KindInfo kind, string? ns, ObjectKey from) => Table(kind).CountFrom(ns, from);

    public int Count(KindInfo kind) => Table(kind).Count;

    /// <summary>Whether both hold the very same objects of a kind, because none of them was written between the two.</summary>
    public bool SharesAll(KindInfo kind, StoreSnapshot other) => ReferenceEquals(Table(kind), other.Table(kind));

    /// <summary>The snapshot after one more log entry.</summary>
    /// <exception cref="InvalidOperationException">The entry is not newer than this snapshot.</exception>
    public StoreSnapshot Apply(StoreEvent change)
    {
        if (change.Revision <= Revision)
            throw new InvalidOperationException($"Log entry {change.Revision} cannot follow revision {Revision}: the log is out of order.");
        var table = Table(change.Kind);
        var next = change.Type == StoreEventType.Deleted
            ? table.Remove(change.Object.Namespace, change.Object.Name)
            : table.Put(change.Object);
        return new StoreSnapshot(change.Revision, _tables.SetItem(change.Kind.QualifiedPlural, next));
    }

    /// <summary>The same objects at a later revision: what a journal whose newest entries are deletions comes back as.</summary>
    internal StoreSnapshot AtLeast(long revision) => revision <= Revision ? this : new StoreSnapshot(revision, _tables);

    private KindTable Table(KindInfo kind) => _tables.TryGetValue(kind.QualifiedPlural, out var table) ? table : KindTable.Empty;
}

using System.Collections.Immutable;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>The objects of one kind, by namespace and name. Immutable; a change shares all it does not touch.</summary>
internal sealed class KindTable
{
    private static readonly ImmutableSortedDictionary<string, StoredObject> NoObjects =
        ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> _byNamespace;

    private KindTable(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> byNamespace, int count)
    {
        _byNamespace = byNamespace;
        Count = count;
    }

    public static KindTable Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StoredObject>>(StringComparer.Ordinal), 0);

    public int Count { get; }

    public StoredObject? Find(string ns, string name) =>
        _byNamespace.TryGetValue(ns, out var objects) && objects.TryGetValue(name, out var found) ? found : null;

    public KindTable Put(StoredObject value)
    {
        var objects = _byNamespace.GetValueOrDefault(value.Namespace, NoObjects);
        var next = objects.SetItem(value.Name, value);
        return new KindTable(_byNamespace.SetItem(value.Namespace, next), Count + next.Count - objects.Count);
    }

    public KindTable Remove(string ns, string name)
    {
        if (!_byNamespace.TryGetValue(ns, out var objects) || !objects.ContainsKey(name)) return this;
        var next = objects.Remove(name);
        return new KindTable(next.IsEmpty ? _byNamespace.Remove(ns) : _byNamespace.SetItem(ns, next), Count - 1);
    }

    public IEnumerable<StoredObject> List(string? ns, ObjectKey? from)
    {
        if (ns is not null)
            return _byNamespace.TryGetValue(ns, out var objects) ? From(objects, from?.Namespace == ns ? from.Value.Name : null) : [];
        return All(from);
    }

    private IEnumerable<StoredObject> All(ObjectKey? from)
    {
        foreach (var (ns, objects) in _byNamespace)
        {
            var order = from is null ? 1 : string.CompareOrdinal(ns, from.Value.Namespace);
            if (order < 0) continue;
            foreach (var item in From(objects, order == 0 ? from!.Value.Name : null)) yield return item;
        }
    }

    private static IEnumerable<StoredObject> From(ImmutableSortedDictionary<string, StoredObject> objects, string? name)
    {
        foreach (var (key, value) in objects)
        {
            if (name is null || string.CompareOrdinal(key, name) >= 0) yield return value;
        }
    }
}

using System.Collections.Immutable;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>The objects of one kind, by namespace and name, and by the node that they name. Immutable; a change shares all it does not touch.</summary>
internal sealed class KindTable
{
    private readonly ObjectTree? _objects;
    private readonly ImmutableSortedDictionary<string, ObjectTree> _byNode;

    private KindTable(ObjectTree? objects, ImmutableSortedDictionary<string, ObjectTree> byNode) => (_objects, _byNode) = (objects, byNode);

    public static KindTable Empty { get; } = new(null, ImmutableSortedDictionary.Create<string, ObjectTree>(StringComparer.Ordinal));

    public int Count => ObjectTree.CountOf(_objects);

    public StoredObject? Find(string ns, string name) => ObjectTree.Find(_objects, new ObjectKey(ns, name));

    public KindTable Put(StoredObject value)
    {
        var byNode = _byNode;
        var node = value.Fields.NodeName;
        if (!byNode.IsEmpty && Find(value.Namespace, value.Name) is { } old && old.Fields.NodeName != node) byNode = WithoutNode(byNode, old);
        if (node.Length > 0) byNode = byNode.SetItem(node, ObjectTree.Put(byNode.GetValueOrDefault(node), value));
        return new KindTable(ObjectTree.Put(_objects, value), byNode);
    }

    public KindTable Remove(string ns, string name) => Find(ns, name) is { } old
        ? new KindTable(ObjectTree.Remove(_objects, old.Key), WithoutNode(_byNode, old))
        : this;

    public IEnumerable<StoredObject> List(string? ns, ObjectKey? from)
    {
        if (ns is null) return ObjectTree.From(_objects, from);
        var first = new ObjectKey(ns, "");
        return ObjectTree.From(_objects, from is { } key && key.CompareTo(first) > 0 ? key : first).TakeWhile(item => item.Namespace == ns);
    }

    public long CountFrom(string? ns, ObjectKey from)
    {
        var end = ns is null ? Count : ObjectTree.Rank(_objects, After(ns));
        return Math.Max(0, end - ObjectTree.Rank(_objects, from));
    }

    public IEnumerable<StoredObject> Named(string? ns, string name)
    {
        if (ns is not null)
        {
            if (Find(ns, name) is { } one) yield return one;
            yield break;
        }
        // From namespace to namespace, without looking at what lies in them.
        ObjectKey? from = null;
        while (ObjectTree.From(_objects, from).FirstOrDefault() is { } first)
        {
            if (Find(first.Namespace, name) is { } found) yield return found;
            from = After(first.Namespace);
        }
    }

    public IEnumerable<StoredObject> OnNode(string? ns, string node)
    {
        var objects = ObjectTree.From(_byNode.GetValueOrDefault(node), null);
        return ns is null ? objects : objects.Where(item => item.Namespace == ns);
    }

    /// <summary>The least key behind all those of a namespace.</summary>
    private static ObjectKey After(string ns) => new(ns + '\0', "");

    private static ImmutableSortedDictionary<string, ObjectTree> WithoutNode(ImmutableSortedDictionary<string, ObjectTree> byNode, StoredObject old)
    {
        var node = old.Fields.NodeName;
        if (node.Length == 0 || !byNode.TryGetValue(node, out var objects)) return byNode;
        return ObjectTree.Remove(objects, old.Key) is { } rest ? byNode.SetItem(node, rest) : byNode.Remove(node);
    }
}

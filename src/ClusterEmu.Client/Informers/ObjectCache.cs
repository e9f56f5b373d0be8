using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>Objects of one kind by namespace and name, with an index of their labels and of one key of the owner's choice.</summary>
/// <remarks>Not thread-safe: it belongs to one actor. Iteration follows insertion, so equal histories give equal orders.</remarks>
public sealed class ObjectCache<T> where T : class, IKubeObject
{
    private readonly Dictionary<string, Dictionary<string, T>> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Label, string Value), Dictionary<string, T>>? _byLabel;
    private readonly Dictionary<string, Dictionary<ObjectKey, T>> _groups = new(StringComparer.Ordinal);
    private readonly Func<T, string?>? _groupOf;

    /// <param name="indexLabels">Keep an index of labels, for <see cref="WithLabels"/>.</param>
    /// <param name="groupOf">What <see cref="InGroup"/> finds objects by; null for none. It must depend on the object alone.</param>
    public ObjectCache(bool indexLabels = false, Func<T, string?>? groupOf = null)
    {
        if (indexLabels) _byLabel = [];
        _groupOf = groupOf;
    }

    public int Count { get; private set; }

    public IEnumerable<T> All
    {
        get
        {
            foreach (var objects in _namespaces.Values)
            {
                foreach (var value in objects.Values) yield return value;
            }
        }
    }

    public T? Get(ObjectKey key) => Get(key.Namespace, key.Name);

    public T? Get(string ns, string name) =>
        _namespaces.TryGetValue(ns, out var objects) ? objects.GetValueOrDefault(name) : null;

    public IReadOnlyCollection<T> InNamespace(string ns) =>
        _namespaces.TryGetValue(ns, out var objects) ? objects.Values : [];

    /// <summary>The objects whose group is <paramref name="group"/>.</summary>
    public IReadOnlyCollection<T> InGroup(string group) =>
        _groups.TryGetValue(group, out var objects) ? objects.Values : [];

    /// <summary>The objects that carry all of these labels. Looks through the rarest label's objects only.</summary>
    /// <param name="ns">Their namespace.</param>
    /// <param name="labels">Names and values; none finds all objects of the namespace.</param>
    public IEnumerable<T> WithLabels(string ns, IReadOnlyDictionary<string, string> labels)
    {
        if (_byLabel is null) return InNamespace(ns).Where(value => Carries(value, labels));
        Dictionary<string, T>? rarest = null;
        foreach (var (label, wanted) in labels)
        {
            if (!_byLabel.TryGetValue((ns, label, wanted), out var objects)) return [];
            if (rarest is null || objects.Count < rarest.Count) rarest = objects;
        }
        return rarest is null ? InNamespace(ns) : rarest.Values.Where(value => Carries(value, labels));
    }

    /// <summary>Adds or replaces an object.</summary>
    /// <returns>What it replaces; null if it is new.</returns>
    public T? Set(T value)
    {
        var meta = value.Metadata;
        if (!_namespaces.TryGetValue(meta.Namespace, out var objects))
            _namespaces[meta.Namespace] = objects = new(StringComparer.Ordinal);
        var previous = objects.GetValueOrDefault(meta.Name);
        if (previous is null) Count++;
        objects[meta.Name] = value;
        Reindex(previous, value);
        return previous;
    }

    /// <returns>The object removed; null if there was none.</returns>
    public T? Remove(ObjectKey key)
    {
        if (!_namespaces.TryGetValue(key.Namespace, out var objects) || !objects.Remove(key.Name, out var previous)) return null;
        if (objects.Count == 0) _namespaces.Remove(key.Namespace);
        Count--;
        Reindex(previous, null);
        return previous;
    }

    private static bool Carries(T value, IReadOnlyDictionary<string, string> wanted)
    {
        var labels = value.Metadata.Labels;
        foreach (var (label, text) in wanted)
        {
            if (!labels.TryGetValue(label, out var found) || found != text) return false;
        }
        return true;
    }

    private void Reindex(T? previous, T? next)
    {
        if (_byLabel is not null) ReindexLabels(_byLabel, previous, next);
        if (_groupOf is null) return;
        var key = ObjectKey.Of((next ?? previous)!);
        var (from, to) = (previous is null ? null : _groupOf(previous), next is null ? null : _groupOf(next));
        if (from is not null && from != to && _groups.TryGetValue(from, out var left) && left.Remove(key) && left.Count == 0)
            _groups.Remove(from);
        if (to is null) return;
        if (!_groups.TryGetValue(to, out var joined)) _groups[to] = joined = [];
        joined[key] = next!;
    }

    private static void ReindexLabels(
        Dictionary<(string Namespace, string Label, string Value), Dictionary<string, T>> index, T? previous, T? next)
    {
        if (previous is not null)
        {
            var meta = previous.Metadata;
            foreach (var (label, value) in meta.Labels)
            {
                if (next is not null && next.Metadata.Labels.TryGetValue(label, out var kept) && kept == value) continue;
                if (index.TryGetValue((meta.Namespace, label, value), out var objects)
                    && objects.Remove(meta.Name) && objects.Count == 0)
                {
                    index.Remove((meta.Namespace, label, value));
                }
            }
        }
        if (next is null) return;
        foreach (var (label, value) in next.Metadata.Labels)
        {
            var key = (next.Metadata.Namespace, label, value);
            if (!index.TryGetValue(key, out var objects)) index[key] = objects = new(StringComparer.Ordinal);
            objects[next.Metadata.Name] = next;
        }
    }
}

namespace ClusterEmu.Client;

/// <summary>A bounded map that forgets what was not asked for longest. Belongs to one actor.</summary>
/// <param name="capacity">How many entries are kept. At least 1.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity) where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();

    public int Count => _nodes.Count;

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            _order.Remove(node);
        }
        else
        {
            if (_nodes.Count >= capacity)
            {
                _nodes.Remove(_order.First!.Value.Key);
                _order.RemoveFirst();
            }
            _nodes[key] = node = new LinkedListNode<(TKey, TValue)>((key, make(key)));
        }
        _order.AddLast(node);
        return node.Value.Value;
    }
}

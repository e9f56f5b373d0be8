using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Objects in the order of namespace and name, as an immutable tree: a change copies the way to it and shares the rest.</summary>
/// <remarks>
/// Weight-balanced (Adams' trees, with the parameters 3 and 2 that Hirai and Yamamoto proved): each node knows how many it holds, so that
/// a list can begin anywhere and say how many are left without walking over the others.
/// </remarks>
internal sealed class ObjectTree
{
    private const int Delta = 3;
    private const int Ratio = 2;

    private readonly StoredObject _value;
    private readonly ObjectTree? _left;
    private readonly ObjectTree? _right;

    private ObjectTree(StoredObject value, ObjectTree? left, ObjectTree? right)
    {
        (_value, _left, _right) = (value, left, right);
        Count = CountOf(left) + CountOf(right) + 1;
    }

    public int Count { get; }

    public static int CountOf(ObjectTree? tree) => tree?.Count ?? 0;

    public static StoredObject? Find(ObjectTree? tree, ObjectKey key)
    {
        while (tree is not null)
        {
            var order = key.CompareTo(tree._value.Key);
            if (order == 0) return tree._value;
            tree = order < 0 ? tree._left : tree._right;
        }
        return null;
    }

    /// <summary>With this object in the place of the one that has its key, if there is one.</summary>
    public static ObjectTree Put(ObjectTree? tree, StoredObject value)
    {
        if (tree is null) return new ObjectTree(value, null, null);
        var order = value.Key.CompareTo(tree._value.Key);
        if (order == 0) return new ObjectTree(value, tree._left, tree._right);
        return order < 0
            ? Balanced(tree._value, Put(tree._left, value), tree._right)
            : Balanced(tree._value, tree._left, Put(tree._right, value));
    }

    /// <summary>Without the object of this key; the same tree if there is none.</summary>
    public static ObjectTree? Remove(ObjectTree? tree, ObjectKey key)
    {
        if (tree is null) return null;
        var order = key.CompareTo(tree._value.Key);
        if (order < 0)
        {
            var left = Remove(tree._left, key);
            return ReferenceEquals(left, tree._left) ? tree : Balanced(tree._value, left, tree._right);
        }
        if (order > 0)
        {
            var right = Remove(tree._right, key);
            return ReferenceEquals(right, tree._right) ? tree : Balanced(tree._value, tree._left, right);
        }
        if (tree._left is null) return tree._right;
        if (tree._right is null) return tree._left;
        var next = tree._right;
        while (next._left is not null) next = next._left;
        return Balanced(next._value, tree._left, Remove(tree._right, next._value.Key));
    }

    /// <summary>The objects from this key on, in order; null for all of them.</summary>
    public static IEnumerable<StoredObject> From(ObjectTree? tree, ObjectKey? from)
    {
        var waiting = new Stack<ObjectTree>();
        Descend(tree, from);
        while (waiting.TryPop(out var next))
        {
            yield return next._value;
            Descend(next._right, null);
        }

        void Descend(ObjectTree? at, ObjectKey? least)
        {
            while (at is not null)
            {
                if (least is { } key && at._value.Key.CompareTo(key) < 0)
                {
                    at = at._right;
                    continue;
                }
                waiting.Push(at);
                at = at._left;
            }
        }
    }

    /// <summary>How many objects come before this key.</summary>
    public static int Rank(ObjectTree? tree, ObjectKey key)
    {
        var before = 0;
        while (tree is not null)
        {
            if (key.CompareTo(tree._value.Key) <= 0)
            {
                tree = tree._left;
                continue;
            }
            before += CountOf(tree._left) + 1;
            tree = tree._right;
        }
        return before;
    }

    private static ObjectTree Balanced(StoredObject value, ObjectTree? left, ObjectTree? right)
    {
        var (ofLeft, ofRight) = (CountOf(left), CountOf(right));
        if (ofLeft + ofRight < 2) return new ObjectTree(value, left, right);
        if (ofRight > Delta * ofLeft)
        {
            return CountOf(right!._left) < Ratio * CountOf(right._right)
                ? new ObjectTree(right._value, new ObjectTree(value, left, right._left), right._right)
                : new ObjectTree(right._left!._value, new ObjectTree(value, left, right._left._left), new ObjectTree(right._value, right._left._right, right._right));
        }
        if (ofLeft > Delta * ofRight)
        {
            return CountOf(left!._right) < Ratio * CountOf(left._left)
                ? new ObjectTree(left._value, left._left, new ObjectTree(value, left._right, right))
                : new ObjectTree(left._right!._value, new ObjectTree(left._value, left._left, left._right._left), new ObjectTree(value, left._right._right, right));
        }
        return new ObjectTree(value, left, right);
    }
}

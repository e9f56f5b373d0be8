using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace ClusterEmu.Network;

/// <summary>
/// An immutable map whose versions share structure: a change copies O(log n) and leaves the old version as it was.
/// A hash array mapped trie, 32 ways a level, over the key's own 64-bit hash.
/// </summary>
/// <remarks>Equal contents have equal shape, whatever their history.</remarks>
public sealed class PersistentMap<TKey, TValue> where TKey : struct, IMapKey<TKey>
{
    private const int BitsPerLevel = 5;

    public static readonly PersistentMap<TKey, TValue> Empty = new(new Branch(0, []), 0);
    private readonly Branch _root;

    private PersistentMap(Branch root, int count) => (_root, Count) = (root, count);

    public int Count { get; }

    public bool TryGet(in TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var hash = key.Hash64;
        object node = _root;
        for (var shift = 0; node is Branch branch; shift += BitsPerLevel)
        {
            var bit = BitOf(hash, shift);
            if ((branch.Bitmap & bit) == 0)
            {
                value = default;
                return false;
            }
            node = branch.Slots[branch.IndexOf(bit)];
        }
        for (var leaf = (Leaf?)node; leaf is not null; leaf = leaf.Next)
        {
            if (!leaf.Key.Equals(key)) continue;
            value = leaf.Value;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>The map in which <paramref name="key"/> has <paramref name="value"/>.</summary>
    public PersistentMap<TKey, TValue> With(in TKey key, TValue value)
    {
        var added = false;
        var root = (Branch)Put(_root, key.Hash64, 0, key, value, ref added);
        return new PersistentMap<TKey, TValue>(root, added ? Count + 1 : Count);
    }

    /// <summary>The map without <paramref name="key"/>; this very map if it has no such key.</summary>
    public PersistentMap<TKey, TValue> Without(in TKey key)
    {
        var root = Cut(_root, key.Hash64, 0, key);
        if (ReferenceEquals(root, _root)) return this;
        // The root stays a branch, even over a single leaf.
        if (root is Leaf single) root = new Branch(BitOf(single.Hash, 0), [single]);
        return new PersistentMap<TKey, TValue>((Branch?)root ?? Empty._root, Count - 1);
    }

    /// <summary>All pairs, by key.</summary>
    public IReadOnlyList<KeyValuePair<TKey, TValue>> Sorted()
    {
        var pairs = new List<KeyValuePair<TKey, TValue>>(Count);
        Collect(_root, pairs);
        pairs.Sort((a, b) => a.Key.CompareTo(b.Key));
        return pairs;
    }

    // Beyond bit 63 the shift counts modulo 64; keys that get so far have equal hashes and form a chain before.
    private static uint BitOf(ulong hash, int shift) => 1u << (int)((hash >> shift) & 31);

    private static object Put(object node, ulong hash, int shift, in TKey key, TValue value, ref bool added)
    {
        if (node is Leaf leaf)
        {
            if (leaf.Hash == hash) return Chain(leaf, hash, key, value, ref added);
            added = true;
            return Fork(leaf, new Leaf(hash, key, value, null), shift);
        }
        var branch = (Branch)node;
        var bit = BitOf(hash, shift);
        var index = branch.IndexOf(bit);
        if ((branch.Bitmap & bit) == 0)
        {
            added = true;
            var wider = new object[branch.Slots.Length + 1];
            Array.Copy(branch.Slots, wider, index);
            wider[index] = new Leaf(hash, key, value, null);
            Array.Copy(branch.Slots, index, wider, index + 1, branch.Slots.Length - index);
            return new Branch(branch.Bitmap | bit, wider);
        }
        var slots = (object[])branch.Slots.Clone();
        slots[index] = Put(slots[index], hash, shift + BitsPerLevel, key, value, ref added);
        return new Branch(branch.Bitmap, slots);
    }

    /// <summary>Keys of one hash, sorted, so that their order has no history.</summary>
    private static Leaf Chain(Leaf leaf, ulong hash, in TKey key, TValue value, ref bool added)
    {
        var order = key.CompareTo(leaf.Key);
        if (order == 0) return new Leaf(hash, key, value, leaf.Next);
        if (order < 0)
        {
            added = true;
            return new Leaf(hash, key, value, leaf);
        }
        if (leaf.Next is not null) return new Leaf(hash, leaf.Key, leaf.Value, Chain(leaf.Next, hash, key, value, ref added));
        added = true;
        return new Leaf(hash, leaf.Key, leaf.Value, new Leaf(hash, key, value, null));
    }

    private static Branch Fork(Leaf a, Leaf b, int shift)
    {
        var (bitA, bitB) = (BitOf(a.Hash, shift), BitOf(b.Hash, shift));
        if (bitA == bitB) return new Branch(bitA, [Fork(a, b, shift + BitsPerLevel)]);
        return new Branch(bitA | bitB, bitA < bitB ? [a, b] : [b, a]);
    }

    private static object? Cut(object node, ulong hash, int shift, in TKey key)
    {
        if (node is Leaf leaf) return leaf.Hash == hash ? Unchain(leaf, key) : leaf;
        var branch = (Branch)node;
        var bit = BitOf(hash, shift);
        if ((branch.Bitmap & bit) == 0) return branch;
        var index = branch.IndexOf(bit);
        var before = branch.Slots[index];
        var after = Cut(before, hash, shift + BitsPerLevel, key);
        if (ReferenceEquals(before, after)) return branch;
        if (after is not null)
        {
            // A branch over a single leaf becomes that leaf: equal contents, equal shape.
            if (branch.Slots.Length == 1 && after is Leaf) return after;
            var slots = (object[])branch.Slots.Clone();
            slots[index] = after;
            return new Branch(branch.Bitmap, slots);
        }
        if (branch.Slots.Length == 1) return null;
        if (branch.Slots.Length == 2 && branch.Slots[1 - index] is Leaf last) return last;
        var narrower = new object[branch.Slots.Length - 1];
        Array.Copy(branch.Slots, narrower, index);
        Array.Copy(branch.Slots, index + 1, narrower, index, narrower.Length - index);
        return new Branch(branch.Bitmap & ~bit, narrower);
    }

    private static Leaf? Unchain(Leaf leaf, in TKey key)
    {
        if (leaf.Key.Equals(key)) return leaf.Next;
        if (leaf.Next is null) return leaf;
        var rest = Unchain(leaf.Next, key);
        return ReferenceEquals(rest, leaf.Next) ? leaf : new Leaf(leaf.Hash, leaf.Key, leaf.Value, rest);
    }

    private static void Collect(object node, List<KeyValuePair<TKey, TValue>> pairs)
    {
        if (node is Branch branch)
        {
            foreach (var slot in branch.Slots) Collect(slot, pairs);
            return;
        }
        for (var leaf = (Leaf?)node; leaf is not null; leaf = leaf.Next) pairs.Add(new(leaf.Key, leaf.Value));
    }

    private sealed class Branch(uint bitmap, object[] slots)
    {
        public readonly uint Bitmap = bitmap;
        public readonly object[] Slots = slots;

        public int IndexOf(uint bit) => BitOperations.PopCount(Bitmap & (bit - 1));
    }

    private sealed class Leaf(ulong hash, TKey key, TValue value, Leaf? next)
    {
        public readonly ulong Hash = hash;
        public readonly TKey Key = key;
        public readonly TValue Value = value;
        public readonly Leaf? Next = next;
    }
}

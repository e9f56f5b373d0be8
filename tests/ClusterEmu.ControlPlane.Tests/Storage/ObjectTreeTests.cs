using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class ObjectTreeTests
{
    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 600)]
    [InlineData(3, 3000)]
    public void AnyPutsAndRemovals_GiveWhatASortedDictionaryGives(int seed, int steps)
    {
        var random = new Random(seed);
        var model = new SortedDictionary<ObjectKey, StoredObject>();
        ObjectTree? tree = null;
        for (var i = 0; i < steps; i++)
        {
            var key = new ObjectKey("ns-" + random.Next(5), "o-" + random.Next(steps / 3));
            if (random.Next(3) == 0)
            {
                model.Remove(key);
                tree = ObjectTree.Remove(tree, key);
            }
            else
            {
                var value = Object(key, i + 2);
                model[key] = value;
                tree = ObjectTree.Put(tree, value);
            }
        }
        Assert.Equal(model.Count, ObjectTree.CountOf(tree));
        Assert.Equal(model.Values, ObjectTree.From(tree, null));
        foreach (var from in model.Keys.Append(new ObjectKey("ns-2", "")).Append(new ObjectKey("zz", "")))
        {
            Assert.Equal(model.Count(pair => pair.Key.CompareTo(from) < 0), ObjectTree.Rank(tree, from));
            Assert.Equal(model.FirstOrDefault(pair => pair.Key.CompareTo(from) >= 0).Value, ObjectTree.From(tree, from).FirstOrDefault());
            Assert.Same(model.GetValueOrDefault(from), ObjectTree.Find(tree, from));
        }
    }

    [Fact]
    public void ASortedRow_StaysShallow()
    {
        ObjectTree? tree = null;
        for (var i = 0; i < 4096; i++) tree = ObjectTree.Put(tree, Object(new ObjectKey("", $"{i:d4}"), i + 2));
        Assert.InRange(Depth(tree), 12, 30); // log2 of 4096, and at most 2.5 times that.
    }

    private static StoredObject Object(ObjectKey key, long revision) =>
        StoredObject.Encode(ClusterEmu.Api.Kinds.ConfigMap, StoreFixture.Map(key.Name, ns: key.Namespace), revision);

    private static int Depth(ObjectTree? tree)
    {
        const System.Reflection.BindingFlags hidden = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic;
        if (tree is null) return 0;
        var left = (ObjectTree?)typeof(ObjectTree).GetField("_left", hidden)!.GetValue(tree);
        var right = (ObjectTree?)typeof(ObjectTree).GetField("_right", hidden)!.GetValue(tree);
        return 1 + Math.Max(Depth(left), Depth(right));
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace ClusterEmu.Network.Tests;

public class PersistentMapTests
{
    /// <summary>Few hashes on purpose: chains of equal hashes and deep forks come up all the time.</summary>
    private readonly record struct CrowdedKey(int Value) : IMapKey<CrowdedKey>
    {
        public ulong Hash64 => (Value % 4) switch
        {
            0 => 0,
            1 => 1UL << 63,
            2 => (ulong)(Value / 16),
            _ => StableHash.Mix((ulong)Value),
        };

        public int CompareTo(CrowdedKey other) => Value.CompareTo(other.Value);
    }

    [Fact]
    public void Map_AgreesWithADictionary_AfterEveryStep()
    {
        var steps = ArbMap.Default.ArbFor<(byte Key, sbyte Value)[]>();
        Prop.ForAll(steps, changes =>
        {
            var map = PersistentMap<CrowdedKey, int>.Empty;
            var model = new Dictionary<int, int>();
            foreach (var (key, value) in changes)
            {
                var (before, known) = (map, model.ToDictionary());
                if (value < 0)
                {
                    map = map.Without(new CrowdedKey(key % 64));
                    model.Remove(key % 64);
                }
                else
                {
                    map = map.With(new CrowdedKey(key % 64), value);
                    model[key % 64] = value;
                }
                if (!Same(map, model) || !Same(before, known)) return false;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(11, 13));
    }

    [Fact]
    public void Map_HasOneShape_WhateverItsHistory()
    {
        // After adding and removing the rest, the same contents must be found and listed alike.
        var direct = PersistentMap<CrowdedKey, int>.Empty;
        for (var i = 0; i < 50; i++) direct = direct.With(new CrowdedKey(i), i);
        var detour = PersistentMap<CrowdedKey, int>.Empty;
        for (var i = 999; i >= 0; i--) detour = detour.With(new CrowdedKey(i), i);
        for (var i = 50; i < 1000; i++) detour = detour.Without(new CrowdedKey(i));
        Assert.Equal(direct.Sorted(), detour.Sorted());
        Assert.Equal(50, detour.Count);
    }

    [Fact]
    public void Without_UnknownKey_IsTheSameMap()
    {
        var map = PersistentMap<CrowdedKey, int>.Empty.With(new CrowdedKey(4), 1);
        Assert.Same(map, map.Without(new CrowdedKey(8)));
        Assert.Same(map, map.Without(new CrowdedKey(7)));
    }

    [Fact]
    public void Map_HoldsManyTableKeys()
    {
        var map = PersistentMap<TableKey, int>.Empty;
        for (var i = 0; i < 20_000; i++) map = map.With(Key(i), i);
        Assert.Equal(20_000, map.Count);
        for (var i = 0; i < 20_000; i++) Assert.True(map.TryGet(Key(i), out var value) && value == i);
        for (var i = 0; i < 20_000; i += 2) map = map.Without(Key(i));
        Assert.Equal(10_000, map.Count);
        Assert.False(map.TryGet(Key(0), out _));
        Assert.True(map.TryGet(Key(1), out _));
    }

    private static TableKey Key(int i) => new(Ip.FromV4(0x0A600000u + (uint)(i / 2)), IpProtocol.Tcp, 80 + (i % 2));

    private static bool Same(PersistentMap<CrowdedKey, int> map, Dictionary<int, int> model) =>
        map.Count == model.Count
        && map.Sorted().Select(p => (p.Key.Value, p.Value)).SequenceEqual(model.OrderBy(p => p.Key).Select(p => (p.Key, p.Value)))
        && Enumerable.Range(0, 64).All(i => map.TryGet(new CrowdedKey(i), out var v) == model.TryGetValue(i, out var w) && v == w);
}

namespace ClusterEmu.Network;

/// <summary>A key of a <see cref="PersistentMap{TKey,TValue}"/>: its hash is our own, so that it is the same in every process.</summary>
public interface IMapKey<TSelf> : IEquatable<TSelf>, IComparable<TSelf>
{
    /// <summary>64 well-mixed bits; equal keys give equal bits.</summary>
    ulong Hash64 { get; }
}

/// <summary>The hash functions of maps and tables (never <c>GetHashCode</c>: that differs per process).</summary>
public static class StableHash
{
    /// <summary>The finaliser of SplitMix64.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public static ulong Of(Ip ip) => Mix(ip.Low ^ (ulong.RotateLeft(ip.High, 23) * 0x9E3779B97F4A7C15));

    /// <summary>FNV-1a over UTF-16 code units.</summary>
    public static ulong Of(string text, ulong seed = 0)
    {
        var hash = 0xCBF29CE484222325 ^ seed;
        foreach (var c in text) hash = (hash ^ c) * 0x100000001B3;
        return Mix(hash);
    }
}

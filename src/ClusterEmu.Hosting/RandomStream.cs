namespace ClusterEmu.Hosting;

/// <summary>A seeded generator of our own (SplitMix64), so that its numbers never change with the platform.</summary>
/// <param name="seed">Equal seeds give equal numbers.</param>
/// <param name="drawn">Is called at each draw, to check who draws. Null: nobody.</param>
public sealed class RandomStream(ulong seed, Action? drawn = null)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        drawn?.Invoke();
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to, but not including, <paramref name="bound"/>; without bias. Bound: 1 or more.</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var draw = Next();
        // Most draws lie below any limit that there could be, which costs a division to work out.
        if (draw > ulong.MaxValue - (ulong)bound)
        {
            var limit = ulong.MaxValue - (ulong.MaxValue % (ulong)bound);
            while (draw >= limit) draw = Next();
        }
        return (int)(draw % (ulong)bound);
    }

    /// <summary>A suffix as Kubernetes appends to generated names: lower-case letters and digits without vowels, 0, 1 and 3.</summary>
    /// <remarks>Source: k8s.io/apimachinery util/rand.</remarks>
    public string NameSuffix(int length = 5)
    {
        const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
        return string.Create(length, this, static (span, self) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = Alphabet[self.Next(Alphabet.Length)];
        });
    }

    /// <summary>The seed of the stream called <paramref name="name"/> under <paramref name="seed"/> (FNV-1a, then mixed).</summary>
    public static ulong SeedOf(ulong seed, string name)
    {
        var hash = 0xCBF29CE484222325 ^ seed;
        foreach (var c in name) hash = (hash ^ c) * 0x100000001B3;
        return new RandomStream(hash).Next();
    }
}

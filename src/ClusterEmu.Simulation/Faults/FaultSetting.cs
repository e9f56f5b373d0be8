using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Which faults a scenario lets a seed draw.</summary>
/// <param name="Kinds">The kinds that may occur, in the order of the file.</param>
public sealed record FaultMix(IReadOnlyList<FaultSetting> Kinds)
{
    public static readonly FaultMix None = new([]);
}

/// <summary>How one kind of fault may occur.</summary>
/// <param name="Kind">The <see cref="IFaultKind.Name"/>.</param>
public sealed record FaultSetting(string Kind)
{
    /// <summary>In how many of 100 seeds the kind occurs at all. 1 to 100. Default: 40.</summary>
    public int Percent { get; init; } = 40;

    /// <summary>Faults of this kind in one run, at most. 1 to 100. Default: 3.</summary>
    public int Most { get; init; } = 3;

    /// <summary>Default: 200 ms.</summary>
    public long ShortestMicroseconds { get; init; } = 200 * VirtualTime.Millisecond;

    /// <summary>Default: 15 s.</summary>
    public long LongestMicroseconds { get; init; } = 15 * VirtualTime.Second;

    /// <summary>The processes or nodes that it may hit; empty: all that the kind can hit.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>How strong the seed made it, 1 to 100. Drawn per seed and kind.</summary>
    public int Strength { get; init; } = 100;

    /// <summary>The time in which it must begin.</summary>
    public long WindowMicroseconds { get; init; } = 60 * VirtualTime.Second;

    public WorldOptions World { get; init; } = new();

    /// <summary>Draws start and length, and adds the parameters.</summary>
    public PlannedFault Plan(RandomStream random, params (string Key, string Value)[] parameters)
    {
        var start = random.Below(Math.Max(1, WindowMicroseconds / VirtualTime.Millisecond)) * VirtualTime.Millisecond;
        var longest = Math.Max(ShortestMicroseconds, LongestMicroseconds);
        var length = ShortestMicroseconds + (random.Below(((longest - ShortestMicroseconds) / VirtualTime.Millisecond) + 1) * VirtualTime.Millisecond);
        var known = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in parameters) known[key] = value;
        return new PlannedFault(Kind, start, length, known);
    }

    /// <summary>One of the targets that the setting allows, or of <paramref name="all"/>.</summary>
    public string Pick(RandomStream random, IReadOnlyList<string> all)
    {
        var from = Targets.Count > 0 ? Targets : all;
        return from[random.Next(from.Count)];
    }

    /// <summary>A share of <paramref name="most"/> by the seed's strength, then drawn: 1 to that.</summary>
    public long Scaled(RandomStream random, long most) => 1 + random.Below(Math.Max(1, most * Strength / 100));
}

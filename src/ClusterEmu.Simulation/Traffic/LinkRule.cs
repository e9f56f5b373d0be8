namespace ClusterEmu.Simulation;

/// <summary>What a fault does to the packets of some links. Plain data.</summary>
public sealed record LinkRule
{
    /// <summary>The longest delay: one hour.</summary>
    public const int MaxMicroseconds = 1_000_000_000;

    /// <summary>Names the rule's random stream, so two rules in force at the same time should have two names.</summary>
    public required string Name { get; init; }

    /// <summary>Sites that send; empty: all.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Sites that receive; empty: all.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Whether it also concerns packets from <see cref="To"/> to <see cref="From"/>. Default: yes.</summary>
    public bool BothWays { get; init; } = true;

    /// <summary>All packets are lost.</summary>
    public bool Cut { get; init; }

    /// <summary>So many of a million packets are lost. 0 to 1,000,000.</summary>
    public int LossPerMillion { get; init; }

    /// <summary>The least that a packet takes longer. 0 to <see cref="ExtraMaxMicroseconds"/>.</summary>
    public int ExtraMinMicroseconds { get; init; }

    /// <summary>The most that a packet takes longer; each draws evenly between the two. 0 to <see cref="MaxMicroseconds"/>.</summary>
    public int ExtraMaxMicroseconds { get; init; }

    /// <summary>So many of a million packets are held back, so that later ones overtake them. 0 to 1,000,000.</summary>
    public int ReorderPerMillion { get; init; }

    /// <summary>How long those are held back. 0 to <see cref="MaxMicroseconds"/>.</summary>
    public int ReorderMicroseconds { get; init; }

    /// <summary>Every problem, with field, value and bounds; empty if the rule can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Name.Length == 0) yield return "A link rule needs a name: it names its random numbers.";
        foreach (var (field, value, max) in new[]
        {
            (nameof(LossPerMillion), LossPerMillion, 1_000_000),
            (nameof(ReorderPerMillion), ReorderPerMillion, 1_000_000),
            (nameof(ReorderMicroseconds), ReorderMicroseconds, MaxMicroseconds),
            (nameof(ExtraMaxMicroseconds), ExtraMaxMicroseconds, MaxMicroseconds),
            (nameof(ExtraMinMicroseconds), ExtraMinMicroseconds, ExtraMaxMicroseconds),
        })
        {
            if (value < 0 || value > max) yield return $"Link rule {Name}: {field} is {value}, but must lie between 0 and {max}.";
        }
    }
}

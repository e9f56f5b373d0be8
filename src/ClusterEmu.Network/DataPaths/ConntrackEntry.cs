namespace ClusterEmu.Network;

/// <summary>A tracked connection whose addresses were translated.</summary>
/// <param name="original">As the first packet came.</param>
/// <param name="translated">As it went on.</param>
/// <param name="entry">The table's entry that decided; null if only the source was translated.</param>
/// <param name="endpoint">The endpoint it leads to; null if only the source was translated.</param>
public sealed class ConntrackEntry(Flow original, Flow translated, TableEntry? entry, TableEndpoint? endpoint)
{
    internal readonly Flow OriginalFlow = original;
    internal readonly Flow TranslatedFlow = translated;

    public Flow Original => OriginalFlow;
    public Flow Translated => TranslatedFlow;
    public TableEntry? Entry { get; } = entry;
    public TableEndpoint? Endpoint { get; } = endpoint;

    /// <summary>A packet came back.</summary>
    public bool Replied { get; internal set; }

    /// <summary>Microseconds; the entry is dead from then on.</summary>
    public long ExpiresAt { get; internal set; }

    /// <summary>The table under which a UDP entry was last found to lead to a living endpoint.</summary>
    internal TableRoot? CheckedAgainst { get; set; }

    /// <summary>The next one in its bucket of the index by original flow.</summary>
    internal ConntrackEntry? NextByOriginal;

    /// <summary>The next one in its bucket of the index by reply.</summary>
    internal ConntrackEntry? NextByReply;

    /// <summary>The queue that it waits in for its end, with its neighbours there.</summary>
    internal ConntrackQueue? Queue;
    internal ConntrackEntry? Sooner;
    internal ConntrackEntry? Later;
}

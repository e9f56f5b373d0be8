using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Answers DNS messages from the names that the process knows at that moment. Thread-safe.</summary>
/// <param name="feed">The names.</param>
public sealed class ZoneAnswers(ZoneFeed feed) : IDnsAnswers
{
    private readonly DnsMemo _memo = new();
    private long _count;

    public bool Ready => feed.Zone is not null;

    public ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> query, bool tcp)
    {
        // Without names yet, nothing is said, as by a server that is still starting: the asker tries again.
        if (feed.Zone is not { } zone) return default;
        var turn = (ulong)Interlocked.Increment(ref _count);
        if (tcp) return DnsServer.AnswerTcp(query.Span, zone, turn);
        if (_memo.Find(query.Span, zone) is { } known) return known;
        var answer = DnsServer.Answer(query.Span, zone, turn, out var turns);
        if (answer is not null && !turns) _memo.Add(query.Span, zone, answer);
        return answer;
    }
}

using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Remembers answers for as long as the names stay as they are, so that a question asked often costs a copy. Thread-safe.</summary>
internal sealed class DnsMemo
{
    /// <summary>So many questions are remembered; when there are more, all are forgotten.</summary>
    public const int MaxQuestions = 1024;

    private const int IdLength = 2;
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (byte[] Query, byte[] Answer)> _answers = [];
    private ClusterZone? _zone;

    /// <summary>An answer with the question's own number; null if it is not known.</summary>
    public byte[]? Find(ReadOnlySpan<byte> query, ClusterZone zone)
    {
        if (query.Length < DnsCodec.HeaderLength) return null;
        byte[] answer;
        lock (_lock)
        {
            if (!ReferenceEquals(zone, _zone) || !_answers.TryGetValue(HashOf(query), out var known)) return null;
            if (!query[IdLength..].SequenceEqual(known.Query.AsSpan(IdLength))) return null;
            answer = known.Answer;
        }

        var copy = answer.AsSpan().ToArray();
        query[..IdLength].CopyTo(copy);
        return copy;
    }

    public void Add(ReadOnlySpan<byte> query, ClusterZone zone, byte[] answer)
    {
        if (query.Length < DnsCodec.HeaderLength || answer.Length < DnsCodec.HeaderLength) return;
        lock (_lock)
        {
            if (!ReferenceEquals(zone, _zone) || _answers.Count >= MaxQuestions) _answers.Clear();
            _zone = zone;
            _answers[HashOf(query)] = (query.ToArray(), answer);
        }
    }

    private static ulong HashOf(ReadOnlySpan<byte> query)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var part in query[IdLength..]) hash = (hash ^ part) * 0x100000001B3;
        return hash;
    }
}

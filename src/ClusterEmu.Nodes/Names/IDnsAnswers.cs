namespace ClusterEmu.Nodes;

/// <summary>Answers DNS messages in wire format.</summary>
public interface IDnsAnswers
{
    /// <summary>Whether there are names to answer from.</summary>
    bool Ready { get; }

    /// <summary>The answer to a query; empty if it is too broken to answer.</summary>
    /// <param name="query">One message, without the length that TCP puts before it.</param>
    /// <param name="tcp">Over TCP nothing is truncated.</param>
    ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> query, bool tcp);
}

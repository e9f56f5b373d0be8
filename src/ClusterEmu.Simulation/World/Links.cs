using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>How long messages travel between sites. A site is a process (<c>nodes-1</c>, <c>control-plane</c>) or a node (<c>node-1</c>).</summary>
public sealed class Links(RandomStream random)
{
    private const int BaseMicroseconds = 100;
    private const int SpreadMicroseconds = 200;

    /// <summary>The time that the next packet takes, in microseconds; null: it is lost.</summary>
    public long? Travel(string from, string to)
    {
        _ = (from, to);
        return BaseMicroseconds + random.Next(SpreadMicroseconds);
    }
}

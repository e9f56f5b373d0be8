namespace ClusterEmu.Network;

/// <summary>The mutable state of one node's data path. Owned by one actor; made at first use, and bounded.</summary>
public sealed class DataPathState
{
    public DataPathState(int conntrackCapacity = 262_144, int affinityCapacity = 65_536)
    {
        Conntrack = new Conntrack(conntrackCapacity);
        Affinity = new AffinityTable(affinityCapacity);
    }

    public Conntrack Conntrack { get; }
    public AffinityTable Affinity { get; }
    public RoundRobin Turns { get; } = new();
}

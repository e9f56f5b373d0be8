namespace ClusterEmu.Network;

/// <summary>What happens to a packet. Numbered as the data path's actions: never renumber.</summary>
public enum DecisionKind : byte
{
    Forward = 1,
    Deliver = 2,
    Reject = 3,
    Drop = 4,
    Unreachable = 5,
}

/// <summary>Why the packet ended as it did.</summary>
public enum DecisionCause : byte
{
    /// <summary>It goes where its (translated) destination is.</summary>
    Routed,

    /// <summary>It belongs to a tracked UDP exchange.</summary>
    Tracked,

    /// <summary>It answers a tracked exchange: its addresses are turned back.</summary>
    TrackedReply,

    /// <summary>The Service has no endpoints at all.</summary>
    NoEndpoints,

    /// <summary>The policy is Local, and this node has no endpoint.</summary>
    NoLocalEndpoints,

    /// <summary>topologyKeys found no endpoint.</summary>
    NoTopologyMatch,

    /// <summary>loadBalancerSourceRanges does not let the sender in.</summary>
    SourceRefused,

    /// <summary>A ClusterIP that the table does not have, in a mode where nothing owns it.</summary>
    NoRule,

    /// <summary>ipvs: the address is on kube-ipvs0, but no virtual server has the port.</summary>
    NoVirtualServer,

    /// <summary>Nothing listens on that port.</summary>
    PortClosed,

    /// <summary>The address lies in this node's Pod range, but no Pod has it.</summary>
    NoSuchPod,

    /// <summary>It came over the wire, but is for somebody else.</summary>
    NotForThisNode,

    /// <summary>The conntrack table is full.</summary>
    ConntrackFull,

    /// <summary>All source ports that masquerading probed are taken.</summary>
    NoFreePort,
}

/// <summary>How the endpoint was chosen.</summary>
public enum ChoiceMethod : byte
{
    None,
    Random,
    Turn,
    Affinity,
    Tracked,
}

/// <summary>Why the source was translated to the node's address.</summary>
public enum MasqueradeCause : byte
{
    None,

    /// <summary>It came by NodePort, external or load balancer IP under policy Cluster.</summary>
    External,

    /// <summary>The node's own traffic to an external address that policy Local would not serve.</summary>
    FromNode,

    /// <summary>A ClusterIP asked for by somebody who is no Pod.</summary>
    OffCluster,

    /// <summary>A Pod reached itself through a Service.</summary>
    Hairpin,

    /// <summary>A Pod's packet leaves the Pod network.</summary>
    LeavesPodNetwork,
}

/// <summary>The answer of <see cref="DataPathPolicy"/>. <see cref="DecisionText"/> tells it in sentences.</summary>
/// <remarks>Filled in step by step by the policy, and by nobody else: as a value of many words it is not copied from step to step.</remarks>
public record struct Decision
{
    public DecisionKind Kind { get; internal set; }
    public DecisionCause Cause { get; internal set; }
    public PacketOrigin Origin { get; internal set; }
    public Flow Original { get; internal set; }

    /// <summary>Equal to <see cref="Original"/> where nothing was translated.</summary>
    public Flow Translated { get; internal set; }

    /// <summary>The table that decided.</summary>
    public long Revision { get; internal set; }

    /// <summary>The table's entry that matched; null if none did.</summary>
    public TableEntry? Entry { get; internal set; }
    public TableEndpoint? Endpoint { get; internal set; }
    public ChoiceMethod Choice { get; internal set; }

    /// <summary>How many endpoints there were to choose from.</summary>
    public int Candidates { get; internal set; }

    /// <summary>Place of the endpoint among them, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>The candidates were this node's own (policy Local).</summary>
    public bool LocalOnly { get; internal set; }
    public MasqueradeCause Masquerade { get; internal set; }
}

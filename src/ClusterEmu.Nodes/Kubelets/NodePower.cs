namespace ClusterEmu.Nodes;

/// <summary>Whether a machine has power; read by what runs on it when it stops.</summary>
public sealed class NodePower
{
    private volatile bool _off;

    /// <summary>Off: what stops now stops in silence, as if unplugged.</summary>
    public bool IsOff
    {
        get => _off;
        set => _off = value;
    }
}

/// <summary>Puts a node's data path on the network. The rim implements it.</summary>
public interface INodeSwitch
{
    void Connect(string node, IActorRef dataPath);

    /// <summary>From now on packets for the node are lost.</summary>
    void Disconnect(string node);

    /// <summary>The node lost its power: its connections hang, and no close of them is heard.</summary>
    void Cut(string node);

    /// <summary>It has power again, and resets what comes of its former connections.</summary>
    void Restore(string node);
}

using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>A place where a data path, or the edge's router, is plugged into the network; there over all its lives.</summary>
/// <param name="name">The site as links know it: the node, or <c>edge</c>.</param>
/// <param name="place">As traces name it.</param>
internal sealed class NetworkPort(string name, string place)
{
    public string Name => name;
    public string Place => place;

    /// <summary>The process that runs it; null while it is not plugged in.</summary>
    public INetworkSite? Site { get; private set; }

    /// <summary>What takes requests; null while it is not plugged in.</summary>
    public IActorRef? DataPath { get; private set; }

    /// <summary>Counts lives: what is plugged in again is not what it was.</summary>
    public int Life { get; private set; }

    public void Plug(INetworkSite site, IActorRef dataPath)
    {
        (Site, DataPath) = (site, dataPath);
        Life++;
    }

    public void Unplug()
    {
        (Site, DataPath) = (null, null);
        Life++;
    }
}

/// <summary>A process that takes part in the data bus.</summary>
internal interface INetworkSite
{
    /// <summary>Who has which address, as far as this process has learnt.</summary>
    FabricDirectory Directory { get; }
}

using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>A network as <see cref="FastRequest"/>s travel it. The live one is <see cref="FastNetwork"/>; a simulation has one in which ways take time and lose packets.</summary>
public interface IFastNetwork
{
    /// <summary>Sends a request. <paramref name="client"/> is told the very same object when it has its answer, whatever that is.</summary>
    void Send(FastRequest request, IActorRef client);

    /// <summary>For data paths and the edge: sends a request on that left there with these addresses.</summary>
    /// <param name="request">The request.</param>
    /// <param name="at">The node's name; empty for the edge.</param>
    /// <param name="translated">The addresses that it leaves with.</param>
    /// <param name="client">Told when it ends.</param>
    /// <param name="now">Microseconds, for hops.</param>
    void SendOn(FastRequest request, string at, in Flow translated, IActorRef client, long now);

    /// <summary>For data paths and the edge: the request has ended there, and goes back to its client.</summary>
    /// <param name="request">The request, answered or failed.</param>
    /// <param name="at">The node's name; empty for the edge.</param>
    /// <param name="client">Told.</param>
    /// <param name="from">Who tells it.</param>
    void Return(FastRequest request, string at, IActorRef client, IActorRef from);
}

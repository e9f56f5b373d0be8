using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

public enum NextHopKind : byte
{
    /// <summary>To the data path of <see cref="NextHop.Target"/>.</summary>
    Node = 1,

    /// <summary>Out of the cluster, to the edge process.</summary>
    Outside = 2,
    ControlPlane = 3,

    /// <summary>No router knows a way, and nobody says so.</summary>
    Lost = 4,
}

/// <summary>Where a packet goes that a data path let go on. Asked for every packet of both paths.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Target">The node; empty for outside.</param>
/// <param name="Origin">How the packet meets what is there.</param>
/// <param name="Flow">Its addresses there: the cloud's edge translates ExternalIPs.</param>
public readonly record struct NextHop(NextHopKind Kind, string Target, FlowOrigin Origin, Flow Flow)
{
    /// <summary>A packet passes at most so many machines, in all processes together: Linux sends with a TTL of 64.</summary>
    public const int Limit = 64;

    /// <summary>What is said of a packet whose hop limit ran out; Linux makes EHOSTUNREACH of it.</summary>
    public static string LoopText(in Flow flow, string at) =>
        $"The packet to {flow.Destination} passed {Limit} machines without arriving: a routing loop. ICMP time exceeded comes back. "
        + (at.Length == 0 ? "Look where its Service's endpoints lead." : $"Look at 'clusteremu node tables {at}'.");

    /// <param name="directory">Who has which address.</param>
    /// <param name="at">The node that the packet leaves; empty if it comes from outside.</param>
    /// <param name="flow">The addresses that it leaves with.</param>
    public static NextHop Of(FabricDirectory directory, string at, in Flow flow)
    {
        var destination = flow.Destination.Ip;
        var fromOutside = at.Length == 0;
        // The usual way, without a route's words.
        if (directory.FindOwner(destination) is { } owner && destination != directory.Plan.ControlPlane)
            return new NextHop(NextHopKind.Node, owner.Name, fromOutside ? FlowOrigin.Outside : FlowOrigin.Wire, flow);
        var route = directory.RouteTo(destination);
        return route.Kind switch
        {
            FabricRouteKind.ToNodeThroughEdge =>
                new NextHop(NextHopKind.Node, route.Node, FlowOrigin.Outside, flow with { Destination = flow.Destination with { Ip = route.Destination } }),
            FabricRouteKind.ToControlPlane => new NextHop(NextHopKind.ControlPlane, "", FlowOrigin.Wire, flow),
            FabricRouteKind.ToEdge when !fromOutside => new NextHop(NextHopKind.Outside, "", FlowOrigin.Outside, flow),
            _ => new NextHop(NextHopKind.Lost, "", FlowOrigin.Wire, flow),
        };
    }
}

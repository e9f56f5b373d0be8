using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>Where a packet goes that is outside the cluster.</summary>
public abstract record OutsideRoute
{
    private OutsideRoute() { } // No cases outside this file.

    /// <summary>Into the cluster: the cloud translates the ExternalIP one to one.</summary>
    public sealed record ToNode(EdgeNode Node) : OutsideRoute;

    /// <summary>To its InternalIP: a health check of the cloud's, which sits in the nodes' own network.</summary>
    public sealed record ToNodeInside(EdgeNode Node) : OutsideRoute;

    public sealed record ToLoadBalancer(EdgeService Service) : OutsideRoute;

    public sealed record ToHost(OutsideHost Host, OutsideAnswer Answer) : OutsideRoute;

    /// <summary>A host is there, but the port is closed.</summary>
    public sealed record Closed(OutsideHost Host, string Reason) : OutsideRoute;

    /// <summary>No router knows a way: the sender times out.</summary>
    public sealed record Nowhere(string Reason) : OutsideRoute;
}

/// <summary>The routers of the world outside. Pure.</summary>
public static class OutsideRoutes
{
    public static OutsideRoute Of(Flow flow, EdgeSnapshot cluster, IReadOnlyDictionary<Ip, OutsideHost> hosts, AddressPlan plan)
    {
        var ip = flow.Destination.Ip;
        if (cluster.NodeByExternalIP(ip) is { } node) return new OutsideRoute.ToNode(node);
        if (flow.Source.Ip == HealthTarget.Checker && cluster.NodeByInternalIP(ip) is { } inside) return new OutsideRoute.ToNodeInside(inside);
        if (cluster.ServiceByIngress(ip) is { } service) return new OutsideRoute.ToLoadBalancer(service);
        if (hosts.TryGetValue(ip, out var host))
        {
            if (flow.Protocol == IpProtocol.Tcp)
                foreach (var (port, answer) in host.Ports)
                    if (port == flow.Destination.Port) return new OutsideRoute.ToHost(host, answer);
            var open = string.Join(", ", host.Ports.Select(port => port.Port));
            return new OutsideRoute.Closed(host, $"{host.Name} ({ip}) listens on TCP {open}, not on {flow.Protocol.ToString().ToUpperInvariant()} {flow.Destination.Port}.");
        }
        if (plan.ServiceRange.Contains(ip))
            return new OutsideRoute.Nowhere($"{ip} exists only in the nodes' tables; no router outside knows it. From outside use a NodePort or a load balancer.");
        if (plan.PodRange.Contains(ip))
            return new OutsideRoute.Nowhere($"{ip} is a Pod's address; no router outside knows the Pods' network. From outside use a NodePort or a load balancer.");
        if (plan.NodeRange.Contains(ip))
            return new OutsideRoute.Nowhere($"{ip} is an InternalIP; outside, nodes are known by their ExternalIPs only. See 'clusteremu node list'.");
        if (plan.LoadBalancerRange.Contains(ip))
            return new OutsideRoute.Nowhere($"{ip} belongs to the load balancers' range, but no Service has it now.");
        return new OutsideRoute.Nowhere($"Nobody outside has the address {ip}. Hosts are declared in {OutsideHost.Key}.");
    }

    /// <summary>As traces name the host: by name, and by address where it has several.</summary>
    public static string OwnerOf(OutsideHost host, Ip address) =>
        host.Addresses.Count == 1 ? $"outside/{host.Name}" : $"outside/{host.Name}/{address}";
}

using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>Reads from Kubernetes objects what the edge must know. Pure.</summary>
public static class EdgeReader
{
    /// <summary>Source: k8s.io/api core/v1 LabelNodeExcludeBalancers.</summary>
    public const string ExcludeLabel = "node.kubernetes.io/exclude-from-external-load-balancers";

    /// <summary>Where the listeners on the host really are, if not where they should be: <c>wanted/protocol=actual</c>, comma-separated.</summary>
    public const string HostPortMapAnnotation = "clusteremu.io/host-port-map";

    /// <summary>Null for a node without an InternalIP: nothing can be sent to it yet.</summary>
    public static EdgeNode? Read(Node node)
    {
        Ip? internalIp = null, externalIp = null;
        foreach (var address in node.Status.Addresses)
        {
            if (!Ip.TryParse(address.Address, out var ip)) continue;
            if (address.Type == "InternalIP") internalIp ??= ip;
            if (address.Type == "ExternalIP") externalIp ??= ip;
        }
        var ready = node.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" });
        return internalIp is { } found
            ? new EdgeNode(node.Metadata.Name, found, externalIp, ready, node.Metadata.Labels.ContainsKey(ExcludeLabel))
            : null;
    }

    /// <summary>Null for a Service that cannot be reached from outside.</summary>
    public static EdgeService? Read(Service service)
    {
        var spec = service.Spec;
        if (spec.Type is not ("NodePort" or "LoadBalancer")) return null;
        var ingress = new List<Ip>();
        if (spec.Type == "LoadBalancer")
        {
            foreach (var point in service.Status.LoadBalancer.Ingress)
                if (Ip.TryParse(point.IP, out var ip)) ingress.Add(ip);
        }
        var ports = new List<EdgePort>();
        foreach (var port in spec.Ports)
            if (ProtocolOf(port.Protocol) is { } protocol) ports.Add(new EdgePort(port.Name, protocol, port.Port, port.NodePort));
        return new EdgeService(
            service.Metadata.Namespace, service.Metadata.Name, ingress, spec.ExternalTrafficPolicy == "Local",
            spec.SessionAffinity == "ClientIP", [.. ServiceCompiler.SourceRangesOf(service)], ports)
        {
            Uid = service.Metadata.Uid,
            // Another class is another cloud's; it gets checks only if it has an address of ours nonetheless.
            Balanced = spec.Type == "LoadBalancer" && string.IsNullOrEmpty(spec.LoadBalancerClass),
            HealthCheckNodePort = spec.HealthCheckNodePort,
            HostPortMap = service.Metadata.Annotations.GetValueOrDefault(HostPortMapAnnotation, ""),
        };
    }

    private static IpProtocol? ProtocolOf(string protocol) => protocol switch
    {
        "" or "TCP" => IpProtocol.Tcp,
        "UDP" => IpProtocol.Udp,
        _ => null, // SCTP does not leave the cluster.
    };
}

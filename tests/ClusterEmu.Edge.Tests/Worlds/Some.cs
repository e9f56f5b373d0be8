using System.Globalization;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

/// <summary>Short forms for tables of cases.</summary>
internal static class Some
{
    /// <summary>The healthCheckNodePort of Services with externalTrafficPolicy Local.</summary>
    public const int HealthPort = 32000;

    public static Ip Ip(string text) => Network.Ip.Parse(text);

    public static IpPort At(string text)
    {
        var colon = text.LastIndexOf(':');
        return new IpPort(Network.Ip.Parse(text[..colon]), int.Parse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }

    public static Flow Tcp(string from, string to) => new(IpProtocol.Tcp, At(from), At(to));

    /// <summary>A Service with port 80 on NodePort 30080 and load balancer 127.203.0.1.</summary>
    public static EdgeService Service(bool local = false, bool affinity = false, string ranges = "", int nodePort = 30080, string ingress = "127.203.0.1") => new(
        "default", "web", ingress.Length == 0 ? [] : [Ip(ingress)], local, affinity,
        [.. ranges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Cidr.Parse)], [new EdgePort("", IpProtocol.Tcp, 80, nodePort)])
    {
        HealthCheckNodePort = local ? HealthPort : 0,
    };

    /// <summary>
    /// Nodes node-1, node-2, … by one letter each: f forwards 30080, r rejects it, d drops it, o is off, s says nothing,
    /// n is not Ready, x is excluded (the last two forward). All that forward pass all health checks, r and d those of kube-proxy only.
    /// </summary>
    public static EdgeSnapshot Cluster(string nodes, params EdgeService[] services)
    {
        var health = new Dictionary<HealthTarget, HealthStatus>();
        var (list, states) = (new List<EdgeNode>(), new Dictionary<string, PortStatesFrame>(StringComparer.Ordinal));
        for (var i = 0; i < nodes.Length; i++)
        {
            var name = $"node-{i + 1}";
            list.Add(new EdgeNode(name, Ip($"172.18.0.{i + 2}"), Ip($"127.18.0.{i + 2}"), Ready: nodes[i] != 'n', Excluded: nodes[i] == 'x'));
            WirePort[] ports = nodes[i] switch
            {
                'f' or 'n' or 'x' => [new WirePort(IpProtocol.Tcp, 30080, WirePortAction.Forward)],
                'r' => [new WirePort(IpProtocol.Tcp, 30080, WirePortAction.Reject)],
                'd' => [new WirePort(IpProtocol.Tcp, 30080, WirePortAction.Drop)],
                _ => [],
            };
            var (proxy, local) = nodes[i] switch
            {
                's' => (null, null),
                'o' => (new HealthStatus(false, 0, "did not answer within 1 s"), new HealthStatus(false, 0, "did not answer within 1 s")),
                'r' or 'd' => (HealthStatus.Good, new HealthStatus(false, 503, "answered 503")),
                _ => (HealthStatus.Good, HealthStatus.Good),
            };
            if (proxy is not null) health[new HealthTarget(name, new IpPort(list[i].InternalIP, HealthTarget.ProxyPort))] = proxy;
            if (local is not null) health[new HealthTarget(name, new IpPort(list[i].InternalIP, HealthPort))] = local;
            if (nodes[i] != 's') states[name] = new PortStatesFrame(name, 1, nodes[i] != 'o', ports);
        }
        return new EdgeSnapshot(1, list, services, states, health);
    }
}

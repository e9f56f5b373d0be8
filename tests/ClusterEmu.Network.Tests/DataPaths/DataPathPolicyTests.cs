using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests;

public class DataPathPolicyTests
{
    /// <summary>Pods a (node-1), b (node-2), c (node-3) listen on 8080; every node has 172.18.0.(1+n).</summary>
    private sealed class Sockets(NodeFacts node) : ILocalSockets
    {
        public HashSet<IpPort> Open { get; } = [];

        public LocalSocket Look(IpProtocol protocol, IpPort address)
        {
            if (Open.Contains(address)) return LocalSocket.Listening;
            return node.IsOwn(address.Ip) || Open.Any(o => o.Ip == address.Ip) ? LocalSocket.Closed : LocalSocket.NoAddress;
        }
    }

    private static NodeFacts Node(int number = 1, ProxyMode mode = ProxyMode.Iptables) => new()
    {
        Name = $"node-{number}",
        Zone = number % 2 == 1 ? "zone-a" : "zone-b",
        Addresses = [Ip.Parse($"172.18.0.{number + 1}")],
        PodRanges = [Cidr.Parse($"172.17.{number - 1}.0/24")],
        ClusterPods = Cidr.Parse("172.17.0.0/16"),
        ServiceRange = Cidr.Parse("10.96.0.0/12"),
        Mode = mode,
    };

    private static TableRoot Root(Service service, string pods) => TableCompiler.CompileAll([service], [Some.Slice(pods)]);

    private static Service Exposed(string externalPolicy = "Cluster", string internalPolicy = "Cluster", params string[] ranges) =>
        Some.Service(type: "LoadBalancer").WithIngress("127.203.0.1").With(s => s with
        {
            Ports = [new ServicePort { Port = 80, NodePort = 30080 }],
            ExternalIPs = ["203.0.113.77"],
            ExternalTrafficPolicy = externalPolicy,
            InternalTrafficPolicy = internalPolicy,
            LoadBalancerSourceRanges = ranges,
        });

    private static Decision Decide(
        TableRoot root, NodeFacts node, string from, string to, PacketOrigin origin, DataPathState? state = null, long now = 0,
        IpProtocol protocol = IpProtocol.Tcp, ulong bits = 1)
    {
        var sockets = new Sockets(node);
        foreach (var pod in (string[])["a@1", "b@2", "c@3"]) sockets.Open.Add(Parse($"{Some.PodIp(pod)}:8080"));
        return DataPathPolicy.Decide(root, node, sockets, state ?? new DataPathState(), new Flow(protocol, Parse(from), Parse(to)), origin, bits, now);
    }

    private static IpPort Parse(string text) => new(Ip.Parse(text[..text.IndexOf(':')]), int.Parse(text[(text.IndexOf(':') + 1)..]));

    /// <summary>Such as <c>Deliver a</c>, <c>Forward b snat</c>, <c>Drop NoRule</c>.</summary>
    private static string Told(Decision decision)
    {
        var nat = decision.Translated.Source == decision.Original.Source ? "" : $" snat:{decision.Masquerade}";
        return decision.Kind is DecisionKind.Deliver or DecisionKind.Forward
            ? $"{decision.Kind} {decision.Endpoint?.Pod["default/".Length..] ?? decision.Translated.Destination.ToString()}{nat}"
            : $"{decision.Kind} {decision.Cause}";
    }

    private const PacketOrigin Pod = PacketOrigin.LocalPod, Host = PacketOrigin.LocalHost, Wire = PacketOrigin.Wire, Outside = PacketOrigin.Outside;

    [Theory] //  case                                          from                to                 origin  endpoints  outcome
    [InlineData("Pod to ClusterIP, endpoint elsewhere", "172.17.0.50:5", "10.96.45.123:80", Pod, "b@2", "Forward b")]
    [InlineData("Pod to ClusterIP, endpoint here", "172.17.0.50:5", "10.96.45.123:80", Pod, "a@1", "Deliver a")]
    [InlineData("Pod to itself through the Service", "172.17.0.10:5", "10.96.45.123:80", Pod, "a@1", "Deliver a snat:Hairpin")]
    [InlineData("node to ClusterIP", "172.18.0.2:5", "10.96.45.123:80", Host, "b@2", "Forward b")]
    [InlineData("stranger to ClusterIP over the wire", "198.51.100.1:5", "10.96.45.123:80", Wire, "b@2", "Forward b snat:OffCluster")]
    [InlineData("ClusterIP without endpoints", "172.17.0.50:5", "10.96.45.123:80", Pod, "", "Reject NoEndpoints")]
    [InlineData("ClusterIP with unready endpoints", "172.17.0.50:5", "10.96.45.123:80", Pod, "b@2!", "Reject NoEndpoints")]
    [InlineData("other port of the ClusterIP", "172.17.0.50:5", "10.96.45.123:81", Pod, "b@2", "Drop NoRule")]
    [InlineData("ClusterIP of nobody", "172.17.0.50:5", "10.96.9.9:80", Pod, "b@2", "Drop NoRule")]
    [InlineData("NodePort from outside", "192.0.2.1:5", "172.18.0.2:30080", Outside, "b@2", "Forward b snat:External")]
    [InlineData("NodePort from outside, endpoint here", "192.0.2.1:5", "172.18.0.2:30080", Outside, "a@1", "Deliver a snat:External")]
    [InlineData("NodePort without endpoints", "192.0.2.1:5", "172.18.0.2:30080", Outside, "", "Reject NoEndpoints")]
    [InlineData("NodePort from a Pod of this node", "172.17.0.50:5", "172.18.0.2:30080", Pod, "b@2", "Forward b snat:External")]
    [InlineData("NodePort of another node from a Pod", "172.17.0.50:5", "172.18.0.3:30080", Pod, "b@2", "Forward 172.18.0.3:30080 snat:LeavesPodNetwork")]
    [InlineData("NodePort from the node at 127.0.0.1", "127.0.0.1:5", "127.0.0.1:30080", Host, "b@2", "Forward b snat:External")]
    [InlineData("NodePort from the node itself", "172.18.0.2:5", "172.18.0.2:30080", Host, "b@2", "Forward b")]
    [InlineData("closed port of the node", "192.0.2.1:5", "172.18.0.2:30081", Outside, "b@2", "Reject PortClosed")]
    [InlineData("load balancer IP from a Pod", "172.17.0.50:5", "127.203.0.1:80", Pod, "b@2", "Forward b snat:External")]
    [InlineData("load balancer IP from outside", "192.0.2.1:5", "127.203.0.1:80", Outside, "b@2", "Forward b snat:External")]
    [InlineData("load balancer IP, no endpoints, from a Pod", "172.17.0.50:5", "127.203.0.1:80", Pod, "", "Reject NoEndpoints")]
    [InlineData("load balancer IP, no endpoints, from the node: goes out", "172.18.0.2:5", "127.203.0.1:80", Host, "", "Forward 127.203.0.1:80")]
    [InlineData("external IP from a Pod", "172.17.0.50:5", "203.0.113.77:80", Pod, "b@2", "Forward b snat:External")]
    [InlineData("external IP, other port, goes out", "172.17.0.50:5", "203.0.113.77:81", Pod, "b@2", "Forward 203.0.113.77:81 snat:LeavesPodNetwork")]
    [InlineData("Pod to Pod of this node", "172.17.0.50:5", "172.17.0.10:8080", Pod, "", "Deliver 172.17.0.10:8080")]
    [InlineData("Pod to Pod elsewhere", "172.17.0.50:5", "172.17.1.11:8080", Pod, "", "Forward 172.17.1.11:8080")]
    [InlineData("Pod to a closed port", "172.17.0.50:5", "172.17.0.10:9", Pod, "", "Reject PortClosed")]
    [InlineData("Pod to no Pod", "172.17.0.50:5", "172.17.0.99:80", Pod, "", "Unreachable NoSuchPod")]
    [InlineData("Pod to the world", "172.17.0.50:5", "203.0.113.10:443", Pod, "", "Forward 203.0.113.10:443 snat:LeavesPodNetwork")]
    [InlineData("node to the world", "172.18.0.2:5", "203.0.113.10:443", Host, "", "Forward 203.0.113.10:443")]
    [InlineData("from another node to a Pod here", "172.17.1.9:5", "172.17.0.10:8080", Wire, "", "Deliver 172.17.0.10:8080")]
    [InlineData("from another node to a Pod that is not here", "172.17.1.9:5", "172.17.7.1:8080", Wire, "", "Unreachable NotForThisNode")]
    public void Iptables_PolicyCluster(string because, string from, string to, PacketOrigin origin, string pods, string outcome)
    {
        var told = Told(Decide(Root(Exposed(), pods), Node(), from, to, origin));
        Assert.True(outcome == told, $"{because}: {told}");
    }

    [Theory] //  case                                     from             to                   origin  endpoints  outcome
    [InlineData("from outside, endpoint here: source kept", "192.0.2.1:5", "172.18.0.2:30080", Outside, "a@1 b@2", "Deliver a")]
    [InlineData("from outside, none here", "192.0.2.1:5", "172.18.0.2:30080", Outside, "b@2", "Drop NoLocalEndpoints")]
    [InlineData("from outside, none anywhere", "192.0.2.1:5", "172.18.0.2:30080", Outside, "", "Reject NoEndpoints")]
    [InlineData("from outside, own one serves while terminating", "192.0.2.1:5", "172.18.0.2:30080", Outside, "a@1~ b@2", "Deliver a")]
    [InlineData("load balancer IP from outside, none here", "192.0.2.1:5", "127.203.0.1:80", Outside, "b@2", "Drop NoLocalEndpoints")]
    [InlineData("load balancer IP from a Pod: short circuit", "172.17.0.50:5", "127.203.0.1:80", Pod, "b@2", "Forward b")]
    [InlineData("NodePort from a Pod: short circuit", "172.17.0.50:5", "172.18.0.2:30080", Pod, "b@2", "Forward b")]
    [InlineData("NodePort from the node: short circuit", "127.0.0.1:5", "127.0.0.1:30080", Host, "b@2", "Forward b snat:FromNode")]
    [InlineData("ClusterIP does not mind", "172.17.0.50:5", "10.96.45.123:80", Pod, "b@2", "Forward b")]
    public void Iptables_ExternalPolicyLocal(string because, string from, string to, PacketOrigin origin, string pods, string outcome)
    {
        var told = Told(Decide(Root(Exposed("Local"), pods), Node(), from, to, origin));
        Assert.True(outcome == told, $"{because}: {told}");
    }

    [Theory] //  mode              endpoints  outcome
    [InlineData(ProxyMode.Iptables, "a@1 b@2", "Deliver a")]
    [InlineData(ProxyMode.Iptables, "b@2", "Drop NoLocalEndpoints")]
    [InlineData(ProxyMode.Iptables, "", "Reject NoEndpoints")]
    [InlineData(ProxyMode.Ipvs, "a@1 b@2", "Deliver a")]
    [InlineData(ProxyMode.Ipvs, "b@2", "Reject NoLocalEndpoints")]
    public void InternalPolicyLocal(ProxyMode mode, string pods, string outcome)
    {
        var service = Some.Service().With(s => s with { InternalTrafficPolicy = "Local" });
        Assert.Equal(outcome, Told(Decide(Root(service, pods), Node(mode: mode), "172.17.0.50:5", "10.96.45.123:80", Pod)));
    }

    [Theory] //  case                              from                to                  origin   outcome
    [InlineData("in the ranges", "192.0.2.1:5", "127.203.0.1:80", Outside, "Forward b snat:External")]
    [InlineData("not in the ranges", "198.51.100.9:5", "127.203.0.1:80", Outside, "Drop SourceRefused")]
    [InlineData("a Pod counts too", "172.17.0.50:5", "127.203.0.1:80", Pod, "Drop SourceRefused")]
    [InlineData("NodePorts do not mind", "198.51.100.9:5", "172.18.0.2:30080", Outside, "Forward b snat:External")]
    public void SourceRanges_GuardTheLoadBalancerIp(string because, string from, string to, PacketOrigin origin, string outcome)
    {
        var told = Told(Decide(Root(Exposed("Cluster", "Cluster", "192.0.2.0/24"), "b@2"), Node(), from, to, origin));
        Assert.True(outcome == told, $"{because}: {told}");
    }

    [Theory] //  case                                     from             to                   origin   endpoints  policy     outcome
    [InlineData("other port of the ClusterIP", "172.17.0.50:5", "10.96.45.123:81", Pod, "b@2", "Cluster", "Reject NoVirtualServer")]
    [InlineData("ClusterIP of nobody", "172.17.0.50:5", "10.96.9.9:80", Pod, "b@2", "Cluster", "Drop NoRule")]
    [InlineData("no endpoints", "172.17.0.50:5", "10.96.45.123:80", Pod, "", "Cluster", "Reject NoEndpoints")]
    [InlineData("NodePort from outside", "192.0.2.1:5", "172.18.0.2:30080", Outside, "b@2", "Cluster", "Forward b snat:External")]
    [InlineData("Local from outside, here", "192.0.2.1:5", "172.18.0.2:30080", Outside, "a@1 b@2", "Local", "Deliver a")]
    [InlineData("Local from outside, not here", "192.0.2.1:5", "172.18.0.2:30080", Outside, "b@2", "Local", "Drop NoLocalEndpoints")]
    [InlineData("Local from a Pod, not here", "172.17.0.50:5", "127.203.0.1:80", Pod, "b@2", "Local", "Forward b")]
    [InlineData("Local from a Pod, here: no short circuit", "172.17.0.50:5", "127.203.0.1:80", Pod, "a@1 b@2", "Local", "Deliver a")]
    [InlineData("no NodePort at 127.0.0.1", "127.0.0.1:5", "127.0.0.1:30080", Host, "b@2", "Cluster", "Reject PortClosed")]
    public void Ipvs_WhereItDiffers(string because, string from, string to, PacketOrigin origin, string pods, string policy, string outcome)
    {
        var told = Told(Decide(Root(Exposed(policy), pods), Node(mode: ProxyMode.Ipvs), from, to, origin));
        Assert.True(outcome == told, $"{because}: {told}");
    }

    [Fact]
    public void Udp_StaysWithItsEndpoint_UntilThatGoes()
    {
        var compiler = new TableCompiler();
        compiler.SetService(Some.Service().With(s => s with { Ports = [new ServicePort { Port = 53, Protocol = "UDP" }] }), "1");
        var both = compiler.SetSlice(Udp("a@1 b@2"), "2");
        var (node, state) = (Node(mode: ProxyMode.Ipvs), new DataPathState());
        Assert.Equal("Deliver a", Ask(both, 0));
        Assert.Equal("Deliver a", Ask(both, 29_000_000));
        Assert.Equal("Deliver a", Ask(compiler.SetSlice(Udp("a@1 b@2 c@3"), "3"), 40_000_000));
        Assert.Equal("Forward b", Ask(compiler.SetSlice(Udp("b@2"), "4"), 50_000_000));
        Assert.Equal("Forward b", Ask(compiler.Root, 79_000_000));
        Assert.Equal("Deliver a", Ask(compiler.SetSlice(Udp("a@1 b@2"), "5"), 110_000_000)); // 31 s of silence: it ends, and the turn goes on.

        string Ask(TableRoot root, long now) =>
            Told(Decide(root, node, "172.17.0.50:777", "10.96.45.123:53", Pod, state, now, IpProtocol.Udp));
        static EndpointSlice Udp(string pods) => Some.Slice(pods) is var slice
            ? slice with { Ports = [.. slice.Ports.Select(p => p with { Protocol = "UDP" })] } : null!;
    }

    [Fact]
    public void Answers_AreTurnedBack()
    {
        var state = new DataPathState();
        var node = Node();
        var there = Decide(Root(Exposed(), "b@2"), node, "192.0.2.1:5", "172.18.0.2:30080", Outside, state);
        var back = DataPathPolicy.Decide(Root(Exposed(), "b@2"), node, new Sockets(node), state, there.Translated.Reversed, Wire, 1, 1);
        Assert.Equal((DecisionKind.Forward, DecisionCause.TrackedReply), (back.Kind, back.Cause));
        Assert.Equal(there.Original.Reversed, back.Translated);
        Assert.Equal(1, state.Conntrack.Count);
        state.Conntrack.Close(there.Original);
        Assert.Equal(0, state.Conntrack.Count);
    }

    [Fact]
    public void Conntrack_ThatIsFull_Drops_UntilSomethingDies()
    {
        var state = new DataPathState(conntrackCapacity: 1);
        var root = Root(Some.Service(), "b@2");
        Assert.Equal("Forward b", Told(Decide(root, Node(), "172.17.0.50:1", "10.96.45.123:80", Pod, state)));
        Assert.Equal("Drop ConntrackFull", Told(Decide(root, Node(), "172.17.0.50:2", "10.96.45.123:80", Pod, state, now: 1)));
        Assert.Equal("Forward b", Told(Decide(root, Node(), "172.17.0.50:3", "10.96.45.123:80", Pod, state, now: Conntrack.TcpEstablishedMicroseconds)));
    }

    [Fact]
    public void Masquerading_NeverUsesOnePortTwiceTowardsOneServer()
    {
        var state = new DataPathState();
        var root = Root(Exposed(), "b@2");
        // Equal random bits on purpose: every packet begins its search at the same port.
        var decisions = Enumerable.Range(1, 130).Select(i => Decide(root, Node(), $"192.0.2.1:{i}", "172.18.0.2:30080", Outside, state, bits: 7)).ToList();
        var served = decisions.Where(d => d.Kind == DecisionKind.Forward).ToList();
        Assert.Equal(128, served.Select(d => d.Translated.Source.Port).Distinct().Count());
        Assert.Equal(128, served.Count);
        Assert.All(decisions.Skip(128), d => Assert.Equal("Drop NoFreePort", Told(d)));
    }

    [Theory]
    [InlineData(ProxyMode.Iptables)]
    [InlineData(ProxyMode.Ipvs)]
    public void Affinity_HoldsForItsTime(ProxyMode mode)
    {
        var service = Some.Service().With(s => s with
        {
            SessionAffinity = "ClientIP",
            SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 10 } },
        });
        var (state, root, node) = (new DataPathState(), Root(service, "a@1 b@2 c@3"), Node(mode: mode));
        var first = Ask(0, root);
        for (var i = 1; i <= 50; i++) Assert.Equal(first, Ask(i * 9_000_000L, root)); // Each use starts the time anew.
        var seen = Enumerable.Range(0, 40).Select(i => Ask((1000 + (i * 20)) * 1_000_000L, root)).Distinct().Count();
        Assert.Equal(3, seen);
        var without = Root(service, string.Join(' ', ((string[])["a@1", "b@2", "c@3"]).Where(p => p[..1] != Ask(5_000_000_000, root))));
        Assert.NotEqual(Ask(5_000_000_001, root), Ask(5_000_000_002, without));

        string Ask(long now, TableRoot table) => Decide(table, node, $"172.17.0.50:{1 + (now % 60_000)}", "10.96.45.123:80", Pod, state, now,
            bits: (ulong)now * 0x9E3779B97F4A7C15).Endpoint!.Pod["default/".Length..];
    }

    [Fact]
    public void Ipvs_ServesInTurn_Exactly()
    {
        Assert.Equal([1000, 1000, 1000], Spread(ProxyMode.Ipvs, 3000, seed: 0));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(20UL)]
    [InlineData(0xFFFF_FFFF_FFFFUL)]
    public void Iptables_ServesAtRandom_Evenly(ulong seed)
    {
        var spread = Spread(ProxyMode.Iptables, 3000, seed);
        var chiSquare = spread.Sum(n => (n - 1000.0) * (n - 1000.0) / 1000.0);
        // Two degrees of freedom: p = exp(-x/2), so p > 1e-6 means x < 27.6.
        Assert.True(chiSquare < 27.63, $"seed {seed}: {string.Join(' ', spread)}, chi-square {chiSquare}");
        Assert.NotEqual([1000, 1000, 1000], spread);
    }

    private static int[] Spread(ProxyMode mode, int connections, ulong seed)
    {
        var (state, root, node, counts) = (new DataPathState(), Root(Some.Service(), "a@1 b@2 c@3"), Node(mode: mode), new int[3]);
        for (var i = 0; i < connections; i++)
        {
            seed += 0x9E3779B97F4A7C15;
            var decision = Decide(root, node, $"172.17.0.50:{1024 + i}", "10.96.45.123:80", Pod, state, bits: StableHash.Mix(seed));
            counts[decision.Endpoint!.Pod[^1] - 'a']++;
            state.Conntrack.Close(decision.Original);
        }
        return counts;
    }
}

using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation.Tests;

public sealed class EndpointRulesTests
{
    private static readonly IpPort Web = At("10.96.1.1:80");
    private static readonly IpPort PodClient = At("172.17.0.9:4000");
    private static readonly IpPort Outside = At("192.0.2.1:4000");

    [Theory]
    [InlineData("172.17.0.1:8080", EndpointStanding.Allowed)]
    [InlineData("172.17.1.1:8080", EndpointStanding.Allowed)]
    [InlineData("172.17.1.2:8080", EndpointStanding.NotUsable)] // Not ready.
    [InlineData("172.17.1.3:8080", EndpointStanding.NotUsable)] // Terminates while others are ready.
    [InlineData("172.17.1.4:8080", EndpointStanding.Removed)]
    [InlineData("172.17.2.1:9090", EndpointStanding.AnotherService)]
    public void AChoiceForAClusterIP_IsJudgedByReadinessAndMembership(string chosen, EndpointStanding expected) =>
        Assert.Equal(expected, Judge(Tables(), Web, PodClient, chosen));

    [Fact]
    public void PublishNotReadyAddresses_MakesTheEndpointReadyInItsSlice_AndSoAllowed()
    {
        // The EndpointSlice controller writes ready: true for them; a node sees nothing else.
        var root = Tables(slice: Slice("web", Endpoint("172.17.1.2", "node-2", ready: true)));
        Assert.Equal(EndpointStanding.Allowed, Judge(root, Web, PodClient, "172.17.1.2:8080"));
    }

    [Fact]
    public void ServingTerminatingEndpoints_StandIn_WhereNoneIsReady()
    {
        var root = Tables(slice: Slice("web", Endpoint("172.17.1.3", "node-2", ready: false, serving: true, terminating: true), Endpoint("172.17.1.2", "node-2", ready: false)));
        Assert.Equal(EndpointStanding.Allowed, Judge(root, Web, PodClient, "172.17.1.3:8080"));
        Assert.Equal(EndpointStanding.NotUsable, Judge(root, Web, PodClient, "172.17.1.2:8080"));
    }

    [Theory]
    [InlineData("172.18.0.2:30080", "192.0.2.1:4000", "172.17.0.1:8080", EndpointStanding.Allowed)] // Its own.
    [InlineData("172.18.0.2:30080", "192.0.2.1:4000", "172.17.1.1:8080", EndpointStanding.NotLocal)]
    [InlineData("172.18.0.2:30080", "172.17.0.9:4000", "172.17.1.1:8080", EndpointStanding.Allowed)] // Pods are short-circuited.
    [InlineData("172.18.0.2:30080", "172.18.0.2:4000", "172.17.1.1:8080", EndpointStanding.Allowed)] // The node itself, too.
    [InlineData("10.96.1.1:80", "192.0.2.1:4000", "172.17.1.1:8080", EndpointStanding.Allowed)] // The policy is about external traffic only.
    public void ExternalTrafficPolicyLocal_KeepsOutsideClientsOnTheNode(string to, string from, string chosen, EndpointStanding expected) =>
        Assert.Equal(expected, Judge(Tables(service => service with { Spec = service.Spec with { ExternalTrafficPolicy = "Local" } }), At(to), At(from), chosen));

    [Fact]
    public void InternalTrafficPolicyLocal_KeepsPodsOnTheNode_ButIpvsLetsOthersStandIn()
    {
        Func<Service, Service> local = service => service with { Spec = service.Spec with { InternalTrafficPolicy = "Local" } };
        Assert.Equal(EndpointStanding.NotLocal, Judge(Tables(local), Web, PodClient, "172.17.1.1:8080"));
        Assert.Equal(EndpointStanding.NotLocal, Judge(Tables(local), Web, PodClient, "172.17.1.1:8080", ProxyMode.Ipvs));
        var elsewhere = Tables(local, Slice("web", Endpoint("172.17.1.1", "node-2", ready: true)));
        Assert.Equal(EndpointStanding.NotLocal, Judge(elsewhere, Web, PodClient, "172.17.1.1:8080"));
        Assert.Equal(EndpointStanding.Allowed, Judge(elsewhere, Web, PodClient, "172.17.1.1:8080", ProxyMode.Ipvs));
    }

    [Fact]
    public void ANode_MayTurnAway_OnlyWhereNobodyCanServe()
    {
        var flow = new Flow(IpProtocol.Tcp, Outside, At("172.18.0.2:30080"));
        Assert.False(EndpointRules.MayRefuse(Tables(), Node(), flow));
        Assert.True(EndpointRules.MayRefuse(Tables(slice: Slice("web")), Node(), flow));
        Assert.True(EndpointRules.MayRefuse(TableRoot.Empty, Node(), flow));
        var elsewhere = Tables(service => service with { Spec = service.Spec with { ExternalTrafficPolicy = "Local" } }, Slice("web", Endpoint("172.17.1.1", "node-2", ready: true)));
        Assert.True(EndpointRules.MayRefuse(elsewhere, Node(), flow));
    }

    [Fact]
    public void ADecision_IsRight_IfOneOfTheTablesThatMayBeInForceAllowsIt()
    {
        var (old, now) = (Tables(), Tables(slice: Slice("web", Endpoint("172.17.0.1", "node-1", ready: true))));
        var decision = Decision("172.17.1.1:8080");
        Assert.Null(NewConnections.Broken(decision, Span(old, now)));
        Assert.Equal("removed-endpoints", NewConnections.Broken(decision, Span(now)));
        Assert.Equal("own-endpoints", NewConnections.Broken(Decision("172.17.2.1:9090"), Span(old, now)));
        Assert.Equal("refused-with-endpoints", NewConnections.Broken(Decision(null), Span(old, now)));
        Assert.Null(NewConnections.Broken(Decision(null), Span(TableRoot.Empty, now)));
        var local = Tables(service => service with { Spec = service.Spec with { InternalTrafficPolicy = "Local" } });
        Assert.Equal("traffic-policy", NewConnections.Broken(decision, Span(local)));
        Assert.Equal("traffic-policy", NewConnections.Broken(decision, local));
        Assert.Null(NewConnections.Broken(decision, old));
        Assert.Equal("refused-with-endpoints", NewConnections.Broken(Decision(null), old));
        Assert.Null(NewConnections.Broken(Decision(null), TableRoot.Empty));
    }

    [Fact]
    public void OnlyALiveUdpExchange_IsExemptFromTheTable()
    {
        Assert.True(NewConnections.IsExempt(Decision("172.17.1.4:8080", ChoiceMethod.Tracked, IpProtocol.Udp)));
        Assert.False(NewConnections.IsExempt(Decision("172.17.1.4:8080", ChoiceMethod.Random, IpProtocol.Udp)));
        Assert.False(NewConnections.IsExempt(Decision("172.17.1.4:8080", ChoiceMethod.Tracked)));
    }

    [Fact]
    public void AHistory_GivesEveryTableThatWasTheNewestWithinASpan()
    {
        var history = new TableHistory(1000);
        TableRoot[] roots = [.. Enumerable.Range(1, 4).Select(number => TableRoot.Empty with { Revision = number })];
        foreach (var (root, at) in roots.Zip([100L, 200, 300, 900])) history.Add(at, root);
        Assert.Equal([2, 1], Revisions(history.Within(150, 250)));
        Assert.Equal([2], Revisions(history.Within(200, 299)));
        Assert.Equal([1, 0], Revisions(history.Within(50, 150)));
        Assert.Equal([4, 3, 2, 1], Revisions(history.Within(100, 9000)));
        history.Add(2500, TableRoot.Empty with { Revision = 5 });
        Assert.Equal([5, 4], Revisions(history.Within(0, 9000))); // The others were replaced more than 1000 before.
    }

    [Fact]
    public void AHistory_KeepsWhatWasReplacedInTheSameMoment()
    {
        var history = new TableHistory(1000);
        TableRoot[] roots = [.. Enumerable.Range(1, 3).Select(number => TableRoot.Empty with { Revision = number })];
        foreach (var (root, at) in roots.Zip([100L, 200, 200])) history.Add(at, root);
        history.Add(200, roots[2]); // Nothing changed.
        Assert.Equal([3, 2, 1], Revisions(history.Within(150, 250)));
        Assert.Equal([3], Revisions(history.Within(200, 250)));
    }

    private static IpPort At(string text) => new(Ip.Parse(text.Split(':')[0]), int.Parse(text.Split(':')[1], CultureInfo.InvariantCulture));

    private static TableSpan Span(params TableRoot[] oldestFirst)
    {
        var history = new TableHistory(1000);
        for (var i = 0; i < oldestFirst.Length; i++) history.Add(i, oldestFirst[i]);
        return history.Within(0, oldestFirst.Length);
    }

    private static List<long> Revisions(TableSpan span)
    {
        var revisions = new List<long>();
        foreach (var table in span) revisions.Add(table.Revision);
        return revisions;
    }

    private static NodeDecision Decision(string? chosen, ChoiceMethod method = ChoiceMethod.Random, IpProtocol protocol = IpProtocol.Tcp) =>
        new(null!, "node-1", Node(), 0, new Flow(protocol, PodClient, Web), Tables(), chosen is null ? null : At(chosen), method, DecisionCause.Routed);

    private static EndpointStanding Judge(TableRoot root, IpPort to, IpPort from, string chosen, ProxyMode mode = ProxyMode.Iptables) =>
        EndpointRules.Judge(root, Node(mode), new Flow(IpProtocol.Tcp, from, to), At(chosen));

    private static NodeFacts Node(ProxyMode mode = ProxyMode.Iptables) => new()
    {
        Name = "node-1",
        Zone = "zone-a",
        Addresses = [Ip.Parse("172.18.0.2")],
        PodRanges = [Cidr.Parse("172.17.0.0/24")],
        ClusterPods = Cidr.Parse("172.17.0.0/16"),
        ServiceRange = Cidr.Parse("10.96.0.0/12"),
        Mode = mode,
    };

    private static TableRoot Tables(Func<Service, Service>? change = null, EndpointSlice? slice = null)
    {
        var web = new Service
        {
            Metadata = new ObjectMeta { Name = "web", Namespace = "default" },
            Spec = new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.1.1", ClusterIPs = ["10.96.1.1"], Ports = [new ServicePort { Port = 80, NodePort = 30080 }] },
        };
        var other = new Service
        {
            Metadata = new ObjectMeta { Name = "other", Namespace = "default" },
            Spec = new ServiceSpec { Type = "ClusterIP", ClusterIP = "10.96.1.2", ClusterIPs = ["10.96.1.2"], Ports = [new ServicePort { Port = 80 }] },
        };
        slice ??= Slice("web",
            Endpoint("172.17.0.1", "node-1", ready: true),
            Endpoint("172.17.1.1", "node-2", ready: true),
            Endpoint("172.17.1.2", "node-2", ready: false),
            Endpoint("172.17.1.3", "node-2", ready: false, serving: true, terminating: true));
        return TableCompiler.CompileAll([change?.Invoke(web) ?? web, other], [slice, Slice("other", 9090, Endpoint("172.17.2.1", "node-3", ready: true))]);
    }

    private static EndpointSlice Slice(string service, params Endpoint[] endpoints) => Slice(service, 8080, endpoints);

    private static EndpointSlice Slice(string service, int port, params Endpoint[] endpoints) => new()
    {
        Metadata = new ObjectMeta { Name = $"{service}-1", Namespace = "default", Labels = new Dictionary<string, string> { [ServiceCompiler.ServiceNameLabel] = service } },
        AddressType = "IPv4",
        Endpoints = endpoints,
        Ports = [new EndpointSlicePort { Name = "", Port = port, Protocol = "TCP" }],
    };

    private static Endpoint Endpoint(string ip, string node, bool ready, bool? serving = null, bool terminating = false) => new()
    {
        Addresses = [ip],
        NodeName = node,
        Conditions = new EndpointConditions { Ready = ready, Serving = serving ?? ready, Terminating = terminating },
    };
}

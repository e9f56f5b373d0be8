using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests;

public class DecisionTextTests
{
    private sealed class NoSockets : ILocalSockets
    {
        public LocalSocket Look(IpProtocol protocol, IpPort address) => LocalSocket.Closed;
    }

    private static readonly NodeFacts Node = new()
    {
        Name = "node-1",
        Zone = "zone-a",
        Addresses = [Ip.Parse("172.18.0.2")],
        PodRanges = [Cidr.Parse("172.17.0.0/24")],
        ClusterPods = Cidr.Parse("172.17.0.0/16"),
        ServiceRange = Cidr.Parse("10.96.0.0/12"),
        Mode = ProxyMode.Iptables,
    };

    private static Decision Decide(NodeFacts node, string pods, string from, string to, int port, PacketOrigin origin)
    {
        var service = Some.Service(type: "NodePort").With(s => s with { Ports = [new ServicePort { Port = 80, NodePort = 30080 }] });
        var root = TableCompiler.CompileAll([service], [Some.Slice(pods)]);
        return DataPathPolicy.Decide(root, node, new NoSockets(), new DataPathState(),
            new Flow(IpProtocol.Tcp, new IpPort(Ip.Parse(from), 40000), new IpPort(Ip.Parse(to), port)), origin, 3, 0);
    }

    [Fact]
    public void Hops_NameTheChains()
    {
        var hops = DecisionText.Hops(Decide(Node, "b@2 c@3", "192.0.2.1", "172.18.0.2", 30080, PacketOrigin.Outside), Node);
        Assert.Equal(["dnat", "snat", "forward"], hops.Select(h => h.What));
        Assert.All(hops, h => Assert.Equal(("node/node-1", 2L), (h.At, h.TableRevision)));
        Assert.Matches(@"^NodePort 30080 of default/web, from 192\.0\.2\.1:40000\. KUBE-NODEPORTS -> KUBE-EXT-\w{16} -> KUBE-SVC-\w{16} -> KUBE-SEP-\w{16} \(rule ", hops[0].Detail);
        Assert.Contains("KUBE-MARK-MASQ", hops[1].Detail);
        Assert.Contains("on to node-", hops[2].Detail);
    }

    [Fact]
    public void Hops_NameTheVirtualServer()
    {
        var node = Node with { Mode = ProxyMode.Ipvs };
        var hops = DecisionText.Hops(Decide(node, "b@2 c@3", "172.17.0.9", "10.96.45.123", 80, PacketOrigin.LocalPod), node);
        Assert.Equal("ClusterIP 10.96.45.123:80 of default/web, from 172.17.0.9:40000. ipvs: virtual server TCP 10.96.45.123:80 rr -> "
            + "172.17.1.11:8080 (pod default/b on node-2) (turn 1 of 2).", hops[0].Detail);
    }

    [Theory] //  endpoints  to             port  sentence
    [InlineData("", "10.96.45.123", 80, "ClusterIP 10.96.45.123:80 of default/web has no endpoints: no Pod matches its selector")]
    [InlineData("b@2!", "10.96.45.123", 80, "1 listed, none of them ready (172.17.1.11:8080 (pod default/b on node-2))")]
    [InlineData("a@1", "10.96.45.123", 80, "Nothing listens on TCP 172.17.0.10:8080 of pod default/a: connection refused. Compare the targetPort of default/web")]
    [InlineData("a@1", "10.96.45.124", 80, "10.96.45.124:80 (TCP) is a Service address, but no rule of node-1, table 2 has that address and port")]
    public void Reason_SaysWhyAndWhatToDo(string pods, string to, int port, string sentence)
    {
        var decision = Decide(Node, pods, "172.17.0.9", to, port, PacketOrigin.LocalPod);
        Assert.Contains(sentence, DecisionText.Reason(decision, Node));
        Assert.Contains(sentence, DecisionText.Hops(decision, Node)[^1].Detail);
    }

    [Fact]
    public void Reason_IsEmpty_WhereThePacketGoesOn() =>
        Assert.Equal("", DecisionText.Reason(Decide(Node, "b@2", "172.17.0.9", "10.96.45.123", 80, PacketOrigin.LocalPod), Node));
}

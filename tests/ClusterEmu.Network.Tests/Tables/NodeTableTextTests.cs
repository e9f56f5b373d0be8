using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests;

public class NodeTableTextTests
{
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

    private static NodeTableView View(string pods, string policy = "Cluster", ProxyMode mode = ProxyMode.Iptables, string? only = null)
    {
        var service = Some.Service(type: "NodePort").With(s => s with
        {
            Ports = [new ServicePort { Port = 80, NodePort = 30080 }],
            ExternalTrafficPolicy = policy,
        });
        var root = TableCompiler.CompileAll([service, Some.Service("none", "None")], [Some.Slice(pods)]);
        return NodeTableReader.Read(root, Node with { Mode = mode }, root.Revision + 1, TimeSpan.FromSeconds(3.21), TimeSpan.FromSeconds(2), only is null ? null : ObjectName.Parse(only));
    }

    [Fact]
    public void Text_ReadsLikeIptables()
    {
        var chains = ChainNames.Of("default/web", IpProtocol.Tcp);
        string Sep(string ip) => chains.EndpointOf(new IpPort(Ip.Parse(ip), 8080));
        Assert.Equal(
            $"""
            # Routing table of node-1, mode iptables: revision 3 (revision 4 has been waiting for 2.0 s), in force for 3.2 s.
            # From Services up to resourceVersion 1, EndpointSlices up to 1.

            default/web TCP
              ClusterIP      10.96.45.123:80  KUBE-SERVICES -> {chains.Cluster}
              NodePort       *:30080          KUBE-NODEPORTS -> {chains.External} -> {chains.Cluster}
              ClusterIP, NodePort ->
                0.50000000000  {Sep("172.17.0.10")}  172.17.0.10:8080  pod default/a on node-1 (zone-a)
                the rest       {Sep("172.17.1.11")}  172.17.1.11:8080  pod default/b on node-2 (zone-b)
                not used here: {Sep("172.17.2.12")}  172.17.2.12:8080  pod default/c on node-3 (zone-a), not ready

            """, NodeTableText.Write(View("a@1 b@2 c@3!")));
    }

    [Theory] //  endpoints  policy     mode                only           lines
    [InlineData("", "Cluster", ProxyMode.Iptables, null, "REJECT (has no endpoints)")]
    [InlineData("b@2", "Local", ProxyMode.Iptables, null, "*:30080          DROP (has no local endpoints)")]
    [InlineData("b@2", "Local", ProxyMode.Iptables, null, "default/web TCP, externalTrafficPolicy Local")]
    [InlineData("a@1 b@2", "Cluster", ProxyMode.Ipvs, null, "virtual server TCP 10.96.45.123:80 rr")]
    [InlineData("a@1 b@2", "Cluster", ProxyMode.Ipvs, null, "in turn  172.17.1.11:8080  pod default/b on node-2 (zone-b)")]
    [InlineData("a@1", "Cluster", ProxyMode.Iptables, "default/web", "default/web TCP")]
    [InlineData("a@1", "Cluster", ProxyMode.Iptables, "default/none", "no rules for default/none: there is no such Service, or it is headless")]
    public void Text_SaysWhatBecomesOfPackets(string pods, string policy, ProxyMode mode, string? only, string line) =>
        Assert.Contains(line, NodeTableText.Write(View(pods, policy, mode, only)));

    [Fact]
    public void Text_OfANodeWithoutTable_SaysSo() =>
        Assert.Contains("has no table", NodeTableText.Write(NodeTableReader.Read(TableRoot.Empty, Node, 5, TimeSpan.Zero, TimeSpan.Zero, null)));

    [Fact]
    public void Json_HasNamesThatScriptsCanUse()
    {
        using var json = JsonDocument.Parse(View("a@1 b@2!").ToJson());
        var root = json.RootElement;
        Assert.Equal(("node-1", 3, 4, 2000.0), (root.GetProperty("node").GetString(), root.GetProperty("revision").GetInt64(),
            root.GetProperty("newestRevision").GetInt64(), root.GetProperty("lagMs").GetDouble()));
        var port = root.GetProperty("services")[0];
        Assert.Equal("10.96.45.123:80", port.GetProperty("rules")[0].GetProperty("destination").GetString());
        Assert.Equal("172.17.0.10:8080", port.GetProperty("rules")[0].GetProperty("uses")[0].GetString());
        Assert.False(port.GetProperty("endpoints")[1].GetProperty("ready").GetBoolean());
    }
}

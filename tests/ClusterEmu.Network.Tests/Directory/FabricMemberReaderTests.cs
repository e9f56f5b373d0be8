using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests;

public class FabricMemberReaderTests
{
    private static Lease ProcessLease(string name, string? role, string? fabric, string ns = "kube-system") => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = ns,
            Name = name,
            Labels = role is null ? EmptyMap.Strings : new Dictionary<string, string> { ["clusteremu.io/role"] = role },
            Annotations = fabric is null ? EmptyMap.Strings : new Dictionary<string, string> { ["clusteremu.io/fabric"] = fabric },
        },
    };

    [Theory] //  Lease                        role     fabric             namespace       expected
    [InlineData("clusteremu-process-nodes-1", "nodes", "127.0.0.1:4001", "kube-system", "nodes-1 nodes 127.0.0.1 4001")]
    [InlineData("clusteremu-process-edge", "edge", "[::1]:4001", "kube-system", "edge edge ::1 4001")]
    [InlineData("clusteremu-process-edge", "edge", null, "kube-system", "edge edge  0")]
    [InlineData("clusteremu-process-edge", "edge", "nonsense", "kube-system", "edge edge  0")]
    [InlineData("clusteremu-process-edge", "edge", "h:70000", "kube-system", "edge edge  0")]
    [InlineData("clusteremu-process-edge", null, "127.0.0.1:4001", "kube-system", "none")]
    [InlineData("kube-scheduler", "edge", "127.0.0.1:4001", "kube-system", "none")]
    [InlineData("clusteremu-process-edge", "edge", "127.0.0.1:4001", "default", "none")]
    public void Lease_NamesAProcess(string name, string? role, string? fabric, string ns, string expected)
    {
        var peer = FabricMemberReader.Read(ProcessLease(name, role, fabric, ns));
        Assert.Equal(expected, peer is null ? "none" : $"{peer.Name} {peer.Role} {peer.Host} {peer.Port}");
    }

    [Fact]
    public void Node_NamesItsAddresses()
    {
        var node = FabricMemberReader.Read(new Node
        {
            Metadata = new ObjectMeta
            {
                Name = "node-1",
                Labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = "zone-b" },
                Annotations = new Dictionary<string, string> { ["clusteremu.io/process"] = "nodes-2", ["clusteremu.io/power"] = "off" },
            },
            Spec = new NodeSpec { PodCIDR = "172.17.0.0/24" },
            Status = new NodeStatus
            {
                Addresses =
                [
                    new() { Type = "Hostname", Address = "node-1" },
                    new() { Type = "InternalIP", Address = "172.18.0.2" },
                    new() { Type = "ExternalIP", Address = "127.18.0.2" },
                    new() { Type = "InternalIP", Address = "nonsense" },
                ],
            },
        });
        Assert.Equal(("node-1", "nodes-2", "zone-b", false), (node.Name, node.Process, node.Zone, node.Powered));
        Assert.Equal([Ip.Parse("172.18.0.2")], node.InternalIPs);
        Assert.Equal([Ip.Parse("127.18.0.2")], node.ExternalIPs);
        Assert.Equal([Cidr.Parse("172.17.0.0/24")], node.PodRanges);
        Assert.Empty(FabricMemberReader.Read(new Node()).PodRanges);
    }
}

namespace ClusterEmu.Network.Tests;

public class ChainNamesTests
{
    [Theory] // Names that every cluster shows.
    [InlineData("default/kubernetes:https", IpProtocol.Tcp, "KUBE-SVC-NPX46M4PTMTKRN6Y")]
    [InlineData("kube-system/kube-dns:dns", IpProtocol.Udp, "KUBE-SVC-TCOU7JCQXEZGVUNU")]
    [InlineData("kube-system/kube-dns:dns-tcp", IpProtocol.Tcp, "KUBE-SVC-ERIFXISQEP7F7OF4")]
    [InlineData("kube-system/kube-dns:metrics", IpProtocol.Tcp, "KUBE-SVC-JD5MR3NA4I4DYORP")]
    public void Cluster_IsNamedAsKubeProxyNamesIt(string port, IpProtocol protocol, string chain) =>
        Assert.Equal(chain, ChainNames.Of(port, protocol).Cluster);

    [Fact]
    public void Endpoints_HaveNamesOfTheirOwn()
    {
        var names = ChainNames.Of("default/web", IpProtocol.Tcp);
        var a = names.EndpointOf(new IpPort(Ip.Parse("172.17.0.5"), 8080));
        Assert.Matches("^KUBE-SEP-[A-Z2-7]{16}$", a);
        Assert.NotEqual(a, names.EndpointOf(new IpPort(Ip.Parse("172.17.0.6"), 8080)));
        Assert.Equal(names.Cluster[^16..], names.Local[^16..]);
    }
}

using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

public sealed class OutsideRoutesTests
{
    private static readonly IReadOnlyList<OutsideHost> Hosts = [.. OutsideHost.Defaults.Select(OutsideHost.Parse)];

    [Theory]
    //          to                    kind               part of what is said
    [InlineData("127.18.0.3:30080", "ToNode", "node-2")]
    [InlineData("127.203.0.1:80", "ToLoadBalancer", "web")]
    [InlineData("127.203.0.1:81", "ToLoadBalancer", "web")]
    [InlineData("203.0.113.20:80", "ToHost", "db.example.com")]
    [InlineData("203.0.113.20:5432", "ToHost", "db.example.com")]
    [InlineData("203.0.113.11:443", "ToHost", "api.example.com")]
    [InlineData("203.0.113.20:81", "Closed", "listens on TCP 5432, 80, not on TCP 81")]
    [InlineData("10.96.45.123:80", "Nowhere", "10.96.45.123 exists only in the nodes' tables; no router outside knows it")]
    [InlineData("172.17.0.5:8080", "Nowhere", "is a Pod's address")]
    [InlineData("172.18.0.2:30080", "Nowhere", "is an InternalIP")]
    [InlineData("127.203.0.9:80", "Nowhere", "no Service has it now")]
    [InlineData("198.51.100.1:80", "Nowhere", "Nobody outside has the address")]
    public void Of_KnowsTheWay(string to, string kind, string said)
    {
        var byAddress = Hosts.SelectMany(host => host.Addresses.Select(ip => (ip, host))).ToDictionary(pair => pair.ip, pair => pair.host);
        var route = OutsideRoutes.Of(Some.Tcp("192.0.2.1:40000", to), Some.Cluster("ff", Some.Service()), byAddress, new AddressPlan());
        Assert.Equal(kind, route.GetType().Name);
        Assert.Contains(said, route.ToString());
    }

    [Theory]
    [InlineData("172.18.0.3:10256", "ToNodeInside")]
    [InlineData("172.18.0.9:10256", "Nowhere")]
    [InlineData("127.18.0.3:10256", "ToNode")]
    public void Of_LetsHealthChecksToInternalIPs(string to, string kind)
    {
        var route = OutsideRoutes.Of(Some.Tcp($"{HealthTarget.Checker}:40000", to), Some.Cluster("ff"), new Dictionary<Ip, OutsideHost>(), new AddressPlan());
        Assert.Equal(kind, route.GetType().Name);
    }

    [Theory]
    [InlineData("127.0.0.1", "192.0.2.1")]
    [InlineData("::1", "192.0.2.1")]
    [InlineData("127.0.0.10", "198.18.0.10")]
    [InlineData("127.0.3.4", "198.18.3.4")]
    [InlineData("192.168.7.7", "192.168.7.7")]
    public void ClientAddresses_AreMappedOutOfLoopback(string real, string expected) => Assert.Equal(expected, ClientAddresses.Map(Some.Ip(real)).ToString());

    [Fact]
    public void ClientAddresses_OfFarLoopbackAreTheirOwn()
    {
        var all = Enumerable.Range(0, 200).Select(i => ClientAddresses.Map(Some.Ip($"127.{1 + (i % 100)}.7.{i}"))).ToList();
        Assert.All(all, ip => Assert.True(Cidr.Parse("198.19.0.0/16").Contains(ip)));
        Assert.Equal(200, all.Distinct().Count());
        Assert.Equal(all[0], ClientAddresses.Map(Some.Ip("127.1.7.0")));
    }

    [Theory]
    [InlineData("db.example.com", "needs a name, addresses and ports")]
    [InlineData("db 203.0.113 80/http", "'203.0.113' is no IP address")]
    [InlineData("db 203.0.113.1 80", "'80' is no port")]
    [InlineData("db 203.0.113.1 0/http", "'0/http' is no port")]
    [InlineData("db 203.0.113.1 80/1", "'80/1' is no port")]
    [InlineData("db 203.0.113.1 80/smtp", "'80/smtp' is no port")]
    public void Parse_SaysWhatIsWrong(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => OutsideHost.Parse(line)).Message);

    [Fact]
    public void Parse_ReadsAHost()
    {
        var host = OutsideHost.Parse("API.example.com 203.0.113.10,203.0.113.11 443/https 80/http");
        Assert.Equal("api.example.com", host.Name);
        Assert.Equal("203.0.113.10 203.0.113.11", string.Join(' ', host.Addresses));
        Assert.Equal([(443, OutsideAnswer.Https), (80, OutsideAnswer.Http)], host.Ports);
        Assert.Equal("outside/api.example.com/203.0.113.10", OutsideRoutes.OwnerOf(host, host.Addresses[0]));
    }

    [Theory]
    [InlineData("outside", "192.0.2.1")]
    [InlineData("outside/198.51.100.9", "198.51.100.9")]
    [InlineData("outside/127.0.0.10", "198.18.0.10")]
    public async Task Senders_AreOutside(string from, string ip)
    {
        var sender = await new OutsideSenders(Hosts, new AddressPlan()).FindAsync(from, default);
        Assert.Equal(($"outside/{ip}", ip, null), (sender.Name, sender.Address.ToString(), sender.Node));
        Assert.True(sender.Names.Hosts.ContainsKey("db.example.com"));
    }

    [Theory]
    [InlineData("pod/default/web", "sends from 'outside'")]
    [InlineData("outside/nonsense", "outside/IP")]
    [InlineData("outside/172.17.0.5", "pod-range")]
    public async Task Senders_RefuseWhatIsNotOutside(string from, string expected)
    {
        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => new OutsideSenders(Hosts, new AddressPlan()).FindAsync(from, default).AsTask());
        Assert.Contains(expected, refusal.Message);
    }
}

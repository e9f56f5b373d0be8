using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests;

public class ZoneLookupTests
{
    private static readonly ClusterZone Zone = Build().Zone;

    private static ZoneCompiler Build()
    {
        var compiler = new ZoneCompiler(new ClusterZone
        {
            Outside = new Dictionary<string, IReadOnlyList<Ip>> { ["db.example.com"] = [Ip.Parse("203.0.113.20"), Ip.Parse("203.0.113.21")] },
        });
        compiler.SetNamespace("default");
        compiler.SetNamespace("kube-system");
        compiler.SetService(Some.Service().With(s => s with { Ports = [new ServicePort { Name = "http", Port = 80 }, new ServicePort { Name = "dns", Port = 53, Protocol = "UDP" }] }));
        compiler.SetService(Some.Service("database", "None").With(s => s with { Ports = [new ServicePort { Name = "pg", Port = 5432 }] }));
        var slice = Some.Slice("a@1 b@2! c@3", service: "database", name: "database-1", portName: "pg");
        compiler.SetSlice(slice with { Endpoints = [slice.Endpoints[0] with { Hostname = "db-0" }, .. slice.Endpoints.Skip(1)] });
        compiler.SetService(Some.Service("lonely", "None"));
        compiler.SetService(Some.Service("external-db", "", "ExternalName").With(s => s with { ExternalName = "db.example.com" }));
        compiler.SetService(Some.Service("alias", "", "ExternalName").With(s => s with { ExternalName = "web.default.svc.cluster.local." }));
        compiler.SetService(Some.Service("dangling", "", "ExternalName").With(s => s with { ExternalName = "nowhere.example.org" }));
        compiler.SetService(Some.Service("loop", "", "ExternalName").With(s => s with { ExternalName = "loop.default.svc.cluster.local" }));
        compiler.SetService(Some.Service("kube-dns", "10.96.0.10") with { Metadata = new ObjectMeta { Namespace = "kube-system", Name = "kube-dns" } });
        return compiler;
    }

    private static string Told(DnsRecord record) => record switch
    {
        DnsRecord.Address address => $"{address.Ip}",
        DnsRecord.Pointer pointer => $"{pointer.Type} {pointer.Target}",
        DnsRecord.Service service => $"SRV {service.Priority} {service.Weight} {service.Port} {service.Target}",
        DnsRecord.Text text => $"\"{string.Join(' ', text.Texts)}\"",
        _ => $"{record.Type}",
    };

    private const string Ns = "default.svc.cluster.local";

    [Theory] //  name                                     type           answers
    [InlineData("web." + Ns, DnsType.A, "10.96.45.123")]
    [InlineData("WEB.Default.SVC.cluster.LOCAL", DnsType.A, "10.96.45.123")]
    [InlineData("web." + Ns, DnsType.AAAA, "NODATA")]
    [InlineData("nobody." + Ns, DnsType.A, "NXDOMAIN")]
    [InlineData("web.other.svc.cluster.local", DnsType.A, "NXDOMAIN")]
    [InlineData(Ns, DnsType.A, "NODATA")]
    [InlineData("other.svc.cluster.local", DnsType.A, "NXDOMAIN")]
    [InlineData("svc.cluster.local", DnsType.A, "NODATA")]
    [InlineData("web.default.cluster.local", DnsType.A, "NXDOMAIN")]
    [InlineData("database." + Ns, DnsType.A, "172.17.0.10 172.17.2.12")]
    [InlineData("db-0.database." + Ns, DnsType.A, "172.17.0.10")]
    [InlineData("172-17-2-12.database." + Ns, DnsType.A, "172.17.2.12")]
    [InlineData("172-17-1-11.database." + Ns, DnsType.A, "NXDOMAIN")]
    [InlineData("lonely." + Ns, DnsType.A, "NXDOMAIN")]
    [InlineData("_http._tcp.web." + Ns, DnsType.SRV, "SRV 0 100 80 web." + Ns)]
    [InlineData("_dns._udp.web." + Ns, DnsType.SRV, "SRV 0 100 53 web." + Ns)]
    [InlineData("_http._udp.web." + Ns, DnsType.SRV, "NXDOMAIN")]
    [InlineData("_http._tcp.web." + Ns, DnsType.A, "10.96.45.123")]
    [InlineData("web." + Ns, DnsType.SRV, "SRV 0 50 80 web." + Ns + " SRV 0 50 53 web." + Ns)]
    [InlineData("_pg._tcp.database." + Ns, DnsType.SRV, "SRV 0 50 8080 db-0.database." + Ns + " SRV 0 50 8080 172-17-2-12.database." + Ns)]
    [InlineData("db-0.database." + Ns, DnsType.SRV, "SRV 0 100 8080 db-0.database." + Ns)]
    [InlineData("external-db." + Ns, DnsType.A, "CNAME db.example.com 203.0.113.20 203.0.113.21")]
    [InlineData("external-db." + Ns, DnsType.CNAME, "CNAME db.example.com")]
    [InlineData("alias." + Ns, DnsType.A, "CNAME web." + Ns + " 10.96.45.123")]
    [InlineData("dangling." + Ns, DnsType.A, "CNAME nowhere.example.org")]
    [InlineData("db.example.com", DnsType.A, "203.0.113.20 203.0.113.21")]
    [InlineData("db.example.com." + Ns, DnsType.A, "NXDOMAIN")]
    [InlineData("nowhere.example.org", DnsType.A, "NXDOMAIN")]
    [InlineData("172-17-0-5.default.pod.cluster.local", DnsType.A, "172.17.0.5")]
    [InlineData("172-17-0-5.other.pod.cluster.local", DnsType.A, "NXDOMAIN")]
    [InlineData("172-17-0.default.pod.cluster.local", DnsType.A, "NXDOMAIN")]
    [InlineData("123.45.96.10.in-addr.arpa", DnsType.PTR, "PTR web." + Ns)]
    [InlineData("10.0.17.172.in-addr.arpa", DnsType.PTR, "PTR db-0.database." + Ns)]
    [InlineData("20.113.0.203.in-addr.arpa", DnsType.PTR, "PTR db.example.com")]
    [InlineData("99.99.99.99.in-addr.arpa", DnsType.PTR, "NXDOMAIN")]
    [InlineData("cluster.local", DnsType.SOA, "SOA")]
    [InlineData("cluster.local", DnsType.NS, "NS ns.dns.cluster.local")]
    [InlineData("ns.dns.cluster.local", DnsType.A, "10.96.0.10")]
    [InlineData("dns-version.cluster.local", DnsType.TXT, "\"1.1.0\"")]
    public void Resolve_FollowsTheSpecification(string name, DnsType type, string answers)
    {
        var found = ZoneLookup.Resolve(Zone, name, type);
        var told = found.Answers.Count > 0 ? string.Join(' ', found.Answers.Select(Told)) : found.Code == DnsCode.NameError ? "NXDOMAIN" : "NODATA";
        Assert.Equal(answers, told);
        Assert.Equal(found.Answers.Count == 0, found.Negative is not null);
        Assert.All(found.Answers, a => Assert.Equal(30u, a.Ttl));
    }

    [Fact]
    public void Resolve_RepeatsTheNameAsWritten() =>
        Assert.Equal("WeB." + Ns, ZoneLookup.Resolve(Zone, "WeB." + Ns, DnsType.A).Answers[0].Name);

    [Fact]
    public void Resolve_AddsTheAddressesOfServiceTargets()
    {
        var found = ZoneLookup.Resolve(Zone, "_pg._tcp.database." + Ns, DnsType.SRV);
        Assert.Equal(["172.17.0.10", "172.17.2.12"], found.Additional.Select(Told));
    }

    [Fact]
    public void Resolve_EndsAliasesThatGoInACircle() =>
        Assert.All(ZoneLookup.Resolve(Zone, "loop." + Ns, DnsType.A).Answers, a => Assert.Equal(DnsType.CNAME, a.Type));

    [Fact]
    public void Names_GoWithTheirServices_AndOlderZonesStay()
    {
        var compiler = Build();
        var before = compiler.Zone;
        compiler.RemoveService(Some.Service());
        compiler.RemoveSlice(Some.Slice("", service: "database", name: "database-1"));
        Assert.Equal(DnsCode.NameError, ZoneLookup.Resolve(compiler.Zone, "web." + Ns, DnsType.A).Code);
        Assert.Equal(DnsCode.NameError, ZoneLookup.Resolve(compiler.Zone, "123.45.96.10.in-addr.arpa", DnsType.PTR).Code);
        Assert.Equal(DnsCode.NameError, ZoneLookup.Resolve(compiler.Zone, "database." + Ns, DnsType.A).Code);
        Assert.Equal("10.96.45.123", Told(ZoneLookup.Resolve(before, "web." + Ns, DnsType.A).Answers[0]));
        Assert.Equal(before.Revision + 2, compiler.Zone.Revision);
    }

    [Theory]
    [InlineData("10.96.0.10", "10.0.96.10.in-addr.arpa")]
    [InlineData("fd00::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa")]
    public void ReverseName_GoesBothWays(string ip, string name)
    {
        Assert.Equal(name, ReverseName.Of(Ip.Parse(ip)));
        Assert.True(ReverseName.TryParse(name, out var read));
        Assert.Equal(ip, read.ToString());
        Assert.False(ReverseName.TryParse("96.10.in-addr.arpa", out _));
    }
}

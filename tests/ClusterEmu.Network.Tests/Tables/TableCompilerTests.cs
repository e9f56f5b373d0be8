using System.Text;
using ClusterEmu.Api;
using FsCheck;
using FsCheck.Fluent;

namespace ClusterEmu.Network.Tests;

public class TableCompilerTests
{
    [Theory] //  case                            Service                              entries
    [InlineData("ClusterIP", "ClusterIP 10.96.0.9", "10.96.0.9:80=ClusterIP")]
    [InlineData("headless", "ClusterIP None", "")]
    [InlineData("not yet allocated", "ClusterIP ", "")]
    [InlineData("ExternalName", "ExternalName ", "")]
    [InlineData("NodePort", "NodePort 10.96.0.9", "10.96.0.9:80=ClusterIP *:30080=NodePort")]
    [InlineData("LoadBalancer", "LoadBalancer 10.96.0.9", "10.96.0.9:80=ClusterIP 127.203.0.1:80=LoadBalancerIP *:30080=NodePort")]
    public void SetService_OpensItsDestinations(string because, string typeAndIp, string entries)
    {
        var parts = typeAndIp.Split(' ');
        var service = Some.Service(ip: parts[1], type: parts[0])
            .With(s => s with { Ports = [.. s.Ports.Select(p => p with { NodePort = 30080 })] }).WithIngress("127.203.0.1");
        var root = new TableCompiler().SetService(service, "5");
        Assert.True(entries == Destinations(root), $"{because}: {Destinations(root)}");
        Assert.Equal((1, "5", ""), (root.Revision, root.ServicesVersion, root.SlicesVersion));
    }

    [Fact]
    public void Proxy_LoadBalancers_AreNotShortCircuited()
    {
        var service = Some.Service(type: "LoadBalancer") with
        {
            Status = new ServiceStatus
            {
                LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { IP = "127.203.0.1", IPMode = "Proxy" }] },
            },
        };
        Assert.Equal("10.96.45.123:80=ClusterIP", Destinations(new TableCompiler().SetService(service, "1")));
    }

    [Fact]
    public void Endpoints_MayComeBeforeTheService()
    {
        var compiler = new TableCompiler();
        Assert.Equal(0, compiler.SetSlice(Some.Slice("a@1 b@2"), "1").Services.Count);
        var root = compiler.SetService(Some.Service(), "2");
        Assert.Equal(2, Port(root).Endpoints.Count);
        Assert.Equal(["web-1@1"], Port(root).SliceVersions);
        Assert.Empty(Port(compiler.RemoveSlice(Some.Slice(""), "3")).Endpoints);
    }

    [Fact]
    public void Slice_ThatChangesItsService_LeavesTheFormer()
    {
        var compiler = new TableCompiler();
        compiler.SetService(Some.Service(), "1");
        compiler.SetService(Some.Service("api", "10.96.0.20"), "2");
        compiler.SetSlice(Some.Slice("a@1"), "3");
        var root = compiler.SetSlice(Some.Slice("a@1", service: "api"), "4");
        Assert.Empty(Port(root).Endpoints);
        Assert.Single(Port(root, "api").Endpoints);
    }

    [Fact]
    public void Slices_AreJoinedByPortName_AndAddressesCountOnce()
    {
        var compiler = new TableCompiler();
        compiler.SetService(Some.Service().With(s => s with { Ports = [new ServicePort { Name = "http", Port = 80 }, new ServicePort { Name = "admin", Port = 90 }] }), "1");
        compiler.SetSlice(Some.Slice("a@1 b@2!", portName: "http"), "2");
        var root = compiler.SetSlice(Some.Slice("b@2 c@3", name: "web-2", portName: "http"), "3");
        Assert.Equal(["default/a", "default/b", "default/c"], Port(root).Endpoints.Select(e => e.Pod));
        Assert.All(Port(root).Endpoints, e => Assert.True(e.Ready));
        Assert.True(root.Services.TryGet(new ObjectName("default", "web"), out var service));
        Assert.Empty(service.Ports[1].Endpoints);
    }

    [Fact]
    public void OlderRoots_StayAsTheyWere()
    {
        var compiler = new TableCompiler();
        var first = compiler.SetService(Some.Service(), "1");
        var second = compiler.SetSlice(Some.Slice("a@1"), "2");
        compiler.RemoveService(Some.Service(), "3");
        Assert.Empty(Port(first).Endpoints);
        Assert.Single(Port(second).Endpoints);
        Assert.Equal("", Destinations(compiler.Root));
        Assert.Equal(0, compiler.Root.Addresses.Count);
    }

    [Fact]
    public void OneExternalIp_ClaimedTwice_GoesToTheFirstByName_AndThenToTheOther()
    {
        var compiler = new TableCompiler();
        var (b, a) = (Some.Service("b", "10.96.0.2").With(Claim), Some.Service("a", "10.96.0.1").With(Claim));
        compiler.SetService(b, "1");
        compiler.SetService(a, "2");
        Assert.Equal("a", OwnerOfClaim(compiler.Root));
        Assert.Equal("b", OwnerOfClaim(compiler.RemoveService(a, "3")));
        Assert.Null(OwnerOfClaim(compiler.RemoveService(b, "4")));

        static ServiceSpec Claim(ServiceSpec spec) => spec with { ExternalIPs = ["203.0.113.5"] };
        static string? OwnerOfClaim(TableRoot root) =>
            root.Entries.TryGet(new TableKey(Ip.Parse("203.0.113.5"), IpProtocol.Tcp, 80), out var entry) ? entry.Port.Service.Name : null;
    }

    [Fact]
    public void Compiler_AgreesWithCompilingFromNothing_AfterEveryStep()
    {
        var steps = ArbMap.Default.ArbFor<(byte What, byte Which, byte How)[]>();
        Prop.ForAll(steps, changes =>
        {
            var compiler = new TableCompiler();
            var services = new Dictionary<string, Service>();
            var slices = new Dictionary<string, EndpointSlice>();
            foreach (var (what, which, how) in changes)
            {
                Step(compiler, services, slices, what, which, how);
                var fresh = TableCompiler.CompileAll(services.OrderBy(s => s.Key).Select(s => s.Value), slices.OrderBy(s => s.Key).Select(s => s.Value));
                if (Dump(fresh) != Dump(compiler.Root)) return false;
            }
            return compiler.Root.Revision == changes.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(3, 5));
    }

    private static void Step(
        TableCompiler compiler, Dictionary<string, Service> services, Dictionary<string, EndpointSlice> slices, byte what, byte which, byte how)
    {
        var name = $"s{which % 4}";
        string[] pods = ["", "a@1", "a@1 b@2", "a@1! b@2~ c@3", "c@3 d@2"];
        switch (what % 4)
        {
            case 0:
                string[] types = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"];
                var service = Some.Service(name, how % 7 == 0 ? "None" : $"10.96.0.{which % 4}", types[how % 4])
                    .With(s => s with
                    {
                        Ports = [new ServicePort { Port = 80 + (how % 2), NodePort = 30000 + (which % 4) }],
                        ExternalIPs = how % 3 == 0 ? ["203.0.113.5"] : [],
                        ExternalTrafficPolicy = how % 5 == 0 ? "Local" : "Cluster",
                    }).WithIngress($"127.203.0.{how % 3}");
                services[name] = service;
                compiler.SetService(service, "1");
                break;
            case 1:
                services.Remove(name);
                compiler.RemoveService(Some.Service(name), "1");
                break;
            case 2:
                var slice = Some.Slice(pods[how % pods.Length], name, $"slice-{how % 6}");
                slices[slice.Metadata.Name] = slice;
                compiler.SetSlice(slice, "1");
                break;
            default:
                slices.Remove($"slice-{how % 6}");
                compiler.RemoveSlice(Some.Slice("", name, $"slice-{how % 6}"), "1");
                break;
        }
    }

    private static string Dump(TableRoot root)
    {
        var text = new StringBuilder(Destinations(root)).AppendLine();
        foreach (var (ip, count) in root.Addresses.Sorted()) text.AppendLine($"{ip.Ip} {count}");
        foreach (var (name, service) in root.Services.Sorted())
            foreach (var port in service.Ports)
                text.AppendLine($"{name} {port.Port} {port.NodePort} {port.ExternalLocal} {string.Join(',', port.Endpoints.Select(e => $"{e}{e.Ready}{e.Serving}"))}");
        foreach (var (name, _) in root.NodeDependent.Sorted()) text.AppendLine($"node-dependent {name}");
        return text.ToString();
    }

    private static string Destinations(TableRoot root) => string.Join(' ',
        root.Entries.Sorted().Select(e => $"{e.Key.Ip}:{e.Key.Port}={Chain(e.Value)}").Concat(root.NodePorts.Sorted().Select(e => $"*:{e.Key.Port}={Chain(e.Value)}")));

    private static string Chain(TableEntry entry) =>
        entry.Next is null ? $"{entry.Kind}" : $"{entry.Kind}({entry.Port.Service}),{Chain(entry.Next)}({entry.Next.Port.Service})";

    private static ServicePortTable Port(TableRoot root, string name = "web") =>
        root.Services.TryGet(new ObjectName("default", name), out var service) ? service.Ports[0] : throw new KeyNotFoundException(name);
}

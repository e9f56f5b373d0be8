using System.Diagnostics;
using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>One measured number.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The best of the runs, per second on one thread.</param>
/// <param name="Target">What design section 8 asks for at least; 0 if it asks for nothing.</param>
public sealed record DataPathMeasurement(string Name, double Value, double Target);

/// <summary>Measures the pure parts of a request: decisions of a node's data path, and compiling a change into the next table.</summary>
public static class DataPathBenchmarks
{
    private const int Services = 10_000;
    private const int EndpointsPerService = 3;

    /// <param name="runs">1 or more; the best run counts, the first warms up.</param>
    /// <param name="decisions">How many per run.</param>
    public static IReadOnlyList<DataPathMeasurement> Run(int runs = 3, int decisions = 1_000_000)
    {
        var compiler = new TableCompiler();
        for (var i = 0; i < Services; i++)
        {
            compiler.SetSlice(SliceOf(i, 0), "1");
            compiler.SetService(ServiceOf(i), "1");
        }
        var root = compiler.Root;
        return
        [
            new($"ClusterIP decisions, iptables, {Services} Services", Best(runs, () => Decide(root, ProxyMode.Iptables, decisions)), 500_000),
            new($"ClusterIP decisions, ipvs, {Services} Services", Best(runs, () => Decide(root, ProxyMode.Ipvs, decisions)), 500_000),
            new($"changes of an EndpointSlice compiled, {Services} Services", Best(runs, () => Compile(compiler, 100_000)), 0),
        ];
    }

    private static double Best(int runs, Func<double> measure) => Enumerable.Range(0, runs).Max(_ => measure());

    /// <summary>Opens and closes one connection after another, from a Pod to ever other Services: look-up, choice, DNAT, conntrack.</summary>
    private static double Decide(TableRoot root, ProxyMode mode, int decisions)
    {
        var node = new NodeFacts
        {
            Name = "node-1",
            Zone = "zone-a",
            Addresses = [Ip.Parse("172.18.0.2")],
            PodRanges = [Cidr.Parse("172.17.0.0/24")],
            ClusterPods = Cidr.Parse("172.17.0.0/16"),
            ServiceRange = Cidr.Parse("10.96.0.0/12"),
            Mode = mode,
        };
        var (state, sockets, client) = (new DataPathState(), new NoSockets(), Ip.Parse("172.17.0.9"));
        var (random, forwarded) = (0UL, 0);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < decisions; i++)
        {
            random += 0x9E3779B97F4A7C15;
            var target = new IpPort(Ip.FromV4(0x0A600100u + (uint)(i * 7919L % Services)), 80);
            var flow = new Flow(IpProtocol.Tcp, new IpPort(client, 32768 + (i % 28000)), target);
            var decision = DataPathPolicy.Decide(root, node, sockets, state, flow, PacketOrigin.LocalPod, StableHash.Mix(random), i);
            if (decision.Kind == DecisionKind.Forward) forwarded++;
            state.Conntrack.Close(flow);
        }
        var rate = decisions / watch.Elapsed.TotalSeconds;
        return forwarded == decisions ? rate : throw new InvalidOperationException($"Only {forwarded} of {decisions} connections were forwarded.");
    }

    private static double Compile(TableCompiler compiler, int changes)
    {
        var slices = Enumerable.Range(0, 64).Select(i => SliceOf(i * 131 % Services, i)).ToArray();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < changes; i++) compiler.SetSlice(slices[i % slices.Length], "2");
        return changes / watch.Elapsed.TotalSeconds;
    }

    private static Service ServiceOf(int i)
    {
        var ip = Ip.FromV4(0x0A600100u + (uint)i).ToString();
        return new Service
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = $"service-{i}" },
            Spec = new ServiceSpec { Type = "ClusterIP", ClusterIP = ip, ClusterIPs = [ip], Ports = [new ServicePort { Port = 80, Protocol = "TCP" }] },
        };
    }

    private static EndpointSlice SliceOf(int service, int turn) => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = "default",
            Name = $"service-{service}-1",
            Labels = new Dictionary<string, string> { [ServiceCompiler.ServiceNameLabel] = $"service-{service}" },
        },
        AddressType = "IPv4",
        Ports = [new EndpointSlicePort { Name = "", Port = 8080, Protocol = "TCP" }],
        // None of them is on node-1, so that every packet goes on.
        Endpoints = [.. Enumerable.Range(0, EndpointsPerService).Select(e => new Endpoint { Addresses = [$"172.17.{1 + (turn % 9)}.{2 + e}"], NodeName = "node-2" })],
    };

    private sealed class NoSockets : ILocalSockets
    {
        public LocalSocket Look(IpProtocol protocol, IpPort address) => LocalSocket.NoAddress;
    }
}

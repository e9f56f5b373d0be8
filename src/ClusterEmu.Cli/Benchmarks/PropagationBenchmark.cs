using System.Diagnostics;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>How long an isolated selector change takes until it is in every node's table. One process holds the whole cluster, so that one clock counts.</summary>
internal static class PropagationBenchmark
{
    private static readonly ObjectName Name = ObjectName.Parse("default/bench");
    private static readonly TimeSpan Isolation = TimeSpan.FromMilliseconds(2100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="nodes">1 to 256.</param>
    /// <param name="changes">1 or more; each begins 2.1 s after the one before, so that no kube-proxy has to hold it back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(int nodes, int changes, CancellationToken cancellationToken)
    {
        if (nodes is < 1 or > 256) throw new CommandFailure($"--nodes is {nodes}, but must lie between 1 and 256: the benchmark's Pod range has no more parts. Usual: 100.", 2);
        if (changes < 1) throw new CommandFailure($"--changes is {changes}, but must be 1 or more. Usual: 20.", 2);
        var setup = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = ERROR")).And(new DeterminismSetup(new LiveDeterminism(null)));
        var system = ActorSystem.Create("bench", setup);
        try
        {
            await using var control = await ControlPlaneProcess.StartAsync(new ControlPlaneOptions { Serve = false }, system, cancellationToken);
            var hub = system.ActorOf(InformerHub.PropsFor(control.Client));
            ControllerManager.Start(system, control.Client, hub, new ControllerOptions());
            await using var fabric = FabricProcess.Start(new FabricOptions { Listen = false }, system);
            fabric.KeepDirectory(hub, new AddressPlan());
            await using var process = await NodesProcess.StartAsync(new NodesOptions { Process = "nodes-1", Count = nodes }, system, control.Client, fabric, hub, cancellationToken);
            return await MeasureAsync(process, control.Client, Determinism.For(system), changes, cancellationToken);
        }
        finally
        {
            await system.Terminate();
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(NodesProcess process, IAsyncKubeClient client, Determinism clock, int changes, CancellationToken cancellationToken)
    {
        var tables = new List<NodeTable>();
        foreach (var node in process.Nodes) tables.Add(await process.TableAsync(node.Name, cancellationToken));
        foreach (var pod in new[] { "a", "b" }) await RequireAsync(client, ApiCall.Create(PodOf(pod)), cancellationToken);
        await RequireAsync(client, ApiCall.Create(ServiceOf("a")), cancellationToken);
        var addresses = new Dictionary<string, Ip>(StringComparer.Ordinal);
        foreach (var pod in new[] { "a", "b" }) addresses[pod] = await AddressOfAsync(client, pod, cancellationToken);
        await UntilAllAsync(tables, addresses["a"], cancellationToken);
        var (perNode, slowest) = (new List<double>(), new List<double>());
        for (var change = 0; change < changes; change++)
        {
            await Task.Delay(Isolation, cancellationToken);
            var to = change % 2 == 0 ? "b" : "a";
            var began = clock.Microseconds;
            var patch = Encoding.UTF8.GetBytes($"{{\"spec\":{{\"selector\":{{\"app\":\"{to}\"}}}}}}");
            await RequireAsync(client, ApiCall.MergePatch(Kinds.Service, "default", "bench", patch), cancellationToken);
            await UntilAllAsync(tables, addresses[to], cancellationToken);
            var delays = tables.Select(table => (table.Published.SyncedAt - began) / 1000.0).ToList();
            perNode.AddRange(delays);
            slowest.Add(delays.Max());
        }
        return
        [
            new Figure($"selector change until in a table, {tables.Count} nodes, p50", Figure.Median(perNode), "ms"),
            new Figure($"selector change until in a table, {tables.Count} nodes, p99", Figure.Quantile(perNode, 0.99), "ms"),
            new Figure("selector change until in every table, p50", Figure.Median(slowest), "ms"),
            new Figure("selector change until in every table, p99", Figure.Quantile(slowest, 0.99), "ms"),
        ];
    }

    /// <summary>Waits until the Service leads to that Pod alone on all nodes. The tables note themselves when they were taken.</summary>
    private static async Task UntilAllAsync(List<NodeTable> tables, Ip pod, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!tables.TrueForAll(table => Leads(table, pod)))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new CommandFailure($"After {Patience.TotalMinutes:0} minutes only {tables.Count(table => Leads(table, pod))} of {tables.Count} nodes lead to {pod}.");
            await Task.Delay(1, cancellationToken);
        }
    }

    private static bool Leads(NodeTable table, Ip pod) =>
        table.Published.Root.Services.TryGet(Name, out var service) && service.Ports[0].Endpoints is [var only] && only.Address.Ip == pod;

    private static async Task<Ip> AddressOfAsync(IAsyncKubeClient client, string pod, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var found = (Pod)await RequireAsync(client, ApiCall.Get(Kinds.Pod, "default", pod), cancellationToken);
            if (Ip.TryParse(found.Status.PodIP, out var ip)) return ip;
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new CommandFailure($"Pod '{pod}' got no address within {Patience.TotalMinutes:0} minutes.");
            await Task.Delay(20, cancellationToken);
        }
    }

    private static async Task<IKubeObject> RequireAsync(IAsyncKubeClient client, ApiCall call, CancellationToken cancellationToken)
    {
        var reply = await client.SendAsync(call, cancellationToken);
        return reply is { Ok: true, Object: { } value } ? value : throw new CommandFailure($"{call.Verb} of {call.Kind.Kind} {call.Name ?? call.Body?.Metadata.Name}: {reply.Failure?.Message}");
    }

    private static Pod PodOf(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Labels = new Dictionary<string, string> { ["app"] = name } },
        Spec = new PodSpec { Containers = [new Container { Name = "c", Image = "nginx:1.21" }] },
    };

    private static Service ServiceOf(string app) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "bench" },
        Spec = new ServiceSpec { Selector = new Dictionary<string, string> { ["app"] = app }, Ports = [new ServicePort { Port = 80 }] },
    };
}

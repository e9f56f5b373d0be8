using ClusterEmu.Fabric;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation.Tests;

/// <summary>The simulated network and the live one, over the same data paths: requests must fare alike, and pass the same places.</summary>
public sealed class ParityTests
{
    [Theory]
    [InlineData(1, "iptables")]
    [InlineData(2, "ipvs")]
    public void GeneratedRequests_FareAlikeOnTheSimulatedAndTheLiveNetwork(ulong seed, string mode)
    {
        var cluster = new TrafficWorld(seed, new WorldOptions { ProxyMode = mode });
        var world = cluster.World;
        // One Pod each: which one is chosen is drawn anew for every request.
        var services = Enumerable.Range(0, 4)
            .Select(i => cluster.Serve($"web-{i}", i == 3 ? 0 : 1, spec => spec with
            {
                Type = i == 0 ? "LoadBalancer" : "NodePort",
                ExternalTrafficPolicy = i == 1 ? "Local" : "Cluster",
            }))
            .ToList();
        world.Executor.RunUntil(world.Now + 3_000_000);
        var live = new LiveTwin(world);
        var random = new RandomStream(seed);
        var pods = cluster.Read<Api.Pod>(Api.Kinds.Pod).Select(pod => pod.Status.PodIP).Order(StringComparer.Ordinal).ToList();
        var outcomes = new SortedSet<string>(StringComparer.Ordinal);
        var trail = "";
        for (var i = 0; i < 150; i++)
        {
            var (node, service, other) = (1 + random.Next(3), services[random.Next(4)], 1 + random.Next(3));
            var port = service.Spec.Ports[0];
            var destination = random.Next(9) switch
            {
                0 => $"172.18.0.{1 + other}:{port.NodePort}",
                1 => $"127.18.0.{1 + other}:{port.NodePort}",
                2 => $"{pods[random.Next(pods.Count)]}:{(random.Next(2) == 0 ? 8080 : 9)}",
                3 => "10.96.9.9:80",
                4 => "172.17.9.9:80",
                5 => $"{services[0].Status.LoadBalancer.Ingress[0].IP}:80",
                6 => random.Next(2) == 0 ? "203.0.113.20:80" : "203.0.113.20:81",
                _ => $"{service.Spec.ClusterIP}:80",
            };
            var (simulated, twin) = (cluster.From(node, destination), cluster.From(node, destination));
            if (random.Next(3) == 0) (simulated, twin) = (cluster.FromOutside(destination), cluster.FromOutside(destination));
            simulated.Trace = twin.Trace = true;
            twin.Source = simulated.Source;
            cluster.Ask(simulated);
            live.Ask(twin);
            Assert.Equal(Course(twin), Course(simulated));
            outcomes.Add(simulated.Outcome.ToString());
            trail += Course(simulated);
        }
        Assert.Superset(new HashSet<string> { "Answered", "Dropped", "Refused" }, outcomes);
        foreach (var words in new[] { " snat", " dnat", "lb/default/web-0 forward", "outside/db.example.com deliver" }) Assert.Contains(words, trail);
    }

    /// <summary>Masquerading draws source ports: they are left out.</summary>
    private static string Course(FastRequest request) =>
        $"{request.Destination} {request.Outcome} {request.Cause} {request.Status} '{request.ServerName}' {request.Flow.Source.Ip} {request.Flow.Destination} "
        + $"{request.Passes} {request.TableRevision} {request.Choice?.Endpoint}\n"
        + string.Join('\n', request.Hops.Select(hop => $"{hop.At} {hop.What} {hop.TableRevision}")) + "\n";

    /// <summary>The live network, with the simulated cluster's data paths and edge plugged in.</summary>
    private sealed class LiveTwin
    {
        private readonly SimulatedWorld _world;
        private readonly FabricProcess _fabric;
        private readonly IActorRef _client;
        private FastRequest? _back;

        public LiveTwin(SimulatedWorld world)
        {
            _world = world;
            var process = world.Executor.StartProcess("twin");
            var system = SimulatedSite.SystemOf(world, process, "twin#1");
            _fabric = FabricProcess.Start(new FabricOptions { Listen = false }, system);
            foreach (var node in world.Nodes.SelectMany(site => site.Nodes)) _fabric.RegisterNode(node, world.Network.DataPathOf(node)!);
            _fabric.RegisterOutside(world.Network.Edge.DataPath!);
            _fabric.Directory = world.Nodes[0].Directory;
            var twin = this;
            _client = system.ActorOf(Props.Create(() => new Client(twin)));
        }

        public void Ask(FastRequest request)
        {
            _back = null;
            _fabric.Fast.Send(request, _client);
            _world.Executor.RunUntil(_world.Now + 1000, () => ReferenceEquals(_back, request));
            Assert.Same(request, _back);
        }

        private sealed class Client : ReceiveActor
        {
            public Client(LiveTwin twin) => Receive<FastRequest>(request => { twin._back = request; });
        }
    }
}

using System.Diagnostics;
using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>
/// Measures whole ClusterIP requests of the fast path: a client's message to its node's data path, decision and translation there, the server's
/// node, the image's answer, and the way back. Three nodes, each with Pods and clients; every request is a connection of its own to the next Service.
/// </summary>
internal static class FastPathBenchmark
{
    private const int Nodes = 3;
    private const int PodsPerNode = 10;
    private const int EndpointsPerService = 3;

    /// <summary>Requests that a client has under way at once.</summary>
    private const int InFlight = 64;

    /// <param name="runs">1 or more; the first warms up as well, the best counts.</param>
    /// <param name="requests">How many per run.</param>
    /// <param name="cancellationToken">Gives up between runs.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(int runs, int requests, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var (cores, services) in new[] { (1, 10), (2, 10), (1, 10_000), (2, 10_000) })
        {
            using var held = Cores.Hold(cores);
            await using var world = await World.StartAsync(services);
            Sample best = default;
            for (var run = 0; run <= runs; run++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var sample = await world.MeasureAsync(cores * Nodes, requests);
                if (run > 0 && sample.PerCpuSecond > best.PerCpuSecond) best = sample;
            }
            var name = $"ClusterIP requests, {services} Services, {held.Text}";
            figures.Add(new Figure(name, best.PerSecond, "per s"));
            figures.Add(new Figure($"{name}: by processor time", best.PerCpuSecond, "per s and core"));
            figures.Add(new Figure($"{name}: memory", best.BytesPerRequest, "bytes per request"));
        }
        return figures;
    }

    private readonly record struct Sample(double PerSecond, double PerCpuSecond, double BytesPerRequest);

    /// <summary>The cores that this process may use, while it lives.</summary>
    private sealed class Cores : IDisposable
    {
        private nint? _before;

        /// <summary>How many cores the process really has.</summary>
        public string Text { get; private set; } = "";

        public static Cores Hold(int cores)
        {
            var held = new Cores { Text = $"{Math.Min(cores, Environment.ProcessorCount)} core{(cores == 1 ? "" : "s")}" };
            if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            {
                held.Text = $"{Environment.ProcessorCount} cores";
                return held;
            }
            using var self = Process.GetCurrentProcess();
            held._before = self.ProcessorAffinity;
            nint mask = 0;
            for (var (bit, left) = (0, cores); bit < 63 && left > 0; bit++)
            {
                if ((held._before.Value & ((nint)1 << bit)) == 0) continue;
                mask |= (nint)1 << bit;
                left--;
            }
            self.ProcessorAffinity = mask;
            return held;
        }

        public void Dispose()
        {
            if (_before is not { } before || (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())) return;
            using var self = Process.GetCurrentProcess();
            self.ProcessorAffinity = before;
        }
    }

    /// <summary>Three nodes on one network, with Pods that run the agnhost image.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly ActorSystem _system;
        private readonly WorkloadServer _server;
        private readonly FabricProcess _fabric;
        private readonly int _services;

        private World(ActorSystem system, WorkloadServer server, int services)
        {
            _system = system;
            _server = server;
            _services = services;
            _fabric = FabricProcess.Start(new FabricOptions { Listen = false }, system);
        }

        public static async Task<World> StartAsync(int services)
        {
            var system = ActorSystem.Create("bench", BootstrapSetup.Create()
                .WithConfig(ConfigurationFactory.ParseString("akka { loglevel = OFF, log-dead-letters = off }"))
                .And(new DeterminismSetup(new LiveDeterminism(1))));
            var server = await WorkloadServer.StartAsync(Determinism.For(system), null, new NoNames());
            var world = new World(system, server, services);
            world.Build();
            return world;
        }

        private void Build()
        {
            var compiler = new TableCompiler();
            for (var i = 0; i < _services; i++)
            {
                compiler.SetSlice(SliceOf(i), "1");
                compiler.SetService(ServiceOf(i), "1");
            }
            var members = new List<FabricNode>();
            var listeners = _server.For(new NodePower());
            for (var n = 0; n < Nodes; n++)
            {
                var node = new Node
                {
                    Metadata = new ObjectMeta { Name = $"node-{n + 1}" },
                    Spec = new NodeSpec { PodCIDRs = [$"172.17.{n}.0/24"] },
                    Status = new NodeStatus { Addresses = [new NodeAddress { Type = "InternalIP", Address = $"172.18.0.{2 + n}" }] },
                };
                var table = new NodeTable(new TableFeed(), NodeFactsReader.Read(node, new AddressPlan(), ProxyMode.Iptables));
                table.Publish(new PublishedTable(compiler.Root, 0));
                var path = _system.ActorOf(DataPath.PropsFor(table, new KubeProxyOptions()), $"data-path-{n + 1}");
                _fabric.RegisterNode(node.Metadata.Name, path);
                members.Add(new FabricNode(node.Metadata.Name, "bench", [Ip.Parse($"172.18.0.{2 + n}")], [], [Cidr.Parse($"172.17.{n}.0/24")], "", true));
                for (var p = 0; p < PodsPerNode; p++) AddPod(path, listeners, n, p);
            }
            _fabric.Directory = new FabricDirectory(1, new AddressPlan(), members, [new FabricPeer("bench", "nodes", "", 0)]);
        }

        private void AddPod(IActorRef path, IWorkloadListeners listeners, int node, int pod)
        {
            var facts = new ContainerFacts
            {
                Namespace = "default",
                PodName = $"web-{node}-{pod}",
                Hostname = $"web-{node}-{pod}",
                Container = "web",
                Image = "agnhost:2.40",
                Node = $"node-{node + 1}",
                PodIP = PodIp(node, pod),
                StartedAt = Determinism.For(_system).UtcNow,
            };
            if (!ImageReference.TryParse("agnhost:2.40", out var image)) throw new InvalidOperationException("'agnhost:2.40' is no image reference.");
            var plan = ImageCatalog.Plan(new ContainerSetup { Image = image, Args = ["serve-hostname", "--port", "8080"], Hostname = facts.Hostname });
            path.Tell(new AddPod(facts.PodIP, facts.Owner));
            path.Tell(new AddListener(new IpPort(facts.PodIP, 8080), listeners.Open(plan.Listeners[0], facts, ActorRefs.Nobody, 1)));
        }

        public async Task<Sample> MeasureAsync(int clients, int requests)
        {
            var done = new CountdownEvent(clients);
            var each = requests / clients;
            using var self = Process.GetCurrentProcess();
            var cpu = self.TotalProcessorTime;
            var bytes = GC.GetTotalAllocatedBytes(true);
            var watch = Stopwatch.StartNew();
            var actors = Enumerable.Range(0, clients).Select(i => _system.ActorOf(Props.CreateBy(new ClientProducer(_fabric.Fast, i, _services, each, done)))).ToList();
            foreach (var actor in actors) actor.Tell(Client.Begin.Instance);
            await Task.Run(done.Wait);
            var seconds = watch.Elapsed.TotalSeconds;
            bytes = GC.GetTotalAllocatedBytes(true) - bytes;
            self.Refresh();
            cpu = self.TotalProcessorTime - cpu;
            foreach (var actor in actors) _system.Stop(actor);
            double made = each * clients;
            return new Sample(made / seconds, made / cpu.TotalSeconds, bytes / made);
        }

        public async ValueTask DisposeAsync()
        {
            await _system.Terminate();
            await _server.DisposeAsync();
            await _fabric.DisposeAsync();
        }
    }

    /// <summary>Keeps some requests under way until it has made as many as it should; each has an object of its own, used again and again.</summary>
    private sealed class Client : ReceiveActor
    {
        public sealed class Begin
        {
            public static readonly Begin Instance = new();
        }

        private readonly FastNetwork _network;
        private readonly int _services;
        private readonly CountdownEvent _done;
        private int _left;
        private int _away;
        private int _next;

        public Client(FastNetwork network, int number, int services, int requests, CountdownEvent done)
        {
            (_network, _services, _done, _left) = (network, services, done, requests);
            _next = number * 7919;
            var (node, source) = (number % Nodes, Ip.FromV4(0xAC110064u + ((uint)(number % Nodes) << 8) + (uint)(number / Nodes)));
            Receive<Begin>(_ =>
            {
                for (var i = 0; i < InFlight; i++)
                    Send(new FastRequest { From = $"node-{node + 1}", Source = new IpPort(source, 32768 + (i * 400)) });
            });
            Receive<FastRequest>(request =>
            {
                _away--;
                if (request.Outcome != FastOutcome.Answered || request.Status != 200)
                    throw new InvalidOperationException($"A request to {request.Destination} ended as {request.Outcome} {request.Cause}: {request.Reason}");
                Send(request);
            });
        }

        private void Send(FastRequest request)
        {
            if (_left == 0)
            {
                if (_away == 0) _done.Signal();
                return;
            }
            _left--;
            _away++;
            _next = (_next + 7919) % _services;
            request.Destination = new IpPort(Ip.FromV4(0x0A600100u + (uint)_next), 80);
            // Every request has 400 ports for itself, and takes them in turn.
            var port = request.Source.Port;
            request.Source = request.Source with { Port = (port - 32768) % 400 == 399 ? port - 399 : port + 1 };
            _network.Send(request, Self);
        }
    }

    private sealed class ClientProducer(FastNetwork network, int number, int services, int requests, CountdownEvent done) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Client);

        public ActorBase Produce() => new Client(network, number, services, requests, done);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class NoNames : IDnsAnswers
    {
        public bool Ready => false;

        public ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> query, bool tcp) => default;
    }

    private static Ip PodIp(int node, int pod) => Ip.FromV4(0xAC110002u + ((uint)node << 8) + (uint)pod);

    private static Service ServiceOf(int i)
    {
        var ip = Ip.FromV4(0x0A600100u + (uint)i).ToString();
        return new Service
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = $"service-{i}" },
            Spec = new ServiceSpec { Type = "ClusterIP", ClusterIP = ip, ClusterIPs = [ip], Ports = [new ServicePort { Port = 80, Protocol = "TCP" }] },
        };
    }

    /// <summary>One endpoint on every node, so that two of three requests leave the client's node.</summary>
    private static EndpointSlice SliceOf(int service) => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = "default",
            Name = $"service-{service}-1",
            Labels = new Dictionary<string, string> { [ServiceCompiler.ServiceNameLabel] = $"service-{service}" },
        },
        AddressType = "IPv4",
        Ports = [new EndpointSlicePort { Name = "", Port = 8080, Protocol = "TCP" }],
        Endpoints =
        [
            .. Enumerable.Range(0, EndpointsPerService).Select(e => new Endpoint
            {
                Addresses = [PodIp(e % Nodes, service % PodsPerNode).ToString()],
                NodeName = $"node-{(e % Nodes) + 1}",
            }),
        ],
    };
}

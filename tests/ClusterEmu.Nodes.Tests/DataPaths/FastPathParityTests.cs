using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public class FastPathParityTests
{
    private const int Requests = 300;
    private static readonly string[] Pods = [.. Enumerable.Range(0, 12).Select(i => $"172.17.{i % 3}.{2 + (i / 3)}")];

    public static TheoryData<int, ProxyMode> Runs()
    {
        var runs = new TheoryData<int, ProxyMode>();
        for (var seed = 1; seed <= 6; seed++)
        {
            runs.Add(seed, ProxyMode.Iptables);
            runs.Add(seed, ProxyMode.Ipvs);
        }
        return runs;
    }

    /// <summary>What became of a request, and everything that was done to it on the way.</summary>
    private sealed record Course(string Outcome, string Server, Flow Flow, string Reason, string Hops);

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task GeneratedRequests_FareAlikeOnBothPaths(int seed, ProxyMode mode)
    {
        var time = new ManualTime((ulong)seed);
        using var system = time.StartSystem();
        var random = new RandomStream((ulong)seed * 977);
        // Places in conntrack are few, so that it is full now and then.
        var (streams, fast) = (new FastWorld(system, mode, 3), new FastWorld(system, mode, 3));
        var odd = random.Next(Pods.Length);
        var (closed, missing) = (Pods[odd], Pods[(odd + 1) % Pods.Length]);
        foreach (var world in new[] { streams, fast })
            foreach (var pod in Pods)
                if (pod != missing) world.AddPod(pod, pod != closed);

        var services = new List<Service>();
        var lasting = new Queue<(int, Flow)>();
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (causes, trail) = (new HashSet<DecisionCause>(), new System.Text.StringBuilder());
        for (var i = 0; i < Requests; i++)
        {
            if (i % 40 == 0)
            {
                services = [.. Enumerable.Range(0, 8).Select(n => ServiceOf(n, random))];
                var root = TableCompiler.CompileAll(services, [.. services.Select(service => SliceOf(service, random))]);
                streams.Publish(root);
                fast.Publish(root);
            }
            time.Advance(random.Next(4_000_000));
            await DisturbAsync(random, services, lasting, streams, fast);
            var (from, origin, flow) = RequestOf(random, services);
            var expected = await WalkAsync(streams, from, origin, flow);
            var request = await fast.AskAsync(new FastRequest { From = $"node-{from}", SentBy = origin, Source = flow.Source, Destination = flow.Destination, Trace = true });
            var actual = new Course(request.Outcome.ToString(), request.ServerName, request.Flow, request.Outcome == FastOutcome.Unsupported ? "" : request.Reason, Text(request.Hops));
            Assert.Equal(expected, actual);
            causes.Add(request.Cause);
            trail.Append(actual.Hops);
            seen[actual.Outcome] = seen.GetValueOrDefault(actual.Outcome) + 1;
        }
        // The generator must reach what it is meant to compare.
        Assert.Equal(["Answered", "Dropped", "Refused", "Unreachable", "Unsupported"], seen.Keys);
        Assert.True(seen["Answered"] > Requests / 10, string.Join(' ', seen));
        Assert.Superset(new HashSet<DecisionCause> { DecisionCause.ConntrackFull, DecisionCause.NoEndpoints, DecisionCause.PortClosed, DecisionCause.NoSuchPod }, causes);
        foreach (var words in new[] { " snat ", "edge dnat", mode == ProxyMode.Ipvs ? "(persistent)" : "(sessionAffinity ClientIP)" })
            Assert.Contains(words, trail.ToString());
    }

    /// <summary>Now and then a connection that lasts, or the end of one, or a node that changes its zone.</summary>
    private static async Task DisturbAsync(RandomStream random, List<Service> services, Queue<(int From, Flow Flow)> lasting, params FastWorld[] worlds)
    {
        var what = random.Next(40);
        var node = 1 + random.Next(FastWorld.Nodes);
        var (from, origin, flow) = RequestOf(random, services);
        if (what < 12) lasting.Enqueue((from, flow));
        var ended = what is >= 12 and < 20 && lasting.Count > 0 ? lasting.Dequeue() : default;
        foreach (var world in worlds)
        {
            // Waited for, because the clock and the tables move on without waiting for data paths.
            if (what < 12) await world.Path(from).Ask<FlowVerdict>(new OpenFlow(origin, flow, false), TimeSpan.FromSeconds(20));
            if (ended.From > 0) world.Path(ended.From).Tell(new CloseFlow(ended.Flow));
            if (what == 39) world.Path(node).Tell(new DataPath.Command.ObserveNode(world.FactsOf(node) with { Zone = "zone-b" }));
        }
    }

    /// <summary>The way of a connection: <see cref="OpenFlow"/> at every node, then <see cref="CloseFlow"/> where it was let through.</summary>
    private static async Task<Course> WalkAsync(FastWorld world, int from, FlowOrigin origin, Flow flow)
    {
        var (at, hops, passed) = (from, new List<TraceHop>(), new List<(IActorRef Path, Flow Flow)>());
        var (outcome, server, reason) = ("", "", "");
        while (outcome.Length == 0)
        {
            var verdict = await world.Path(at).Ask<FlowVerdict>(new OpenFlow(origin, flow, true), TimeSpan.FromSeconds(20));
            hops.AddRange(verdict.Hops);
            reason = verdict.Reason;
            if (verdict.Action is FlowAction.Forward or FlowAction.Deliver) passed.Add((world.Path(at), flow));
            if (verdict.Action != FlowAction.Forward)
            {
                outcome = verdict.Action switch
                {
                    FlowAction.Deliver => "Answered",
                    FlowAction.Reject => "Refused",
                    FlowAction.Drop => "Dropped",
                    _ => "Unreachable",
                };
                if (verdict.Listener is { } listener) (server, flow) = (listener.Owner, verdict.Translated);
                break;
            }
            var route = world.Directory.RouteTo(verdict.Translated.Destination.Ip);
            var next = NextHop.Of(world.Directory, $"node-{at}", verdict.Translated);
            if (next.Kind == NextHopKind.Lost)
            {
                (outcome, reason) = ("Dropped", route.Reason);
                hops.Add(new TraceHop($"node/node-{at}", "drop", route.Reason, null, 0));
            }
            else if (next.Kind != NextHopKind.Node || next.Target == "node-4")
            {
                outcome = "Unsupported";
            }
            else
            {
                if (route.Kind == FabricRouteKind.ToNodeThroughEdge) hops.Add(new TraceHop("edge", "dnat", route.Reason, null, 0));
                (at, origin, flow) = (int.Parse(next.Target[5..]), next.Origin, next.Flow);
            }
        }
        foreach (var (path, known) in passed) path.Tell(new CloseFlow(known));
        return new Course(outcome, server, flow, outcome == "Unsupported" ? "" : reason, Text(hops));
    }

    private static string Text(IEnumerable<TraceHop> hops) => string.Join('\n', hops.Select(h => $"{h.At} {h.What} {h.Detail} {h.TableRevision}"));

    private static (int From, FlowOrigin Origin, Flow Flow) RequestOf(RandomStream random, List<Service> services)
    {
        var from = 1 + random.Next(FastWorld.Nodes);
        var origin = random.Next(6) switch { 0 => FlowOrigin.LocalHost, 1 => FlowOrigin.Outside, _ => FlowOrigin.LocalPod };
        var source = origin switch
        {
            FlowOrigin.LocalHost => FastWorld.NodeIp(from),
            FlowOrigin.Outside => Ip.Parse(random.Next(2) == 0 ? "192.0.2.1" : "198.18.0.7"),
            _ => Ip.Parse($"172.17.{from - 1}.{2 + random.Next(4)}"),
        };
        var service = services[random.Next(services.Count)];
        var nodePort = service.Spec.Ports[0].NodePort;
        // Not the sender's own ExternalIP: a connection that comes back to its node holds two places in conntrack there, a FastRequest none.
        var node = origin == FlowOrigin.Outside ? from : 1 + random.Next(FastWorld.Nodes + 1);
        var destination = random.Next(14) switch
        {
            0 => new IpPort(Ip.Parse("10.96.9.9"), 80),
            1 => new IpPort(Ip.Parse(service.Spec.ClusterIP), 81),
            2 => new IpPort(Ip.Parse(Pods[random.Next(Pods.Length)]), random.Next(2) == 0 ? 8080 : 9),
            3 => new IpPort(Ip.Parse($"172.17.{random.Next(5)}.200"), 8080),
            4 => new IpPort(new AddressPlan().ControlPlane, 6443),
            5 when nodePort > 0 => new IpPort(FastWorld.NodeIp(node), nodePort),
            6 when nodePort > 0 && node != from => new IpPort(Ip.Parse($"127.18.0.{1 + node}"), nodePort),
            7 when service.Spec.ExternalIPs.Count > 0 => new IpPort(Ip.Parse(service.Spec.ExternalIPs[0]), 80),
            _ => new IpPort(Ip.Parse(service.Spec.ClusterIP), 80),
        };
        // Few ports, so that they come again.
        return (from, origin, new Flow(IpProtocol.Tcp, new IpPort(source, 40000 + random.Next(3)), destination));
    }

    private static Service ServiceOf(int number, RandomStream random)
    {
        var external = random.Next(2) == 0;
        var affine = random.Next(3) == 0;
        return new Service
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = $"web-{number}", ResourceVersion = "1" },
            Spec = new ServiceSpec
            {
                Type = external ? "NodePort" : "ClusterIP",
                ClusterIP = $"10.96.1.{1 + number}",
                ClusterIPs = [$"10.96.1.{1 + number}"],
                ExternalIPs = external && random.Next(2) == 0 ? [$"203.0.113.{50 + number}"] : [],
                ExternalTrafficPolicy = external ? random.Next(3) == 0 ? "Local" : "Cluster" : "",
                InternalTrafficPolicy = random.Next(5) == 0 ? "Local" : "Cluster",
                TopologyKeys = random.Next(6) == 0 ? ["kubernetes.io/hostname", "topology.kubernetes.io/zone"] : [],
                SessionAffinity = affine ? "ClientIP" : "None",
                SessionAffinityConfig = affine ? new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 5 + random.Next(60) } } : null,
                Ports = [new ServicePort { Port = 80, TargetPort = 8080, Protocol = "TCP", NodePort = external ? 30000 + number : 0 }],
            },
        };
    }

    private static EndpointSlice SliceOf(Service service, RandomStream random)
    {
        var count = random.Next(6);
        var first = random.Next(Pods.Length);
        var endpoints = Enumerable.Range(0, count).Select(i =>
        {
            var ip = random.Next(15) switch { 0 => "203.0.113.10", 1 => "172.17.3.5", _ => Pods[(first + (i * 5)) % Pods.Length] };
            var (state, node) = (random.Next(6), int.Parse(ip.Split('.')[2]) + 1);
            return new Endpoint
            {
                Addresses = [ip],
                NodeName = ip.StartsWith("172.", StringComparison.Ordinal) ? $"node-{node}" : "",
                Zone = node % 2 == 1 ? "zone-a" : "zone-b",
                Conditions = new EndpointConditions { Ready = state > 1, Serving = state > 0, Terminating = state <= 1 },
            };
        }).ToList();
        return new EndpointSlice
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = $"{service.Metadata.Name}-1", ResourceVersion = "1", Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = service.Metadata.Name } },
            AddressType = "IPv4",
            Ports = [new EndpointSlicePort { Name = "", Port = 8080, Protocol = "TCP" }],
            Endpoints = endpoints,
        };
    }
}

using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

/// <summary>Nodes with their data paths on one network, under a clock that stands still until told. Node i has Pods 172.17.(i-1).0/24.</summary>
internal sealed class FastWorld
{
    /// <summary>node-4 runs in another process.</summary>
    public const int Nodes = 3;
    private readonly List<(NodeTable Table, IActorRef Path)> _nodes = [];
    private readonly FabricProcess _fabric;
    private readonly IActorRef _client;

    public FastWorld(ActorSystem system, ProxyMode mode, int conntrackMax = 262_144)
    {
        _fabric = FabricProcess.Start(new FabricOptions { Listen = false }, system);
        var members = new List<FabricNode>();
        for (var i = 1; i <= Nodes + 1; i++)
        {
            var node = new Node
            {
                Metadata = new ObjectMeta { Name = $"node-{i}", Labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = i % 2 == 1 ? "zone-a" : "zone-b" } },
                Spec = new NodeSpec { PodCIDRs = [$"172.17.{i - 1}.0/24"] },
                Status = new NodeStatus { Addresses = [new NodeAddress { Type = "InternalIP", Address = $"172.18.0.{1 + i}" }] },
            };
            members.Add(new FabricNode(node.Metadata.Name, i > Nodes ? "other" : "here", [NodeIp(i)], [Ip.Parse($"127.18.0.{1 + i}")], [Cidr.Parse($"172.17.{i - 1}.0/24")], "", true));
            if (i > Nodes) continue;
            var table = new NodeTable(new TableFeed(), NodeFactsReader.Read(node, new AddressPlan(), mode));
            var path = system.ActorOf(DataPath.PropsFor(table, new KubeProxyOptions { ConntrackMax = conntrackMax }));
            _nodes.Add((table, path));
            _fabric.RegisterNode(node.Metadata.Name, path);
        }
        _fabric.Directory = new FabricDirectory(1, new AddressPlan(), members, [new FabricPeer("other", "nodes", "127.0.0.1", 7)]);
        _client = system.ActorOf(Props.Create(() => new Client()));
    }

    public FabricDirectory Directory => _fabric.Directory;

    public static Ip NodeIp(int node) => Ip.Parse($"172.18.0.{1 + node}");

    public IActorRef Path(int node) => _nodes[node - 1].Path;

    public NodeFacts FactsOf(int node) => _nodes[node - 1].Table.Facts;

    public TableRoot RootOf(int node) => _nodes[node - 1].Table.Published.Root;

    public void Disconnect(int node) => _fabric.UnregisterNode($"node-{node}");

    public void Publish(TableRoot root)
    {
        foreach (var (table, _) in _nodes) table.Publish(new PublishedTable(root, 0));
    }

    public void AddPod(string ip, bool listens)
    {
        var address = Ip.Parse(ip);
        var path = Path(int.Parse(ip.Split('.')[2]) + 1);
        path.Tell(new AddPod(address, $"pod/default/{ip}"));
        if (listens) path.Tell(new AddListener(new IpPort(address, 8080), new HostnameListener($"pod/default/{ip}")));
    }

    /// <summary>Sends it and waits until it is back.</summary>
    public async Task<FastRequest> AskAsync(FastRequest request)
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        request.Tag = back;
        _fabric.Fast.Send(request, _client);
        await back.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return request;
    }

    private sealed class Client : ReceiveActor
    {
        public Client() => Receive<FastRequest>(request => { ((TaskCompletionSource)request.Tag!).SetResult(); });
    }
}

/// <summary>Answers with the client that it sees; 404 to all paths but the root.</summary>
internal sealed class HostnameListener(string owner) : IFastListener
{
    public IpProtocol Protocol => IpProtocol.Tcp;
    public string Owner => owner;

    public void Answer(FastRequest request, DateTimeOffset now) =>
        request.Answer(request.Path == "/" ? 200 : 404, "text/plain", [], $"{owner} served {request.Flow.Source}");

    public void Accept(InboundConnection connection) => throw new InvalidOperationException("No connection was opened.");

    public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) => throw new InvalidOperationException("No datagram was sent.");
}

/// <summary>A seeded source of randomness, and a clock that a test moves.</summary>
internal sealed class ManualTime(ulong seed) : Determinism
{
    private readonly LiveDeterminism _seeded = new(seed);
    private long _now;

    public override DateTimeOffset UtcNow => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddMicroseconds(Microseconds);
    public override long Microseconds => Volatile.Read(ref _now);

    public void Advance(long microseconds) => Volatile.Write(ref _now, _now + microseconds);

    public override RandomStream Stream(string name) => _seeded.Stream(name);

    public override string NewUid() => _seeded.NewUid();

    public ActorSystem StartSystem() => ActorSystem.Create("fast", BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = ERROR")).And(new DeterminismSetup(this)));
}

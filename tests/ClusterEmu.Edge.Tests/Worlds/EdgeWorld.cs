using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

/// <summary>An edge process with two fake nodes and one Service, in one process, with listeners on loopback addresses of its own.</summary>
internal sealed class EdgeWorld : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    public const int NodePort = 30080;
    public const int LoadBalancerPort = 8080;
    private static int _worlds = Environment.ProcessId % 60_000;
    private readonly IActorRef _hub;

    private EdgeWorld(EdgeOptions? options, bool udp)
    {
        var number = Interlocked.Increment(ref _worlds);
        Prefix = string.Create(CultureInfo.InvariantCulture, $"127.{100 + (number % 80)}.{number / 80 % 250}");
        System = ActorSystem.Create("edge-test");
        Fabric = FabricProcess.Start(new FabricOptions { Listen = false }, System);
        Node1 = System.ActorOf(FakeNode.PropsFor("node-1", NodePort, Opened));
        Node2 = System.ActorOf(FakeNode.PropsFor("node-2", NodePort, Opened));
        Fabric.RegisterNode("node-1", Node1);
        Fabric.RegisterNode("node-2", Node2);
        Service = ServiceOf(udp);
        _hub = Client.Hub(System, NodeOf(1), NodeOf(2), Service);
        Options = (options ?? new EdgeOptions()) with { Plan = new AddressPlan { NodeExternalRange = Cidr.Parse("127.100.0.0/16"), LoadBalancerRange = Cidr.Parse("127.200.0.0/16") } };
    }

    public string Prefix { get; }
    public ActorSystem System { get; }
    public FabricProcess Fabric { get; }
    public FakeCluster Client { get; } = new();
    public ConcurrentQueue<OpenFlow> Opened { get; } = new();
    public IActorRef Node1 { get; }
    public IActorRef Node2 { get; }
    public Service Service { get; }
    public EdgeOptions Options { get; }
    public EdgeProcess Edge { get; private set; } = null!;
    public IPEndPoint Node1Port => new(IPAddress.Parse($"{Prefix}.2"), NodePort);
    public IPEndPoint LoadBalancer => new(IPAddress.Parse($"{Prefix}.200"), LoadBalancerPort);

    public static async Task<EdgeWorld> StartAsync(EdgeOptions? options = null, bool udp = false, Action<EdgeWorld>? before = null)
    {
        var world = new EdgeWorld(options, udp);
        before?.Invoke(world);
        world.Edge = await EdgeProcess.StartAsync(world.Options, world.System, world.Client, world.Fabric, world._hub);
        await UntilAsync(() => world.Fabric.Directory.Nodes.Count == 2, "the directory");
        return world;
    }

    /// <summary>Waits until all listeners of the world's Service stand.</summary>
    public async Task<IReadOnlyList<HostPortRow>> ListenersAsync(Func<IReadOnlyList<HostPortRow>, bool> condition)
    {
        IReadOnlyList<HostPortRow> rows = [];
        await UntilAsync(async () => condition(rows = await Edge.ReadHostPortsAsync()), "the listeners");
        return rows;
    }

    public Task<IReadOnlyList<HostPortRow>> AllOpenAsync() =>
        ListenersAsync(rows => rows.Count == 3 && rows.All(row => row.Endpoint.State == HostPortState.Open));

    public void Change(IActorRef node, WirePortAction action) => node.Tell(new FakeNode.Act(action), ActorRefs.NoSender);

    public void ChangeService(Service service) => _hub.Tell(new InformerChanged(Kinds.Service, WatchEventType.Modified, service, Service, "2"), ActorRefs.NoSender);

    /// <summary>Sends over a real socket; what comes back, or the socket's error, or TimedOut after half a second without a connection.</summary>
    public static async Task<string> SayAsync(IPEndPoint to, string text, string? from = null)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (from is not null) socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        using var limit = new CancellationTokenSource(500);
        try
        {
            await socket.ConnectAsync(to, limit.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes(text), SocketFlags.None).WaitAsync(Patience);
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[1024];
            var count = await socket.ReceiveAsync(buffer, SocketFlags.None).WaitAsync(Patience);
            return Encoding.ASCII.GetString(buffer, 0, count);
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode.ToString();
        }
        catch (OperationCanceledException)
        {
            return "TimedOut";
        }
    }

    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"{what}: not within {Patience.TotalSeconds} s");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync().AsTask().WaitAsync(Patience);
        await Fabric.DisposeAsync().AsTask().WaitAsync(Patience);
        await System.Terminate().WaitAsync(Patience);
    }

    private Node NodeOf(int number) => new()
    {
        Metadata = new ObjectMeta { Name = $"node-{number}" },
        Spec = new NodeSpec { PodCIDR = $"172.17.{number - 1}.0/24" },
        Status = new NodeStatus
        {
            Addresses =
            [
                new NodeAddress { Type = "InternalIP", Address = $"172.18.0.{number + 1}" },
                new NodeAddress { Type = "ExternalIP", Address = $"{Prefix}.{number + 1}" },
            ],
            Conditions = [new NodeCondition { Type = "Ready", Status = "True" }],
        },
    };

    private Service ServiceOf(bool udp) => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "default", Uid = "uid-1" },
        Spec = new ServiceSpec
        {
            Type = "LoadBalancer",
            Ports = [new ServicePort { Protocol = udp ? "UDP" : "TCP", Port = LoadBalancerPort, NodePort = NodePort }],
        },
        Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { IP = $"{Prefix}.200" }] } },
    };
}

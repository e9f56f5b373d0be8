using System.Globalization;
using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

/// <summary>Three fabric processes on loopback: node-1 in a, node-2 in b, node-3 in c; outside is in c. Data paths are fake.</summary>
internal sealed class FabricWorld : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    public static readonly Ip PodOne = Ip.Parse("172.17.0.5");
    public static readonly IpPort Service = At("10.96.45.123:80");
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private FabricWorld(bool oneProcess)
    {
        System = ActorSystem.Create("fabric-test");
        A = FabricProcess.Start(Options, Key, System);
        B = oneProcess ? A : FabricProcess.Start(Options, Key, System);
        C = oneProcess ? A : FabricProcess.Start(Options, Key, System);
        Node1Path = Register(A, Node1);
        Node2Path = Register(B, Node2);
        Register(C, Node3);
        C.RegisterOutside(System.ActorOf(FakeDataPath.PropsFor(Outside)));
        A.Directory = B.Directory = C.Directory = DirectoryOf(B.Address!);
    }

    public ActorSystem System { get; }
    public FabricProcess A { get; }
    public FabricProcess B { get; }
    public FabricProcess C { get; }
    public IActorRef Node1Path { get; }
    public IActorRef Node2Path { get; }
    public FakeNode Node1 { get; } = new("node-1");
    public FakeNode Node2 { get; } = new("node-2");
    public FakeNode Node3 { get; } = new("node-3");
    public FakeNode Outside { get; } = new("outside");
    private static FabricOptions Options => new() { PkiDirectory = "unused" };

    public static FabricWorld Create(bool oneProcess = false) => new(oneProcess);

    public static IpPort At(string text)
    {
        var colon = text.LastIndexOf(':');
        return new IpPort(Ip.Parse(text[..colon]), int.Parse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }

    public FabricDirectory DirectoryOf(string addressOfB) => new(1, new AddressPlan(),
        [
            new FabricNode("node-1", "a", [Ip.Parse("172.18.0.2")], [Ip.Parse("127.18.0.2")], [Cidr.Parse("172.17.0.0/24")], "", true),
            new FabricNode("node-2", "b", [Ip.Parse("172.18.0.3")], [Ip.Parse("127.18.0.3")], [Cidr.Parse("172.17.1.0/24")], "", true),
            new FabricNode("node-3", "c", [Ip.Parse("172.18.0.4")], [Ip.Parse("127.18.0.4")], [Cidr.Parse("172.17.2.0/24")], "", true),
        ],
        [Peer("a", "nodes", A.Address!), Peer("b", "nodes", addressOfB), Peer("c", "edge", C.Address!)]);

    public static Dial DialTo(IpPort destination, bool trace = false) =>
        new("node-1", FlowOrigin.LocalPod, PodOne, destination, trace, "pod/default/client");

    /// <summary>A listener that sends back, in capitals, what it reads, and closes when its peer has finished.</summary>
    public static FakeListener Echo(string owner) => new(IpProtocol.Tcp, owner)
    {
        OnAccept = connection => _ = Task.Run(async () =>
        {
            await using var stream = connection.Stream;
            var buffer = new byte[1024];
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0)
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(buffer, 0, count).ToUpperInvariant()));
        }),
    };

    public async Task<DialResult> DialAsync(Dial dial, int patienceMs = 20_000)
    {
        using var limit = new CancellationTokenSource(patienceMs);
        return await A.DialAsync(dial, limit.Token);
    }

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"{what}: not within {Patience.TotalSeconds} s");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { A, B, C }.Distinct()) await process.DisposeAsync().AsTask().WaitAsync(Patience);
        await System.Terminate().WaitAsync(Patience);
    }

    private static FabricPeer Peer(string name, string role, string address)
    {
        var at = At(address);
        return new FabricPeer(name, role, at.Ip.ToString(), at.Port);
    }

    private IActorRef Register(FabricProcess process, FakeNode node)
    {
        var path = System.ActorOf(FakeDataPath.PropsFor(node));
        process.RegisterNode(node.Name, path);
        return path;
    }
}

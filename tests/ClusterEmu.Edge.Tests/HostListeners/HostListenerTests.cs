using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

public sealed class HostListenerTests
{
    [Fact]
    public async Task RealClients_ReachNodePortsAndLoadBalancers()
    {
        await using var world = await EdgeWorld.StartAsync();
        await world.AllOpenAsync();
        Assert.Equal("192.0.2.1 HELLO", await EdgeWorld.SayAsync(world.Node1Port, "hello"));
        Assert.Equal("198.18.0.10 HELLO", await EdgeWorld.SayAsync(world.Node1Port, "hello", from: "127.0.0.10"));
        Assert.Equal("192.0.2.1 HELLO", await EdgeWorld.SayAsync(world.LoadBalancer, "hello"));
        Assert.Empty(world.Client.Patches);
        Assert.Empty(world.Client.Events);
    }

    [Fact]
    public async Task RealClients_AreRefusedOrTimeOutAsTheNodeWouldHaveIt()
    {
        await using var world = await EdgeWorld.StartAsync();
        await world.AllOpenAsync();
        foreach (var (action, state, met) in new[]
        {
            (WirePortAction.Reject, HostPortState.Closed, "ConnectionRefused"),
            (WirePortAction.Drop, HostPortState.Silent, "TimedOut"),
            (WirePortAction.Forward, HostPortState.Open, "192.0.2.1 AGAIN"),
            (WirePortAction.Drop, HostPortState.Silent, "TimedOut"),
            (WirePortAction.Reject, HostPortState.Closed, "ConnectionRefused"),
        })
        {
            world.Change(world.Node1, action);
            await world.ListenersAsync(rows => rows.Single(row => row.Endpoint.Address.ToString() == world.Node1Port.ToString()).Endpoint.State == state);
            Assert.Equal(met, await EdgeWorld.SayAsync(world.Node1Port, "again"));
        }
    }

    [Fact]
    public async Task ANodeThatIsGone_TimesOut()
    {
        await using var world = await EdgeWorld.StartAsync(new EdgeOptions { LoadBalancer = new LoadBalancerOptions { HealthCheck = HealthCheckOptions.Fast } });
        await world.AllOpenAsync();
        world.Fabric.UnregisterNode("node-1");
        world.System.Stop(world.Node1);
        await world.ListenersAsync(rows => rows.Count(row => row.Endpoint.State == HostPortState.Silent) == 1);
        Assert.Equal("TimedOut", await EdgeWorld.SayAsync(world.Node1Port, "anyone?"));
        // Until the load balancer's health check has failed, it still sends there.
        var outside = await world.Edge.Senders.FindAsync("outside", default);
        var ten = new RequestSpec { Url = $"tcp://{world.LoadBalancer}", Data = "x", Count = 10, TimeoutMs = 200 };
        await EdgeWorld.UntilAsync(async () => (await world.Edge.Requests.RunAsync(ten, outside, default)).Succeeded == 10, "the health check");
        Assert.Equal("192.0.2.1 STILL", await EdgeWorld.SayAsync(world.LoadBalancer, "still"));
    }

    [Fact]
    public async Task AServiceThatIsGone_FreesItsPorts()
    {
        await using var world = await EdgeWorld.StartAsync();
        await world.AllOpenAsync();
        world.ChangeService(world.Service with { Spec = world.Service.Spec with { Type = "ClusterIP" } });
        await world.ListenersAsync(rows => rows.Count == 0);
        Assert.Equal("ConnectionRefused", await EdgeWorld.SayAsync(world.Node1Port, "hello"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATakenPort_IsReplacedAndTold(bool shiftedTakenToo)
    {
        var taken = new List<Socket>();
        await using var world = await EdgeWorld.StartAsync(before: w =>
        {
            taken.Add(Occupy(w.Node1Port));
            if (shiftedTakenToo) taken.Add(Occupy(new IPEndPoint(w.Node1Port.Address, EdgeWorld.NodePort + 10_000)));
        });
        var rows = await world.AllOpenAsync();
        var actual = rows.Single(row => row.Endpoint.Address.ToString() == world.Node1Port.ToString()).Actual!.Value;
        if (shiftedTakenToo) Assert.Equal("127.0.0.1", actual.Ip.ToString());
        else Assert.Equal($"{world.Prefix}.2:40080", actual.ToString());
        Assert.Equal("192.0.2.1 HERE", await EdgeWorld.SayAsync(IPEndPoint.Parse(actual.ToString()), "here"));

        await EdgeWorld.UntilAsync(() => world.Client.Patches.Any() && world.Client.Events.Any(), "annotation and Event");
        Assert.Contains($"\"clusteremu.io/host-port-map\":\"{world.Node1Port}/tcp={actual}\"", world.Client.Patches.First());
        var told = world.Client.Events.First();
        Assert.Equal(("web", "HostPortMoved", "Warning"), (told.InvolvedObject.Name, told.Reason, told.Type));
        Assert.Contains($"{world.Node1Port}/tcp -> {actual}", told.Message);
        foreach (var socket in taken) socket.Dispose();
    }

    [Fact]
    public async Task AnOldAnnotation_IsTakenAway()
    {
        await using var world = await EdgeWorld.StartAsync();
        await world.AllOpenAsync();
        world.ChangeService(world.Service with
        {
            Metadata = world.Service.Metadata with { Annotations = new Dictionary<string, string> { [EdgeReader.HostPortMapAnnotation] = "old" } },
        });
        await EdgeWorld.UntilAsync(() => world.Client.Patches.Any(), "the patch");
        Assert.Equal("{\"metadata\":{\"annotations\":{\"clusteremu.io/host-port-map\":null}}}", world.Client.Patches.First());
    }

    [Fact]
    public async Task Datagrams_ReachUdpNodePorts()
    {
        await using var world = await EdgeWorld.StartAsync(udp: true);
        await world.AllOpenAsync();
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        for (var i = 0; i < 3; i++)
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"ping {i}"), world.Node1Port);
            var answer = await socket.ReceiveAsync().WaitAsync(EdgeWorld.Patience);
            Assert.Equal($"192.0.2.1 PING {i}", Encoding.ASCII.GetString(answer.Buffer));
            Assert.Equal(world.Node1Port, answer.RemoteEndPoint);
        }
        Assert.Single(world.Opened.Select(open => open.Flow).Distinct());
    }

    private static Socket Occupy(IPEndPoint place)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(place);
        socket.Listen(1);
        return socket;
    }
}

using ClusterEmu.Fabric;

namespace ClusterEmu.Edge.Tests;

public sealed class OutsideTrafficTests
{
    private static readonly EdgeOptions NoListeners = new() { HostListeners = false };

    private static async Task<RequestReport> SendAsync(EdgeWorld world, RequestSpec spec) =>
        await world.Edge.Requests.RunAsync(spec with { Trace = true }, await world.Edge.Senders.FindAsync(spec.From, default), default).WaitAsync(EdgeWorld.Patience);

    /// <summary>The router learns of nodes and Services a moment after it started.</summary>
    private static async Task<RequestReport> SendUntilAnsweredAsync(EdgeWorld world, RequestSpec spec)
    {
        RequestReport report;
        using var limit = new CancellationTokenSource(EdgeWorld.Patience);
        do
        {
            report = await SendAsync(world, spec with { TimeoutMs = 1000 });
            Assert.False(limit.IsCancellationRequested, string.Join('\n', report.Answers.Errors.Keys));
        }
        while (report.Succeeded < report.Sent);
        return report;
    }

    [Fact]
    public async Task ANodesExternalIP_LeadsToItsNodePort()
    {
        await using var world = await EdgeWorld.StartAsync(NoListeners);
        var report = await SendUntilAnsweredAsync(world, new RequestSpec { Url = $"tcp://{world.Node1Port}", Data = "hello" });
        Assert.Equal("192.0.2.1 HELLO", report.Answers.FirstBody);
        Assert.Equal(["connect", "dnat", "deliver", "answer"], report.Traces[0].Hops.Select(hop => hop.What));
        Assert.Equal(["outside/192.0.2.1", "edge", "node/node-1", "pod/default/on-node-1"], report.Traces[0].Hops.Select(hop => hop.At));
        Assert.True(world.Opened.TryPeek(out var open));
        Assert.Equal((FlowOrigin.Outside, "172.18.0.2:30080"), (open.Origin, open.Flow.Destination.ToString()));
    }

    [Theory]
    [InlineData("pass-through", "198.51.100.7")]
    [InlineData("proxy", "")]
    public async Task ALoadBalancer_SpreadsOverNodesAndKeepsTheClientUnlessItIsAProxy(string kind, string client)
    {
        await using var world = await EdgeWorld.StartAsync(NoListeners with { LoadBalancer = new LoadBalancerOptions { Kind = kind, Algorithm = "round-robin" } });
        // Each node takes part as soon as its first health check has passed.
        var warmUp = new RequestSpec { Url = $"tcp://{world.LoadBalancer}", From = "outside/198.51.100.7", Data = "x", Count = 4 };
        using (var limit = new CancellationTokenSource(EdgeWorld.Patience))
        {
            while ((await SendUntilAnsweredAsync(world, warmUp)).ByPod.Count < 2) Assert.False(limit.IsCancellationRequested, "only one node takes part");
        }

        var report = await SendUntilAnsweredAsync(world, new RequestSpec { Url = $"tcp://{world.LoadBalancer}", From = "outside/198.51.100.7", Data = "hello", Count = 10 });
        Assert.Equal(2, report.ByPod.Count);
        Assert.All(report.ByPod.Values, count => Assert.Equal(5, count));
        Assert.Contains(report.Traces[0].Hops, hop => hop is { At: "lb/default/web", What: "forward" });
        var source = client.Length > 0 ? client : world.LoadBalancer.Address.ToString();
        Assert.Equal($"{source} HELLO", report.Answers.FirstBody);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task ANodeThatFailsItsHealthCheck_GetsNothingUntilItPassesAgain(int code)
    {
        var check = new HealthCheckOptions { Period = TimeSpan.FromMilliseconds(60), Timeout = TimeSpan.FromMilliseconds(60), UnhealthyThreshold = 2 };
        await using var world = await EdgeWorld.StartAsync(NoListeners with { LoadBalancer = new LoadBalancerOptions { Algorithm = "round-robin", HealthCheck = check } });
        var many = new RequestSpec { Url = $"tcp://{world.LoadBalancer}", Data = "x", Count = 10 };
        await UntilSpreadOverAsync(2);
        world.Node1.Tell(new FakeNode.Health(code), ActorRefs.NoSender);
        await UntilSpreadOverAsync(1);
        world.Node2.Tell(new FakeNode.Health(code), ActorRefs.NoSender);
        using (var limit = new CancellationTokenSource(EdgeWorld.Patience))
        {
            while (!(await SendAsync(world, many with { Count = 1, TimeoutMs = 200 })).Traces[0].Hops.Any(hop => hop.What == "drop" && hop.Detail.Contains("none of 2 nodes is healthy")))
                Assert.False(limit.IsCancellationRequested, "nodes that fail still get connections");
        }

        world.Node1.Tell(new FakeNode.Health(200), ActorRefs.NoSender);
        world.Node2.Tell(new FakeNode.Health(200), ActorRefs.NoSender);
        await UntilSpreadOverAsync(2);

        async Task UntilSpreadOverAsync(int nodes)
        {
            using var limit = new CancellationTokenSource(EdgeWorld.Patience);
            while ((await SendUntilAnsweredAsync(world, many)).ByPod.Count != nodes) Assert.False(limit.IsCancellationRequested, $"never {nodes} nodes");
        }
    }

    [Fact]
    public async Task NobodyElse_SendsFromTheHealthChecksAddress()
    {
        await using var world = await EdgeWorld.StartAsync(NoListeners);
        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(async () => await world.Edge.Senders.FindAsync($"outside/{HealthTarget.Checker}", default));
        Assert.Contains("health checks come from", refusal.Message);
    }

    [Fact]
    public async Task OutsideHosts_Answer()
    {
        await using var world = await EdgeWorld.StartAsync(NoListeners);
        var report = await SendAsync(world, new RequestSpec { Url = "http://db.example.com/status", Count = 3, Keepalive = true });
        Assert.Equal(3, report.ByPod["outside/db.example.com"]);
        Assert.StartsWith("db.example.com answers GET /status", report.Answers.FirstBody);
        report = await SendAsync(world, new RequestSpec { Url = "http://db.example.com/", Data = new string('x', 100_000), Count = 2, Keepalive = true });
        Assert.Equal(2, report.Succeeded);
        report = await SendAsync(world, new RequestSpec { Url = "tcp://db.example.com:5432", Data = "SELECT 1" });
        Assert.Equal("SELECT 1", report.Answers.FirstBody);
        report = await SendAsync(world, new RequestSpec { Url = "https://203.0.113.11/" });
        Assert.Equal(1, report.ByPod["outside/api.example.com/203.0.113.11"]);
        Assert.Contains("CN=api.example.com", report.Answers.Certificate);
        report = await SendAsync(world, new RequestSpec { Url = "http://db.example.com:81" });
        Assert.Equal(1, report.Failed.Refused);
    }

    [Fact]
    public async Task AClusterIP_TimesOutAndTheTraceSaysWhy()
    {
        await using var world = await EdgeWorld.StartAsync(NoListeners);
        var report = await SendAsync(world, new RequestSpec { Url = "http://10.96.45.123", TimeoutMs = 1000 });
        Assert.Equal(new RequestFailures(0, 1, 0, 0), report.Failed);
        Assert.Contains(report.Traces[0].Hops, hop => hop is { At: "edge", What: "drop" }
            && hop.Detail.Contains("10.96.45.123 exists only in the nodes' tables; no router outside knows it"));
    }

    [Fact]
    public async Task TheProcess_RegistersItself()
    {
        await using var world = await EdgeWorld.StartAsync(NoListeners);
        await EdgeWorld.UntilAsync(() => world.Client.Calls.Any(call => call.Body?.Metadata.Name == "clusteremu-process-edge"), "the Lease");
    }
}

using ClusterEmu.Network;

namespace ClusterEmu.Simulation.Tests;

public sealed class LoadTests
{
    [Fact]
    public void Clients_ResolveNames_AndReachServicesInEveryWay()
    {
        var cluster = new TrafficWorld(7);
        var world = cluster.World;
        cluster.Serve("client", 2);
        cluster.Serve("web", 3, spec => spec with { Type = "LoadBalancer" });
        world.Executor.RunUntil(world.Now + 1_000_000);
        var done = new Dictionary<string, List<RequestDone>>(StringComparer.Ordinal);
        world.Traffic.Requests.Add(request => Of(request.Client).Add(request));
        var asked = new List<NameAsked>();
        world.Traffic.Names.Add(asked.Add);
        Add("short", "app/default/client", "http://web/hostname");
        Add("full", "app/default/client", "http://web.default.svc.cluster.local/hostname");
        Add("node", "node/node-2", "http://web.default.svc.cluster.local/hostname");
        Add("unknown", "app/default/client", "http://nobody/");
        Add("outside", "outside", "loadbalancer://default/web/hostname");
        Add("nodeport", "outside/198.51.100.9", "nodeport://default/web@node-3/hostname");
        Add("inside", "node/node-1", "clusterip://default/web:80/hostname");
        Add("names-outside", "outside", "http://web/");
        Add("missing", "pod/default/nobody", "http://web/");
        Add("database", "app/default/client", "http://db.example.com/");
        world.Executor.RunUntil(world.Now + 5_000_000);

        foreach (var (name, requests) in done)
        {
            Assert.InRange(requests.Count, 70, 130);
            Assert.Equal(Enumerable.Range(1, requests.Count), requests.Select(request => (int)request.Number).Order());
        }
        foreach (var (name, questions) in new[] { ("short", 1), ("full", 4), ("node", 1), ("outside", 0), ("nodeport", 0), ("inside", 0), ("database", 4) })
        {
            Assert.All(Of(name), request => Assert.Equal((RequestOutcome.Answered, 200, questions), (request.Outcome, request.Status, request.Questions)));
            if (name != "database") Assert.Equal(3, Of(name).Select(request => request.ServerName).Distinct().Count());
        }
        Assert.All(Of("unknown"), request => Assert.Equal((RequestOutcome.NameUnknown, 4), (request.Outcome, request.Questions)));
        Assert.All(Of("names-outside"), request => Assert.Equal(RequestOutcome.NameUnknown, request.Outcome));
        Assert.All(Of("missing"), request => Assert.Equal(RequestOutcome.NotSent, request.Outcome));
        Assert.All(Of("nodeport"), request => Assert.Equal(("node-3", Ip.Parse("198.51.100.9")), (request.Choice!.Value.Node, request.Source.Ip)));
        Assert.All(Of("node"), request => Assert.InRange(request.EndedAt - request.StartedAt, 0, 6000));
        Assert.Equal(2, Of("short").Select(request => request.Source.Ip).Distinct().Count());
        Assert.Equal(2, asked.Where(question => question.Choice is not null).Select(question => question.Choice!.Value.Endpoint.Pod).Distinct().Count());
        Assert.Equal(world.Traffic.Ended, done.Values.Sum(requests => requests.Count));
        Assert.Equal(Of("missing").Count, world.Traffic.Count(RequestOutcome.NotSent));
        Assert.Empty(world.Errors);

        void Add(string name, string from, string url) => world.Traffic.Add(new LoadSpec { Name = name, From = from, Url = url, IntervalMicroseconds = 50_000 });
        List<RequestDone> Of(string name) => done.TryGetValue(name, out var known) ? known : done[name] = [];
    }

    [Fact]
    public void Questions_AreAskedAgainAfterFiveSeconds_ThenTheNameTimesOut()
    {
        var cluster = new TrafficWorld(8);
        var world = cluster.World;
        cluster.Serve("web", 1);
        var done = new List<RequestDone>();
        world.Traffic.Requests.Add(done.Add);
        var spec = new LoadSpec { Name = "client", From = "node/node-1", Url = "http://web.default.svc.cluster.local/", IntervalMicroseconds = 100_000, TimeoutMicroseconds = 20_000_000 };
        using (world.Traffic.Add(spec))
        {
            world.Executor.RunUntil(world.Now + 500_000);
            var cut = world.Links.Add(new LinkRule { Name = "cut", From = ["node-1"], Cut = true });
            var at = world.Now;
            world.Executor.RunUntil(at + 2_000_000);
            cut.Dispose();
            world.Executor.RunUntil(at + 4_000_000);
        }
        world.Executor.RunUntil(world.Now + 21_000_000);
        Assert.All(done, request => Assert.Equal(RequestOutcome.Answered, request.Outcome));
        Assert.Contains(done, request => request.Questions == 2 && request.EndedAt - request.StartedAt is > 5_000_000 and < 5_010_000);
        Assert.Contains(done, request => request.Questions == 1 && request.EndedAt - request.StartedAt is > 1_000_000 and < 3_010_000);

        done.Clear();
        using (world.Links.Add(new LinkRule { Name = "cut for good", From = ["node-1"], Cut = true }))
        {
            world.Traffic.Add(spec with { Name = "second" }).Dispose();
            var client = world.Traffic.Add(spec with { Name = "third" });
            world.Executor.RunUntil(world.Now + 1_000_000);
            client.Dispose();
            world.Executor.RunUntil(world.Now + 12_000_000);
        }
        Assert.NotEmpty(done);
        Assert.All(done, request => Assert.Equal("third", request.Client));
        // Where the DNS Pod is on the node itself, the name is found, and the server perhaps not.
        Assert.Contains(done, request => request.Outcome == RequestOutcome.NameTimedOut && request.EndedAt - request.StartedAt == 10_000_000);
    }

    [Fact]
    public void Requests_OfAProcessThatIsKilled_EndWithTheirTimeOut()
    {
        var cluster = new TrafficWorld(9);
        var world = cluster.World;
        cluster.Serve("web", 3);
        var done = new List<RequestDone>();
        world.Traffic.Requests.Add(done.Add);
        using var client = world.Traffic.Add(new LoadSpec { Name = "client", From = "node/node-1", Url = "clusterip://default/web/hostname", IntervalMicroseconds = 1000, TimeoutMicroseconds = 700_000 });
        world.Executor.RunUntil(world.Now + 200_000);
        world.Nodes[1].Kill();
        world.Executor.RunUntil(world.Now + 200_000);
        world.Nodes[0].Kill();
        world.Executor.RunUntil(world.Now + 2_000_000);
        Assert.Equal(done.Count, done.Select(request => request.Number).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, done.Count), done.Select(request => (int)request.Number).Order());
        var lost = done.Where(request => request.Outcome == RequestOutcome.TimedOut).ToList();
        Assert.NotEmpty(lost);
        Assert.All(lost, request => Assert.InRange(request.EndedAt - request.StartedAt, 1, 700_001));
        Assert.Contains(done, request => request.Outcome == RequestOutcome.NotSent);
    }

    [Theory]
    [InlineData("http://web", "Host web  80  /")]
    [InlineData("http://Web.default:8080/a/b?c=d", "Host web.default  8080  /a/b c=d")]
    [InlineData("http://10.96.0.7/", "Host 10.96.0.7  80  /")]
    [InlineData("clusterip://default/web", "ClusterIP  default/web 0  /")]
    [InlineData("loadbalancer://default/web:81/x", "LoadBalancer  default/web 81  /x")]
    [InlineData("nodeport://default/web:80@node-2/x?y", "NodePort  default/web 80 node-2 /x y")]
    [InlineData("https://web/", null)]
    [InlineData("web", null)]
    [InlineData("nodeport://web", null)]
    [InlineData("clusterip:///web", null)]
    [InlineData("http://web:0/", null)]
    [InlineData("http:///", null)]
    public void Urls_AreRead(string url, string? expected)
    {
        var target = LoadTarget.Parse(url);
        Assert.Equal(expected, target is null ? null : $"{target.Kind} {target.Host} {target.Service} {target.Port} {target.Node} {target.Path} {target.Query}".TrimEnd());
        var problems = new LoadSpec { Name = "x", From = "outside", Url = url }.Problems();
        Assert.Equal(expected is null ? 1 : 0, problems.Count());
    }

    [Theory]
    [InlineData("pod/default", "names no sender")]
    [InlineData("outside/nowhere", "names no sender")]
    [InlineData("", "names no sender")]
    public void Specs_WithProblemsAreRefused(string from, string message)
    {
        var world = new SimulatedWorld(new WorldOptions(), 1);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => world.Traffic.Add(new LoadSpec { Name = "x", From = from, Url = "http://web" })).Message);
        Assert.Throws<ArgumentException>(() => world.Traffic.Add(new LoadSpec { Name = "", From = "outside", Url = "http://web" }));
        Assert.Throws<ArgumentException>(() => world.Traffic.Add(new LoadSpec { Name = "x", From = "outside", Url = "http://web", IntervalMicroseconds = 1 }));
    }
}

using ClusterEmu.Api;
using ClusterEmu.Fabric;

namespace ClusterEmu.Simulation.Tests;

public sealed class NetworkTests
{
    [Fact]
    public void Requests_CrossNodes_InTime_AndSeeFaultsOfTheirLinks()
    {
        var cluster = new TrafficWorld();
        var world = cluster.World;
        var service = cluster.Serve("web", 1);
        var pod = cluster.Read<Pod>(Kinds.Pod).Single(pod => pod.Metadata.Namespace == "default");
        var home = int.Parse(pod.Spec.NodeName[5..]);
        var away = home == 1 ? 2 : 1;
        var target = $"{service.Spec.ClusterIP}:80";

        var near = cluster.From(home, target);
        Assert.Equal(0, cluster.Ask(near));
        Assert.Equal((FastOutcome.Answered, 200, $"pod/default/{pod.Metadata.Name}"), (near.Outcome, near.Status, near.ServerName));

        var far = cluster.From(away, target);
        Assert.InRange(cluster.Ask(far), 120, 2400);
        Assert.Equal((FastOutcome.Answered, pod.Metadata.Name), (far.Outcome, far.Body.Trim()));
        var choice = far.Choice!.Value;
        Assert.Equal(($"node-{away}", $"default/{pod.Metadata.Name}", "default/web"), (choice.Node, choice.Endpoint.Pod, choice.Entry.Port.Service.ToString()));
        Assert.Equal(far.TableRevision, choice.TableRevision);

        // Cut off on the way there: nobody served. On the way back: served, but the client learns nothing.
        foreach (var (from, to, served) in new[] { (away, home, false), (home, away, true) })
        {
            using var cut = world.Links.Add(new LinkRule { Name = "cut", From = [$"node-{from}"], To = [$"node-{to}"], BothWays = false, Cut = true });
            var lost = cluster.From(away, target);
            Assert.Equal(lost.TimeoutMicroseconds, cluster.Ask(lost));
            Assert.Equal((FastOutcome.Dropped, served), (lost.Outcome, lost.ServerName.Length > 0));
        }

        // So slow that the client gives up, though the answer would come.
        using (world.Links.Add(new LinkRule { Name = "slow", To = [$"node-{away}"], BothWays = false, ExtraMinMicroseconds = 6_000_000, ExtraMaxMicroseconds = 6_000_000 }))
        {
            var late = cluster.From(away, target);
            Assert.Equal(5_000_000, cluster.Ask(late));
            Assert.Equal((FastOutcome.Dropped, 200), (late.Outcome, late.Status));
        }

        // A process that is dead loses what is sent to it; its client is dead with it.
        world.Nodes[home - 1].Kill();
        Assert.Equal(5_000_000, cluster.Ask(cluster.From(away, target)));
        Assert.Equal(5_000_000, cluster.Ask(cluster.From(home, target)));
        Assert.Empty(world.Errors);
    }

    [Fact]
    public void FromOutside_NodePortsAndLoadBalancersLeadIn_AndHostsOutsideAnswer()
    {
        var cluster = new TrafficWorld(2);
        var service = cluster.Serve("web", 3, spec => spec with { Type = "LoadBalancer" });
        var ingress = service.Status.LoadBalancer.Ingress[0].IP;
        var node = cluster.Read<Node>(Kinds.Node)[1];
        var external = node.Status.Addresses.Single(address => address.Type == "ExternalIP").Address;

        var byNodePort = cluster.FromOutside($"{external}:{service.Spec.Ports[0].NodePort}");
        Assert.InRange(cluster.Ask(byNodePort), 8000, 170_000);
        Assert.Equal((FastOutcome.Answered, node.Metadata.Name), (byNodePort.Outcome, byNodePort.Choice!.Value.Node));

        cluster.World.Executor.RunUntil(cluster.World.Now + 3_000_000);
        var servers = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 30; i++)
        {
            var balanced = cluster.FromOutside($"{ingress}:80");
            cluster.Ask(balanced);
            Assert.Equal(FastOutcome.Answered, balanced.Outcome);
            servers.Add(balanced.ServerName);
        }
        Assert.Equal(3, servers.Count);

        var host = cluster.From(1, "203.0.113.20:80");
        cluster.Ask(host);
        Assert.Equal((FastOutcome.Answered, "outside/db.example.com"), (host.Outcome, host.ServerName));
        var closed = cluster.From(1, "203.0.113.20:81");
        cluster.Ask(closed);
        Assert.Equal(FastOutcome.Refused, closed.Outcome);
        var nowhere = cluster.FromOutside($"{service.Spec.ClusterIP}:80");
        nowhere.Trace = true;
        cluster.Ask(nowhere);
        Assert.Equal(FastOutcome.Dropped, nowhere.Outcome);
        Assert.Contains("exists only in the nodes' tables", nowhere.Reason);
        Assert.Empty(cluster.World.Errors);
    }

    [Fact]
    public void LoadBalancer_LeavesOutANodeThatItCannotReach_UntilItCan()
    {
        var cluster = new TrafficWorld(3);
        var service = cluster.Serve("web", 3, spec => spec with { Type = "LoadBalancer" });
        var ingress = service.Status.LoadBalancer.Ingress[0].IP;
        cluster.World.Executor.RunUntil(cluster.World.Now + 3_000_000);
        using (cluster.World.Links.Add(new LinkRule { Name = "cut", From = ["edge"], To = ["node-2"], Cut = true }))
        {
            cluster.World.Executor.RunUntil(cluster.World.Now + 3_500_000);
            Assert.DoesNotContain("node-2", Entries());
        }
        cluster.World.Executor.RunUntil(cluster.World.Now + 3_000_000);
        Assert.Contains("node-2", Entries());
        cluster.World.Nodes[1].Kill();
        cluster.World.Executor.RunUntil(cluster.World.Now + 2_000_000);
        Assert.DoesNotContain("node-2", Entries());

        SortedSet<string> Entries()
        {
            var entries = new SortedSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < 40; i++)
            {
                var request = cluster.FromOutside($"{ingress}:80");
                request.TimeoutMicroseconds = 500_000;
                cluster.Ask(request);
                if (request.Choice is { } choice) entries.Add(choice.Node);
            }
            return entries;
        }
    }
}

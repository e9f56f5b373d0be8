using System.Diagnostics;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Testing.Tests;

/// <summary>A change reaches the nodes' tables one by one, not all at once.</summary>
public sealed class PropagationTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task WithADelayOnOneNode_TwoRevisionsRouteAtOnce_AndThenConverge()
    {
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions
        {
            Nodes = 2,
            KubeProxyDelays = new Dictionary<string, TimeSpan> { ["node-2"] = Delay },
        });
        await cluster.ApplyAsync(Backend("blue") + "---\n" + Backend("green") + "---\n" + Service("blue"));
        await cluster.WaitForReadyAsync("pod/blue");
        await cluster.WaitForReadyAsync("pod/green");
        await cluster.WaitForEndpointsAsync("colour", 1);
        await cluster.WaitForTablesAsync();
        Assert.Equal("default/blue", await AnswerAsync(cluster, "node-1"));
        Assert.Equal("default/blue", await AnswerAsync(cluster, "node-2"));

        // What is seen counts only if it was seen well before node-2 may take the change; on a machine that was too busy, again.
        var (from, to, seen) = ("blue", "green", false);
        for (var attempt = 0; attempt < 5 && !seen; attempt++)
        {
            var change = Stopwatch.GetTimestamp();
            await cluster.ApplyAsync(Service(to));
            var early = await UntilAsync(cluster, "node-1", $"default/{to}");
            var first = await RequestAsync(cluster, "node-1");
            var second = await RequestAsync(cluster, "node-2");
            var late = await cluster.TableAsync("node-2", "default/colour");
            if (seen = Stopwatch.GetElapsedTime(change) < Delay)
            {
                Assert.True(early.Revision > late.Revision, $"node-1 has revision {early.Revision}, node-2 {late.Revision}");
                Assert.True(late.NewestRevision > late.Revision && late.LagMs > 0, $"node-2 has revision {late.Revision} of {late.NewestRevision}, lag {late.LagMs} ms");
                Assert.Equal($"default/{to}", Assert.Single(first.ByPod).Key);
                Assert.Equal($"default/{from}", Assert.Single(second.ByPod).Key);
                Assert.True(RevisionOf(first) > RevisionOf(second), $"the request from node-1 went by revision {RevisionOf(first)}, that from node-2 by {RevisionOf(second)}");
            }
            await UntilAsync(cluster, "node-2", $"default/{to}");
            Assert.True(Stopwatch.GetElapsedTime(change) >= Delay, $"node-2 took the change after {Stopwatch.GetElapsedTime(change)}");
            (from, to) = (to, from);
        }
        Assert.True(seen, "This machine was too busy to look at two nodes within two seconds, five times in a row.");

        await cluster.WaitForTablesAsync();
        var (one, two) = (await cluster.TableAsync("node-1", "default/colour"), await cluster.TableAsync("node-2", "default/colour"));
        Assert.Equal(Assert.Single(one.Services).Endpoints, Assert.Single(two.Services).Endpoints);
        Assert.Equal(0, two.LagMs);
        Assert.Equal($"default/{from}", await AnswerAsync(cluster, "node-1"));
        Assert.Equal($"default/{from}", await AnswerAsync(cluster, "node-2"));
    }

    private static Task<RequestReport> RequestAsync(EmulatedCluster cluster, string node) =>
        cluster.RequestAsync("http://colour.default.svc.cluster.local/", $"node/{node}", trace: true);

    private static async Task<string> AnswerAsync(EmulatedCluster cluster, string node) => Assert.Single((await RequestAsync(cluster, node)).ByPod).Key;

    /// <summary>Of the table that chose the Pod. The Pod's own node may tell of another, when it delivers.</summary>
    private static long RevisionOf(RequestReport report) => Assert.Single(report.Traces[0].Hops, hop => hop.What == "dnat").TableRevision!.Value;

    /// <summary>The node's table once it sends to this Pod alone.</summary>
    private static async Task<NodeTableView> UntilAsync(EmulatedCluster cluster, string node, string pod)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var table = await cluster.TableAsync(node, "default/colour", limit.Token);
            if (table.Services.SelectMany(port => port.Endpoints).Select(endpoint => endpoint.Pod).SequenceEqual([pod])) return table;
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }
    }

    private static string Backend(string name) => $$"""
        apiVersion: v1
        kind: Pod
        metadata:
          name: {{name}}
          labels:
            colour: {{name}}
        spec:
          containers:
          - name: web
            image: registry.k8s.io/e2e-test-images/agnhost:2.53
            args: ["netexec", "--http-port=8080"]

        """;

    private static string Service(string colour) => $$"""
        apiVersion: v1
        kind: Service
        metadata:
          name: colour
        spec:
          selector:
            colour: {{colour}}
          ports:
          - port: 80
            targetPort: 8080

        """;
}

using System.Text.Json.Nodes;
using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>A change reaches every node's table by itself, at that node's own pace.</summary>
public sealed class PropagationTests
{
    [KubectlFact]
    public async Task ANodeThatLags_RoutesByItsOldTableUntilItCatchesUp()
    {
        await using var cluster = await TrafficTests.WithWebAsync();
        (await cluster.KubectlAsync("annotate node node-2 clusteremu.io/kube-proxy-delay=20s")).Succeeded();
        (await cluster.KubectlAsync(["create", "deployment", "late", "--image=nginx:1.21"])).Succeeded();
        (await cluster.KubectlAsync("expose deployment late --port=80")).Succeeded();

        // Two revisions at once: node-1 routes by the new table, node-2 still by the old one.
        await cluster.EventuallyAsync(async () => (await cluster.RequestAsync("http://late.default.svc.cluster.local", "node/node-1", 1, "--timeout 500ms")).ToJsonString(), Answered, 10);
        var tables = (await cluster.StatusAsync())["nodes"]!.AsArray().ToDictionary(node => node!["name"]!.ToString(), node => node!, StringComparer.Ordinal);
        Assert.True(tables["node-2"]["lagMs"]!.GetValue<double>() > 0 || tables["node-2"]["tableRevision"]!.GetValue<long>() < tables["node-2"]["newestRevision"]!.GetValue<long>(), "node-2 does not lag: " + tables["node-2"].ToJsonString());
        var old = await cluster.RequestAsync("http://late.default.svc.cluster.local", "node/node-2", 1, "--timeout 300ms");
        Assert.False(Answered(old.ToJsonString()), "node-2 answered by a table that it should not have yet: " + old.ToJsonString());

        // Convergence, without anybody's help.
        await cluster.EventuallyAsync(async () => (await cluster.RequestAsync("http://late.default.svc.cluster.local", "node/node-2", 1, "--timeout 500ms")).ToJsonString(), Answered, 80);
    }

    private static bool Answered(string report) => JsonNode.Parse(report)!["succeeded"]!.GetValue<int>() == 1;
}

using System.Text.Json.Nodes;

namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class DeadNodeChapter
{
    /// <summary>In full: a node's resolver has no search path.</summary>
    private const string Service = "http://web-svc.default.svc.cluster.local";

    public static DemoChapter Create(int number) => new(
        number,
        "A node dies",
        "The last node loses power. Until its Lease expires the others still send to its Pods, and those connections time out; then its Pods are marked not ready, leave the endpoints, and all is well. Switched on again, it comes back.",
        ["clusteremu node stop node-2", "kubectl get nodes -w", "clusteremu node start node-2"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        var nodes = ((await stage.ReadAsync("/api/v1/nodes"))["items"] as JsonArray ?? []).Select(item => item!["metadata"]!["name"]!.ToString()).ToList();
        var victim = nodes.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).Last();
        var sender = nodes.First(name => name != victim);
        var before = (await stage.EndpointsAsync("web-svc")).Count;
        await stage.PatchAsync($"clusteremu node stop {victim}", $"/api/v1/nodes/{victim}", """{"metadata":{"annotations":{"clusteremu.io/power":"off"}}}""");
        await stage.WaitAsync($"{victim} is NotReady", async () => await ReadyAsync(stage, victim) != "True");
        stage.Show("kubectl get nodes", string.Join("\n", await Task.WhenAll(nodes.Select(async node => $"{node}   {(await ReadyAsync(stage, node) == "True" ? "Ready" : "NotReady")}"))));
        await stage.WaitAsync("its Pods left the endpoints", async () => !await HasPodsOnAsync(stage, victim));
        await stage.ShowEndpointsAsync("web-svc");
        await stage.WaitAsync("no request is lost any more", async () => DemoStage.Succeeded(await stage.QuietRequestAsync($"node/{sender}", Service, 30, timeoutMs: 1000)) == 30);
        var report = await stage.RequestAsync($"node/{sender}", Service, 50, trace: false, timeoutMs: 1000);
        stage.Expect(DemoStage.Succeeded(report) == 50, "with the dead node's Pods out of the tables, every request is answered");
        await stage.PatchAsync($"clusteremu node start {victim}", $"/api/v1/nodes/{victim}", """{"metadata":{"annotations":{"clusteremu.io/power":null}}}""");
        await stage.WaitAsync($"{victim} is Ready again", async () => await ReadyAsync(stage, victim) == "True");
        await stage.WaitAsync($"the Service has {before} endpoints again", async () => (await stage.EndpointsAsync("web-svc")).Count >= before);
        stage.Expect((await stage.EndpointsAsync("web-svc")).Count >= before, $"{victim} recovered");
    }

    private static async Task<string> ReadyAsync(DemoStage stage, string node)
    {
        var conditions = (await stage.ReadAsync($"/api/v1/nodes/{node}"))["status"]?["conditions"] as JsonArray;
        return conditions?.OfType<JsonObject>().FirstOrDefault(condition => condition["type"]?.ToString() == "Ready")?["status"]?.ToString() ?? "";
    }

    private static async Task<bool> HasPodsOnAsync(DemoStage stage, string node)
    {
        var endpoints = await stage.ReadAsync("/api/v1/namespaces/default/endpoints/web-svc");
        return (endpoints["subsets"] as JsonArray ?? []).SelectMany(subset => subset!["addresses"] as JsonArray ?? []).Any(address => address!["nodeName"]?.ToString() == node);
    }
}

using System.Text.Json.Nodes;
using ClusterEmu.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>Traffic through ClusterIP, NodePort and LoadBalancer of a running cluster, by curl and by request.</summary>
public sealed class TrafficTests(ITestOutputHelper output)
{
    internal const string Client = """
        apiVersion: v1
        kind: Pod
        metadata: {name: client}
        spec:
          containers: [{name: c, image: busybox, command: [sleep, infinity]}]
        """;

    internal static async Task<RunningCluster> WithWebAsync(params string[] more)
    {
        var cluster = await RunningCluster.StartAsync(more);
        await cluster.ApplyAsync(string.Join("\n---\n", WebManifests.Deployment, WebManifests.Service, Client));
        (await cluster.KubectlAsync("rollout status deployment/web --timeout=30s")).Succeeded();
        (await cluster.KubectlAsync("wait --for=condition=Ready pod/client --timeout=30s")).Succeeded();
        await cluster.EventuallyAsync(async () => (await cluster.RequestAsync("http://web-svc", "pod/default/client", 30)).ToJsonString(), text => ((JsonObject)JsonNode.Parse(text)!)["byPod"]!.AsObject().Count == 3);
        return cluster;
    }

    [CurlFact]
    public async Task NodePortsAndLoadBalancers_AnswerCurlOnTheHost()
    {
        await using var cluster = await WithWebAsync();
        await cluster.ApplyAsync("""
            apiVersion: v1
            kind: Service
            metadata: {name: web-nodeport}
            spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web-lb}
            spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 8000, targetPort: 8080}]}
            """);
        foreach (var node in (await cluster.StatusAsync())["nodes"]!.AsArray())
        {
            var answer = await cluster.EventuallyAsync(async () => (await cluster.CurlAsync($"http://{node!["externalIP"]}:30080/hostname")).All, text => text.StartsWith("web-", StringComparison.Ordinal));
            Assert.StartsWith("web-", answer, StringComparison.Ordinal);
        }
        var ip = await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get svc web-lb -o jsonpath={.status.loadBalancer.ingress[0].ip}")).Output.Trim(), text => text.Length > 0);
        await cluster.EventuallyAsync(async () => (await cluster.CurlAsync($"http://{ip}:8000/hostname")).All, text => text.StartsWith("web-", StringComparison.Ordinal));

        (await cluster.KubectlAsync("delete svc web-nodeport")).Succeeded();
        var external = (await cluster.StatusAsync())["nodes"]![0]!["externalIP"];
        await cluster.EventuallyAsync(async () => (await cluster.CurlAsync($"http://{external}:30080/hostname")).All, text => text.Contains("refused", StringComparison.OrdinalIgnoreCase) || text.Contains("Failed to connect", StringComparison.Ordinal));
    }

    [KubectlFact]
    public async Task AClusterIp_AnswersInsideAndTimesOutOutside()
    {
        await using var cluster = await WithWebAsync();
        var ip = (await cluster.KubectlAsync("get svc web-svc -o jsonpath={.spec.clusterIP}")).Succeeded().Output.Trim();
        var inside = await cluster.RequestAsync($"http://{ip}/hostname", "pod/default/client");
        Assert.Equal(1, inside["succeeded"]!.GetValue<int>());
        Assert.Equal(["url", "from", "sent", "succeeded", "failed", "byPod", "latencyMs", "traces"], inside.Select(pair => pair.Key));
        Assert.Equal(["refused", "timeout", "reset", "dns"], inside["failed"]!.AsObject().Select(pair => pair.Key));
        var outside = await cluster.RequestAsync($"http://{ip}/hostname", "outside", 1, "--timeout 700ms --trace");
        Assert.Equal(1, outside["failed"]!["timeout"]!.GetValue<int>());
        Assert.Contains("nodes' tables", outside["traces"]!.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Ipvs_GivesEachEndpointExactlyItsShare()
    {
        await using var cluster = await WithWebAsync("--proxy-mode", "ipvs");
        await cluster.ApplyAsync("""
            apiVersion: v1
            kind: Service
            metadata: {name: fresh}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
            """);
        await cluster.EventuallyAsync(async () => (await cluster.EmuAsync("node tables node-1 --service default/fresh")).Output
            + (await cluster.EmuAsync("node tables node-2 --service default/fresh")).Output
            + (await cluster.EmuAsync("node tables node-3 --service default/fresh")).Output, text => text.Split(":8080").Length > 9);
        var report = await cluster.RequestAsync("http://fresh", "pod/default/client", 3000);
        Assert.Equal([1000, 1000, 1000], report["byPod"]!.AsObject().Select(pair => pair.Value!.GetValue<int>()));
    }

    [KubectlFact]
    public async Task Iptables_DrawsEndpointsAtRandom()
    {
        var seed = Environment.TickCount64;
        output.WriteLine($"cluster-emu.seed = {seed}");
        var config = Path.Combine(Directory.CreateTempSubdirectory("clusteremu-seed-").FullName, "seed.conf");
        await File.WriteAllTextAsync(config, $"cluster-emu.seed = {seed}\n");
        await using var cluster = await WithWebAsync("--config", config);
        await cluster.ApplyAsync("""
            apiVersion: v1
            kind: Service
            metadata: {name: fresh}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
            """);
        await cluster.EventuallyAsync(async () => (await cluster.EmuAsync("node tables node-1 --service default/fresh")).Output
            + (await cluster.EmuAsync("node tables node-2 --service default/fresh")).Output
            + (await cluster.EmuAsync("node tables node-3 --service default/fresh")).Output, text => text.Split(":8080").Length > 9);
        var report = await cluster.RequestAsync("http://fresh", "pod/default/client", 3000);
        var counts = report["byPod"]!.AsObject().Select(pair => pair.Value!.GetValue<int>()).ToList();
        Assert.Equal(3, counts.Count);
        Assert.Equal(3000, counts.Sum());
        var chiSquare = counts.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0);
        // Two degrees of freedom: p = exp(-x/2), so p > 1e-6 means x < 27.63.
        Assert.True(chiSquare < 27.63, $"chi-square {chiSquare:0.0} over {string.Join(", ", counts)} (cluster-emu.seed {seed})");
        Assert.True(chiSquare > 0, "an exactly even split is round robin, not random");
        Directory.Delete(Path.GetDirectoryName(config)!, recursive: true);
    }
}

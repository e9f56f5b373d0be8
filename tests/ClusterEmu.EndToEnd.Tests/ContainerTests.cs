using System.Text.Json.Nodes;
using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>The processes started by hand, as containers would be: with hocon/*.conf and the variables of docker/compose.yaml.</summary>
public sealed class ContainerTests
{
    private const string Service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 8000, targetPort: 8080, nodePort: 30080}]}
        """;

    [KubectlFact]
    public async Task TheComposedProcesses_ServeAcrossAddresses()
    {
        await using var cluster = await ComposedCluster.StartAsync();
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get nodes --no-headers")).All, text => text.Split(" Ready ").Length == 4);
        (await cluster.KubectlAsync("apply -f -", $"{WebManifests.Deployment}\n---\n{Service}")).Succeeded();
        (await cluster.KubectlAsync("scale deployment web --replicas=6")).Succeeded();
        (await cluster.KubectlAsync("rollout status deployment/web --timeout=60s")).Succeeded();

        // Every process says in its Lease where others reach it.
        var places = (await cluster.KubectlAsync("get leases -n kube-system -o json")).Succeeded();
        var leases = JsonNode.Parse(places.Output)!["items"]!.AsArray().ToDictionary(lease => lease!["metadata"]!["name"]!.ToString(), lease => lease!["metadata"]!["annotations"]);
        Assert.Equal($"https://{cluster.AddressOf("control-plane")}:6443", leases["clusteremu-process-control-plane"]!["clusteremu.io/endpoint"]!.ToString());
        foreach (var name in (string[])["nodes-1", "nodes-2", "edge"])
        {
            Assert.Equal($"https://{cluster.AddressOf(name)}:7002", leases[$"clusteremu-process-{name}"]!["clusteremu.io/endpoint"]!.ToString());
            Assert.Equal($"{cluster.AddressOf(name)}:7001", leases[$"clusteremu-process-{name}"]!["clusteremu.io/fabric"]!.ToString());
        }

        // From a node of each process, to Pods on nodes of both: node-1 and node-2 are in nodes-1, node-3 is in nodes-2.
        var ip = (await cluster.KubectlAsync("get svc web -o jsonpath={.spec.clusterIP}")).Succeeded().Output.Trim();
        var nodes = (await cluster.KubectlAsync("get pods -l app=web -o jsonpath={.items[*].spec.nodeName}")).Succeeded().Output;
        Assert.Contains("node-1", nodes, StringComparison.Ordinal);
        Assert.Contains("node-3", nodes, StringComparison.Ordinal);
        foreach (var sender in (string[])["node/node-1", "node/node-3"])
            await AnswersFromAllAsync(cluster, $"http://{ip}:8000/hostname", sender);

        // A Pod's way to the API server ends at the control plane's address.
        var api = await cluster.RequestAsync("https://kubernetes.default.svc.cluster.local/version", "node/node-3", 1);
        Assert.True(api["succeeded"]!.GetValue<int>() == 1, api.ToJsonString());

        // The edge: from the emulated outside, and from this machine.
        var balancer = await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get svc web -o jsonpath={.status.loadBalancer.ingress[0].ip}")).Output.Trim(), text => text.Length > 0);
        Assert.StartsWith(cluster.LoadBalancerRange[..^4], balancer, StringComparison.Ordinal);
        var external = (await cluster.KubectlAsync("get node node-3 -o jsonpath={.status.addresses[?(@.type==\"ExternalIP\")].address}")).Succeeded().Output.Trim();
        Assert.StartsWith(cluster.ExternalRange[..^4], external, StringComparison.Ordinal);
        foreach (var url in (string[])[$"http://{balancer}:8000/hostname", $"http://{external}:30080/hostname"])
        {
            await AnswersFromAllAsync(cluster, url, "outside");
            await cluster.EventuallyAsync(() => GetAsync(url), text => text.StartsWith("web-", StringComparison.Ordinal));
        }

        foreach (var process in Enumerable.Reverse(cluster.Processes))
            Assert.True(await process.StopAsync() == 0, $"{process.Name} did not end by itself, with exit code 0, when told to.\n{process.Log}");
    }

    [Theory] // a line of configuration; what the refusal says
    [InlineData("cluster-emu.network.pod-range = \"10.96.0.0/16\"", "cluster-emu.network.pod-range 10.96.0.0/16 (10.96.0.0–10.96.255.255) and cluster-emu.network.service-range 10.96.0.0/12 (10.96.0.0–10.111.255.255) overlap: they share 10.96.0.0–10.96.255.255, 65536 addresses.")]
    [InlineData("cluster-emu { cluster.nodes = 300, network.pod-range = \"172.17.0.0/16\" }", "holds 2^(24-16) = 256 ranges of /24, but 300 nodes need one each")]
    [InlineData("cluster-emu.network.slot = 50", "cluster-emu.network.slot is 50, but must be 0 to 49")]
    [InlineData("cluster-emu.control-plane.listen-adress = \"127.0.0.1\"", "The nearest is cluster-emu.control-plane.listen-address")]
    [InlineData("cluster-emu.control-plane.listen-address = \"0.0.0.0\"", "cluster-emu.control-plane.advertised-host is empty")]
    [InlineData("cluster-emu.controllers.profile = slow", "must be default or fast")]
    public async Task AConfigurationThatCannotWork_IsRefusedAtTheStart(string line, string expected)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, line + "\n");
            var outcome = await Shell.RunAsync(Tools.Program, ["run", "control-plane", "--config", file]);
            Assert.True(outcome.ExitCode == 2 && outcome.Error.Contains(expected, StringComparison.Ordinal), outcome.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task AnswersFromAllAsync(ComposedCluster cluster, string url, string sender)
    {
        var text = await cluster.EventuallyAsync(
            async () => (await cluster.RequestAsync(url, sender, 120)).ToJsonString(),
            text => JsonNode.Parse(text)!["succeeded"]!.GetValue<int>() == 120);
        Assert.Equal(6, JsonNode.Parse(text)!["byPod"]!.AsObject().Count); // Each misses one of six with a chance of (5/6)^120.
    }

    private static async Task<string> GetAsync(string url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            return await client.GetStringAsync(new Uri(url));
        }
        catch (Exception cause) when (cause is HttpRequestException or OperationCanceledException)
        {
            return cause.Message;
        }
    }
}

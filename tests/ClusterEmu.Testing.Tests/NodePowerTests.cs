using ClusterEmu.Api;
using ClusterEmu.Fabric;

namespace ClusterEmu.Testing.Tests;

public sealed class NodePowerTests
{
    [Fact]
    public async Task ADeadNodeLosesItsEndpoints_AndComesBack()
    {
        await using var cluster = await EmulatedCluster.StartAsync();
        await cluster.ApplyAsync(Texts.Sample("01-clusterip/web.yaml"));
        await cluster.ApplyAsync(Texts.Sample("01-clusterip/web-svc.yaml"));
        await cluster.WaitForReadyAsync("deployment/web");
        var endpoints = await cluster.WaitForEndpointsAsync("web-svc", 3);
        await cluster.WaitForTablesAsync();
        var victim = endpoints.Select(endpoint => endpoint.NodeName!).Distinct().Order(StringComparer.Ordinal).Last();
        var sender = cluster.Nodes.First(node => node != victim);
        // By address: the dead node may take the cluster's DNS with it.
        var url = $"http://{(await cluster.GetAsync<Service>("web-svc")).Spec.ClusterIP}/";

        await cluster.NodeOffAsync(victim);
        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => cluster.RequestAsync("http://web-svc/", $"node/{victim}"));
        Assert.Contains($"{victim} is switched off", refusal.Message, StringComparison.Ordinal);
        // Its Pods are still in the tables, but nobody is there.
        var dead = endpoints.First(endpoint => endpoint.NodeName == victim).Addresses[0];
        Assert.Equal(1, (await cluster.RequestAsync($"http://{dead}:8080/", $"node/{sender}", timeout: TimeSpan.FromMilliseconds(200))).Failed.Timeout);
        await cluster.WaitForAsync<Node>(victim, node => ReadyRules.Missing(node) is not null, "it is NotReady");
        await cluster.WaitForAllAsync<EndpointSlice>(
            slices => slices.SelectMany(slice => slice.Endpoints).Where(endpoint => endpoint.Conditions.Ready ?? true).All(endpoint => endpoint.NodeName != victim),
            $"no ready endpoint is on {victim}", labels: "kubernetes.io/service-name=web-svc");
        await cluster.WaitForTablesAsync();
        await AssertAnsweredAsync(cluster, url, sender);

        await cluster.NodeOnAsync(victim);
        await cluster.WaitForReadyAsync($"node/{victim}");
        await cluster.WaitForEndpointsAsync("web-svc", 3);
        await cluster.WaitForTablesAsync();
        await AssertAnsweredAsync(cluster, url, victim);
    }

    private static async Task AssertAnsweredAsync(EmulatedCluster cluster, string url, string node)
    {
        var report = await cluster.RequestAsync(url, $"node/{node}", count: 20);
        Assert.True(report.Succeeded == 20, $"from {node} {report.Succeeded} of 20 were answered: {string.Join("; ", report.Answers.Errors)}");
    }
}

using ClusterEmu.Api;

namespace ClusterEmu.Testing.Tests;

/// <summary>The guide's first walk: a Service of type ClusterIP, and its endpoints as they follow the Pods.</summary>
public sealed class ClusterIpTests
{
    [Fact]
    public async Task AServiceLeadsToItsPods_AndFollowsThem()
    {
        await using var cluster = await EmulatedCluster.StartAsync();
        await cluster.ApplyAsync(Texts.Sample("01-clusterip/web.yaml"));
        await cluster.ApplyAsync(Texts.Sample("01-clusterip/web-svc.yaml"));
        await cluster.ApplyAsync(Texts.Sample("01-clusterip/client.yaml"));
        await cluster.WaitForReadyAsync("deployment/web");
        await cluster.WaitForReadyAsync("pod/client");
        var endpoints = await cluster.WaitForEndpointsAsync("web-svc", 3);
        await cluster.WaitForTablesAsync();

        var report = await cluster.RequestAsync("http://web-svc/hostname", "pod/default/client", count: 60, trace: true);
        Assert.Equal(60, report.Succeeded);
        var pods = await cluster.ListAsync<Pod>(labels: "app=web");
        Assert.Equal(pods.Select(pod => $"default/{pod.Metadata.Name}"), report.ByPod.Keys);
        var service = await cluster.GetAsync<Service>("web-svc");
        var hops = report.Traces[0].Hops;
        Assert.Contains(hops, hop => hop.Detail.Contains(service.Spec.ClusterIP, StringComparison.Ordinal) && hop.TableRevision > 0);
        Assert.Contains(endpoints, endpoint => hops.Any(hop => hop.Detail.Contains($"{endpoint.Addresses[0]}:8080", StringComparison.Ordinal)));

        var outside = await cluster.RequestAsync($"http://{service.Spec.ClusterIP}/", "outside", timeout: TimeSpan.FromMilliseconds(200));
        Assert.Equal(1, outside.Failed.Timeout);

        await cluster.PatchAsync<Deployment>("web", """{"spec":{"replicas":1}}""");
        var left = await cluster.WaitForEndpointsAsync("web-svc", 1);
        await cluster.WaitForTablesAsync();
        foreach (var node in cluster.Nodes)
        {
            var port = Assert.Single((await cluster.TableAsync(node, "default/web-svc")).Services);
            Assert.Equal($"{left[0].Addresses[0]}:8080", Assert.Single(port.Endpoints, endpoint => endpoint.Ready).Address);
        }
        report = await cluster.RequestAsync("http://web-svc/hostname", "pod/default/client", count: 10);
        Assert.Equal($"default/{left[0].TargetRef!.Name}", Assert.Single(report.ByPod).Key);
        Assert.Equal(10, report.Succeeded);
    }

    [Fact]
    public async Task AWrongSelectorRefusesEveryConnection_UntilItIsMended()
    {
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { Nodes = 2 });
        await cluster.ApplyAsync(Texts.Sample("01-clusterip/web.yaml"));
        await cluster.ApplyAsync(Texts.Sample("10-wrong-selector/broken-svc.yaml"));
        await cluster.WaitForReadyAsync("deployment/web");
        await cluster.WaitForEndpointsAsync("broken-svc", 0);
        await cluster.WaitForTablesAsync();
        const string Url = "http://broken-svc.default.svc.cluster.local/";
        var report = await cluster.RequestAsync(Url, "node/node-1", count: 5, trace: true);
        Assert.Equal(5, report.Failed.Refused);
        var port = Assert.Single((await cluster.TableAsync("node-1", "default/broken-svc")).Services);
        Assert.All(port.Rules, rule => Assert.Equal("reject", rule.Verdict));

        await cluster.ApplyAsync(Texts.Sample("10-wrong-selector/broken-svc.yaml").Replace("app: wrong", "app: web", StringComparison.Ordinal));
        await cluster.WaitForEndpointsAsync("broken-svc", 3);
        await cluster.WaitForTablesAsync();
        Assert.Equal(5, (await cluster.RequestAsync(Url, "node/node-1", count: 5)).Succeeded);
    }
}

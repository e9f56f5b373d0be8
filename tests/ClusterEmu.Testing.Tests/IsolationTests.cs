using ClusterEmu.Api;

namespace ClusterEmu.Testing.Tests;

public sealed class IsolationTests
{
    [Fact]
    public async Task TwoClustersInOneProcess_ShareNothing()
    {
        var starts = await Task.WhenAll(
            EmulatedCluster.StartAsync(new EmulatedClusterOptions { Nodes = 1 }),
            EmulatedCluster.StartAsync(new EmulatedClusterOptions { Nodes = 2 }));
        await using var first = starts[0];
        await using var second = starts[1];
        Assert.Equal(["node-1"], first.Nodes);
        Assert.Equal(["node-1", "node-2"], second.Nodes);
        await Task.WhenAll(starts.Select(cluster => cluster.ApplyAsync(Texts.Sample("01-clusterip/web-svc.yaml"))));
        await first.ApplyAsync(Texts.Sample("01-clusterip/web.yaml"));
        await first.WaitForEndpointsAsync("web-svc", 3);
        await Task.WhenAll(starts.Select(cluster => cluster.WaitForTablesAsync()));

        const string Url = "http://web-svc.default.svc.cluster.local/";
        Assert.Equal(3, (await first.RequestAsync(Url, "node/node-1", count: 3)).Succeeded);
        Assert.Equal(3, (await second.RequestAsync(Url, "node/node-1", count: 3)).Failed.Refused);
        Assert.Empty(await second.ListAsync<Pod>());

        // One goes, the other stays.
        await first.DisposeAsync();
        Assert.Equal(1, (await second.RequestAsync(Url, "node/node-2")).Failed.Refused);
    }
}

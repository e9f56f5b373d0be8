namespace ClusterEmu.Testing.Tests;

public sealed class DistributionTests
{
    [Fact]
    public async Task Ipvs_GivesEachOfThreeEndpointsTheSameNumberOfConnections()
    {
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { ProxyMode = "ipvs" });
        await PrepareAsync(cluster);
        var report = await cluster.RequestAsync("http://web-svc/", "pod/default/client", count: 3_000);
        Assert.Equal(3_000, report.Succeeded);
        Assert.Equal([1_000, 1_000, 1_000], report.ByPod.Values);
    }

    [Fact]
    public async Task Iptables_DrawsEndpointsAtRandom()
    {
        const ulong Seed = 20_260_101;
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { Seed = Seed });
        await PrepareAsync(cluster);
        Assert.Equal(Seed, cluster.Seed);
        var report = await cluster.RequestAsync("http://web-svc/", "pod/default/client", count: 3_000);
        Assert.Equal(3_000, report.Succeeded);
        Assert.Equal(3, report.ByPod.Count);
        // Chi-square with two degrees of freedom is above 27.63 with a probability of 1e-6.
        var chiSquare = report.ByPod.Values.Sum(number => Math.Pow(number - 1_000.0, 2) / 1_000);
        Assert.True(chiSquare < 27.63, $"seed {Seed}: chi-square {chiSquare}, counts {string.Join(", ", report.ByPod)}");
        // At random, 100 requests without the same Pod twice in a row are as likely as 4e-18; in turn they are certain.
        var traced = await cluster.RequestAsync("http://web-svc/", "pod/default/client", count: 100, trace: true);
        var pods = traced.Traces.Select(trace => trace.Hops.Single(hop => hop.What == "answer").At).ToList();
        Assert.Contains(pods.Zip(pods.Skip(1)), pair => pair.First == pair.Second);
    }

    private static async Task PrepareAsync(EmulatedCluster cluster)
    {
        foreach (var file in new[] { "web", "web-svc", "client" }) await cluster.ApplyAsync(Texts.Sample($"01-clusterip/{file}.yaml"));
        await cluster.WaitForReadyAsync("deployment/web");
        await cluster.WaitForReadyAsync("pod/client");
        await cluster.WaitForEndpointsAsync("web-svc", 3);
        await cluster.WaitForTablesAsync();
    }
}

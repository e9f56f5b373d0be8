using ClusterEmu.Api;

namespace ClusterEmu.Nodes.Tests;

public class ProxyDelayTests
{
    [Theory] //  annotation  milliseconds
    [InlineData("2s", 2000)]
    [InlineData("1.5s", 1500)]
    [InlineData("300ms", 300)]
    [InlineData("1m", 60_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("0", 0)]
    [InlineData("2", 77)]
    [InlineData("-2s", 77)]
    [InlineData("2h", 77)]
    [InlineData("99999999999999999999999999h", 77)]
    [InlineData("soon", 77)]
    [InlineData("", 77)]
    [InlineData(null, 77)]
    public void Of_ReadsTheAnnotation_OrTakesTheUsual(string? annotation, int milliseconds)
    {
        var annotations = annotation is null ? EmptyMap.Strings : new Dictionary<string, string> { ["clusteremu.io/kube-proxy-delay"] = annotation };
        var node = new Node { Metadata = new ObjectMeta { Annotations = annotations } };
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ProxyDelay.Of(node, TimeSpan.FromMilliseconds(77)));
    }

    [Fact]
    public void Options_NameEveryProblem()
    {
        Assert.Empty(new KubeProxyOptions().Problems());
        var bad = new KubeProxyOptions
        {
            Mode = "userspace",
            MinSyncPeriod = TimeSpan.FromSeconds(-1),
            BurstSyncs = 0,
            StartSyncs = -1,
            PropagationDelay = TimeSpan.FromHours(2),
            ConntrackMax = 0,
        };
        Assert.Equal(6, bad.Problems().Count());
        var read = KubeProxyOptions.From(ConfigurationFactory.ParseString("cluster-emu.kube-proxy { mode = ipvs, min-sync-period = 100ms, propagation-delay = 2s }"));
        Assert.Equal(new KubeProxyOptions { Mode = "ipvs", MinSyncPeriod = TimeSpan.FromMilliseconds(100), PropagationDelay = TimeSpan.FromSeconds(2) }, read);
    }
}

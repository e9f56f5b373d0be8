namespace ClusterEmu.Nodes.Tests;

public sealed class ActiveDeadlineTests
{
    [Theory]
    //          deadline         active for  left
    [InlineData(null, 1000, null)]
    [InlineData(30L, 0, 30.0)]
    [InlineData(30L, 10, 20.0)]
    [InlineData(30L, 30, 0.0)]
    [InlineData(30L, 31, 0.0)]
    [InlineData(long.MaxValue, 0, 2147483647.0)]
    public void Left_IsCountedFromThePodsStart(long? deadline, int active, double? left)
    {
        var pod = PodSamples.Pod();
        pod = pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = deadline } };
        var start = DateTimeOffset.UnixEpoch;
        Assert.Equal(left, ActiveDeadline.Left(pod, start, start.AddSeconds(active))?.TotalSeconds);
    }
}

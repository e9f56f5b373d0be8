namespace ClusterEmu.Api.Tests;

public class PodStrategyTests
{
    [Theory]
    [InlineData("", "BestEffort")]
    [InlineData(""" "resources":{"requests":{"cpu":"1"}} """, "Burstable")]
    [InlineData(""" "resources":{"limits":{"cpu":"1","memory":"1Gi"}} """, "Guaranteed")]
    [InlineData(""" "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"500m"}} """, "Burstable")]
    [InlineData(""" "resources":{"limits":{"cpu":"1"}} """, "Burstable")]
    [InlineData(""" "resources":{"requests":{"ephemeral-storage":"1Gi"}} """, "BestEffort")]
    public void Create_SettlesTheQuality(string container, string quality) => Assert.Equal(quality, Some.PodWith(container).Status.QosClass);

    [Fact]
    public void Create_IgnoresWhatTheClientSaysOfStatusAndDeletion()
    {
        var pod = PodStrategy.PrepareForCreate(PodDefaults.Apply(Some.Of(Kinds.Pod,
            """{"metadata":{"name":"a","generation":5,"deletionTimestamp":"2026-01-01T00:00:00Z","deletionGracePeriodSeconds":1},"spec":{"containers":[]},"status":{"phase":"Running"}}""")));
        Assert.Equal(("Pending", 0L, null, null), (pod.Status.Phase, pod.Metadata.Generation, pod.Metadata.DeletionTimestamp, pod.Metadata.DeletionGracePeriodSeconds));
    }
}

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
    public void Create_AdmitsAsTheUsualPluginsDo()
    {
        var spec = Some.PodWith("").Spec;
        Assert.Equal(("default", "default", 0, "PreemptLowerPriority"), (spec.ServiceAccountName, spec.ServiceAccount, spec.Priority, spec.PreemptionPolicy));
        Assert.Equal(
            [
                new Toleration { Key = "node.kubernetes.io/not-ready", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 },
                new Toleration { Key = "node.kubernetes.io/unreachable", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 },
            ],
            spec.Tolerations);
    }

    [Theory]
    [InlineData("""[{"operator":"Exists"}]""", 1)]
    [InlineData("""[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":5}]""", 2)]
    [InlineData("""[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoSchedule"}]""", 3)]
    [InlineData("""[{"key":"other","operator":"Exists"}]""", 3)]
    public void Create_AddsTolerationsThatAreMissing(string tolerations, int count) =>
        Assert.Equal(count, Some.PodWith("", $"\"tolerations\":{tolerations},").Spec.Tolerations.Count);

    [Theory]
    [InlineData("system-node-critical", 2_000_001_000)]
    [InlineData("system-cluster-critical", 2_000_000_000)]
    [InlineData("", 0)]
    public void Create_KnowsTheBuiltInPriorities(string name, int priority) => Assert.Equal(priority, Some.PodWith("", $"\"priorityClassName\":\"{name}\",").Spec.Priority);

    [Fact]
    public void Create_IgnoresWhatTheClientSaysOfStatusAndDeletion()
    {
        var pod = PodStrategy.PrepareForCreate(PodDefaults.Apply(Some.Of(Kinds.Pod,
            """{"metadata":{"name":"a","generation":5,"deletionTimestamp":"2026-01-01T00:00:00Z","deletionGracePeriodSeconds":1},"spec":{"containers":[]},"status":{"phase":"Running"}}""")));
        Assert.Equal(("Pending", 0L, null, null), (pod.Status.Phase, pod.Metadata.Generation, pod.Metadata.DeletionTimestamp, pod.Metadata.DeletionGracePeriodSeconds));
    }
}

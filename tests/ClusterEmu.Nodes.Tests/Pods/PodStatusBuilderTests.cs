using ClusterEmu.Api;
using static ClusterEmu.Nodes.Tests.PodSamples;
using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class PodStatusBuilderTests
{
    private static PodView View(PodStage stage, ContainerRun[] containers, ContainerRun[]? init = null, string policy = "Always", PodStatus? previous = null) => new()
    {
        Pod = Pod(restartPolicy: policy),
        Previous = previous ?? PodStatus.Empty,
        Stage = stage,
        Init = init ?? [],
        Containers = containers,
        PodIP = "172.17.0.2",
        HostIP = "172.18.0.2",
        StartTime = Start,
        Now = Start,
    };

    private static string Conditions(PodStatus status) => string.Join(' ', status.Conditions.Select(condition =>
        $"{condition.Type}={condition.Status}{(condition.Reason.Length > 0 ? $"({condition.Reason})" : "")}"));

    [Fact]
    public void Build_WritesARunningReadyPod()
    {
        var status = PodStatusBuilder.Build(View(PodStage.Running, [Run()]));
        Assert.Equal("Running", status.Phase);
        Assert.Equal("PodReadyToStartContainers=True Initialized=True Ready=True ContainersReady=True PodScheduled=True", Conditions(status));
        Assert.Equal(("172.17.0.2", "172.17.0.2", "172.18.0.2", "BestEffort", Start), (status.PodIP, status.PodIPs[0].IP, status.HostIPs[0].IP, status.QosClass, status.StartTime));
        var container = Assert.Single(status.ContainerStatuses);
        Assert.Equal(("web", true, true, 0, "docker.io/library/agnhost:2.40"), (container.Name, container.Ready, container.Started, container.RestartCount, container.Image));
        Assert.StartsWith("docker.io/library/agnhost@sha256:", container.ImageID);
        Assert.Equal(Start, container.State.Running!.StartedAt);
        Assert.All(status.Conditions, condition => Assert.Equal(Start, condition.LastTransitionTime));
    }

    [Fact]
    public void Build_SaysWhichContainersAreNotReady()
    {
        var status = PodStatusBuilder.Build(View(PodStage.Running, [Run("web", ready: false), Run("log"), Run("db", ready: false)]));
        Assert.Equal("Running", status.Phase);
        Assert.Equal("PodReadyToStartContainers=True Initialized=True Ready=False(ContainersNotReady) ContainersReady=False(ContainersNotReady) PodScheduled=True", Conditions(status));
        Assert.Equal("containers with unready status: [web db]", status.Conditions[2].Message);
    }

    [Fact]
    public void Build_SaysWhichInitContainersAreNotDone()
    {
        var status = PodStatusBuilder.Build(View(PodStage.Initializing, [Run(phase: ContainerPhase.Waiting)], [Run("first", init: true, exit: 0), Run("second", init: true)]));
        Assert.Equal("Pending", status.Phase);
        Assert.Equal("containers with incomplete status: [second]", status.Conditions[1].Message);
        Assert.Equal([true, false], status.InitContainerStatuses.Select(container => container.Ready));
    }

    [Theory] // stage, exit codes of two containers (-1: runs), phase
    [InlineData(PodStage.Running, -1, 0, "Running")]
    [InlineData(PodStage.Succeeded, 0, 0, "Succeeded")]
    [InlineData(PodStage.Failed, 0, 1, "Failed")]
    [InlineData(PodStage.Terminating, -1, 0, "Running")]
    [InlineData(PodStage.Finishing, 0, 0, "Succeeded")]
    [InlineData(PodStage.Finishing, 0, 137, "Failed")]
    public void PhaseOf_FollowsTheContainers(PodStage stage, int first, int second, string phase)
    {
        ContainerRun[] runs = [Run("a", exit: first < 0 ? null : first), Run("b", exit: second < 0 ? null : second)];
        Assert.Equal(phase, PodStatusBuilder.PhaseOf(View(stage, runs)));
    }

    [Fact]
    public void PhaseOf_IsPendingUntilEveryContainerRanOnce()
    {
        Assert.Equal("Pending", PodStatusBuilder.PhaseOf(View(PodStage.Running, [Run("a"), Run("b", ContainerPhase.Waiting)])));
        var crashed = Run("b").Exit(End(1), true, TimeSpan.Zero, _ => "").Next;
        Assert.Equal("Running", PodStatusBuilder.PhaseOf(View(PodStage.Running, [Run("a"), crashed])));
    }

    [Fact]
    public void Build_KeepsTransitionTimesAndOthersConditions()
    {
        var before = PodStatusBuilder.Build(View(PodStage.Running, [Run(ready: false)]));
        var withForeign = before with { Conditions = [.. before.Conditions, new PodCondition { Type = "example.com/gate", Status = "True" }] };
        var later = PodStatusBuilder.Build(View(PodStage.Running, [Run()], previous: withForeign) with { Now = Start.AddSeconds(9) });
        Assert.Equal(Start, later.Conditions.Single(condition => condition.Type == "Initialized").LastTransitionTime);
        Assert.Equal(Start.AddSeconds(9), later.Conditions.Single(condition => condition.Type == "Ready").LastTransitionTime);
        Assert.Contains(later.Conditions, condition => condition.Type == "example.com/gate");
    }

    [Theory]
    [InlineData(null, "False")]
    [InlineData("False", "False")]
    [InlineData("True", "True")]
    public void Build_WaitsForReadinessGates(string? gate, string ready)
    {
        var view = View(PodStage.Running, [Run()], previous: new PodStatus { Conditions = gate is null ? [] : [new PodCondition { Type = "lb", Status = gate }] });
        var pod = view.Pod with { Spec = view.Pod.Spec with { ReadinessGates = [new PodReadinessGate { ConditionType = "lb" }] } };
        Assert.Equal(ready, PodStatusBuilder.Build(view with { Pod = pod }).Conditions.Single(condition => condition.Type == "Ready").Status);
    }

    [Theory] // cpu request, cpu limit, memory request, memory limit
    [InlineData("", "", "", "", "BestEffort")]
    [InlineData("100m", "", "", "", "Burstable")]
    [InlineData("1", "1", "1Gi", "1Gi", "Guaranteed")]
    [InlineData("", "1", "", "1Gi", "Guaranteed")]
    [InlineData("500m", "1", "1Gi", "1Gi", "Burstable")]
    public void QosClass_FollowsRequestsAndLimits(string cpu, string cpuLimit, string memory, string memoryLimit, string expected)
    {
        var container = Container() with { Resources = new ResourceRequirements { Requests = Amounts(cpu, memory), Limits = Amounts(cpuLimit, memoryLimit) } };
        Assert.Equal(expected, PodQuality.Of(Pod(containers: [container]).Spec));
    }

    private static Dictionary<string, Quantity> Amounts(string cpu, string memory)
    {
        var amounts = new Dictionary<string, Quantity>();
        if (cpu.Length > 0) amounts["cpu"] = Quantity.Parse(cpu);
        if (memory.Length > 0) amounts["memory"] = Quantity.Parse(memory);
        return amounts;
    }
}

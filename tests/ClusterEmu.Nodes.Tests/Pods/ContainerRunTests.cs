using ClusterEmu.Api;
using static ClusterEmu.Nodes.Tests.PodSamples;
using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class ContainerRunTests
{
    [Theory] // policy, init, exit code, started again
    [InlineData("Always", false, 0, true)]
    [InlineData("Always", false, 1, true)]
    [InlineData("OnFailure", false, 0, false)]
    [InlineData("OnFailure", false, 1, true)]
    [InlineData("Never", false, 1, false)]
    [InlineData("Always", true, 0, false)]
    [InlineData("Always", true, 1, true)]
    [InlineData("Never", true, 1, false)]
    public void AreWanted_FollowsThePolicy(string policy, bool init, int code, bool wanted) => Assert.Equal(wanted, Restarts.AreWanted(policy, init, code));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(6, 160)]
    [InlineData(7, 300)]
    [InlineData(1000, 300)]
    public void BackOff_DoublesUpToFiveMinutes(int crashes, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Restarts.BackOff(crashes, Restarts.FirstBackOff));

    [Theory]
    [InlineData(10, "10s")]
    [InlineData(80, "1m20s")]
    [InlineData(300, "5m0s")]
    public void Words_AreGos(int seconds, string words) => Assert.Equal(words, Restarts.Words(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Exit_RestartsAtOnceThenBacksOffAndForgivesALongRun()
    {
        var (first, pause) = Run().Exit(End(1), true, Restarts.FirstBackOff, wait => $"wait {wait.TotalSeconds}");
        Assert.Equal((ContainerPhase.Waiting, TimeSpan.Zero, 1, 1), (first.Phase, pause, first.RestartCount, first.Attempt));

        var (second, longer) = first.Start("containerd://2", new ContainerPlan(), Facts).Exit(End(1), true, Restarts.FirstBackOff, wait => $"wait {wait.TotalSeconds}");
        Assert.Equal((ContainerPhase.BackingOff, TimeSpan.FromSeconds(10), 1), (second.Phase, longer, second.RestartCount));
        Assert.Equal(("CrashLoopBackOff", "wait 10"), (second.WaitingReason, second.WaitingMessage));

        var again = second.Retry();
        Assert.Equal((ContainerPhase.Waiting, 2), (again.Phase, again.RestartCount));
        var (forgiven, none) = again.Start("containerd://3", new ContainerPlan(), Facts).Exit(End(1, 601), true, Restarts.FirstBackOff, _ => "");
        Assert.Equal((ContainerPhase.Waiting, TimeSpan.Zero, 1), (forgiven.Phase, none, forgiven.Crashes));
    }

    [Fact]
    public void Exit_StaysEndedWithoutRestart()
    {
        var (run, pause) = Run().Exit(End(3), false, Restarts.FirstBackOff, _ => "");
        Assert.Null(pause);
        Assert.Equal((ContainerPhase.Ended, false, false), (run.Phase, run.Ready, run.Succeeded));
    }

    [Fact]
    public void Adopt_StartsAgainWhatRanBefore()
    {
        var pod = Pod() with { Status = new PodStatus { ContainerStatuses = [Status(new ContainerState { Running = new ContainerStateRunning { StartedAt = Start } }, 2)] } };
        var run = ContainerAdoption.Adopt(pod, pod.Spec.Containers[0], false, Start);
        Assert.Equal((ContainerPhase.Waiting, 3, 255, "Unknown"), (run.Phase, run.RestartCount, run.Last!.ExitCode, run.Last.Reason));
    }

    [Theory] // policy, exit code written before, phase now
    [InlineData("Never", 0, ContainerPhase.Ended)]
    [InlineData("OnFailure", 0, ContainerPhase.Ended)]
    [InlineData("OnFailure", 1, ContainerPhase.Waiting)]
    [InlineData("Always", 0, ContainerPhase.Waiting)]
    public void Adopt_LeavesWhatHadEnded(string policy, int code, ContainerPhase phase)
    {
        var pod = Pod(restartPolicy: policy) with { Status = new PodStatus { ContainerStatuses = [Status(new ContainerState { Terminated = End(code) }, 0)] } };
        Assert.Equal(phase, ContainerAdoption.Adopt(pod, pod.Spec.Containers[0], false, Start).Phase);
    }

    [Theory] // a sidecar's restart policy, exit code written before, phase now
    [InlineData("Always", 0, ContainerPhase.Waiting)]
    [InlineData("Always", 1, ContainerPhase.Waiting)]
    [InlineData(null, 0, ContainerPhase.Ended)]
    public void Adopt_StartsSidecarsAgainHoweverTheyEnded(string? policy, int code, ContainerPhase phase)
    {
        var container = Container() with { RestartPolicy = policy };
        var pod = Pod() with { Status = new PodStatus { InitContainerStatuses = [Status(new ContainerState { Terminated = End(code) }, 0)] } };
        Assert.Equal(phase, ContainerAdoption.Adopt(pod, container, true, Start).Phase);
    }

    [Fact]
    public void Adopt_TakesANeverStartedContainerAsNew()
    {
        var pod = Pod() with { Status = new PodStatus { ContainerStatuses = [new ContainerStatus { Name = "web", State = new ContainerState { Waiting = new ContainerStateWaiting() } }] } };
        var run = ContainerAdoption.Adopt(pod, pod.Spec.Containers[0], false, Start);
        Assert.Equal((ContainerPhase.Waiting, 0), (run.Phase, run.RestartCount));
        Assert.Null(run.Last);
    }

    private static ContainerStatus Status(ContainerState state, int restarts) => new() { Name = "web", ContainerID = "containerd://1", RestartCount = restarts, State = state };
}

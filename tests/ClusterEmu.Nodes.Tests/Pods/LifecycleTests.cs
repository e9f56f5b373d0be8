namespace ClusterEmu.Nodes.Tests;

public sealed class LifecycleTests
{
    // One row per stage: what follows on each signal, in the enum's order; "-" for no change.
    [Theory] //                 SandboxReady    Initialized AllSucceeded AllEnded  DeadlinePassed DeletionAsked  AllStopped   Vanished
    [InlineData("Pending", "Initializing", "-", "-", "-", "Expiring", "Finishing", "-", "Gone")]
    [InlineData("Initializing", "-", "Running", "-", "Failed", "Expiring", "Terminating", "-", "Gone")]
    [InlineData("Running", "-", "-", "Succeeded", "Failed", "Expiring", "Terminating", "-", "Gone")]
    [InlineData("Expiring", "-", "-", "-", "-", "-", "Terminating", "Failed", "Gone")]
    [InlineData("Succeeded", "-", "-", "-", "-", "-", "Finishing", "-", "Gone")]
    [InlineData("Failed", "-", "-", "-", "-", "-", "Finishing", "-", "Gone")]
    [InlineData("Terminating", "-", "-", "-", "-", "-", "-", "Finishing", "Gone")]
    [InlineData("Finishing", "-", "-", "-", "-", "-", "-", "-", "Gone")]
    [InlineData("Gone", "-", "-", "-", "-", "-", "-", "-", "-")]
    public void PodLifecycle_KnowsEveryPair(string stage, params string[] next)
    {
        var from = Enum.Parse<PodStage>(stage);
        var signals = Enum.GetValues<PodSignal>();
        Assert.Equal(signals.Length, next.Length);
        for (var i = 0; i < signals.Length; i++)
            Assert.Equal((signals[i], next[i] == "-" ? stage : next[i]), (signals[i], PodLifecycle.Next(from, signals[i]).ToString()));
    }

    [Theory] //                Start      CannotStart Stop        ExitRestartNow ExitRestartLater ExitFinal RetryDue
    [InlineData("Waiting", "Running", "Blocked", "Ended", "-", "BackingOff", "Ended", "-")]
    [InlineData("Blocked", "-", "-", "Ended", "-", "-", "Ended", "Waiting")]
    [InlineData("Running", "-", "-", "Stopping", "Waiting", "BackingOff", "Ended", "-")]
    [InlineData("Stopping", "-", "-", "-", "Waiting", "BackingOff", "Ended", "-")]
    [InlineData("BackingOff", "-", "-", "Ended", "-", "-", "Ended", "Waiting")]
    [InlineData("Ended", "-", "-", "-", "-", "-", "-", "-")]
    public void ContainerLifecycle_KnowsEveryPair(string phase, params string[] next)
    {
        var from = Enum.Parse<ContainerPhase>(phase);
        var signals = Enum.GetValues<ContainerSignal>();
        Assert.Equal(signals.Length, next.Length);
        for (var i = 0; i < signals.Length; i++)
            Assert.Equal((signals[i], next[i] == "-" ? phase : next[i]), (signals[i], ContainerLifecycle.Next(from, signals[i]).ToString()));
    }
}

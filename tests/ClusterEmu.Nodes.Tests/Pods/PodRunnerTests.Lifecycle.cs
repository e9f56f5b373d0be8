using ClusterEmu.Api;
using ClusterEmu.Client;
using static ClusterEmu.Nodes.Tests.PodSamples;

namespace ClusterEmu.Nodes.Tests;

// Deadlines and hooks.
public sealed partial class PodRunnerTests
{
    [Fact]
    public void ADeadlineThatPasses_StopsTheContainersAndFailsThePod()
    {
        var pod = Pod();
        Run(pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = 1 } });
        AwaitReady(true);
        var told = (RecordEvent)_events.FishForMessage(message => message is RecordEvent { Reason: "DeadlineExceeded" });
        Assert.Equal((RecordEvent.Normal, "Pod was active on the node longer than the specified deadline"), (told.Type, told.Message));
        _events.FishForMessage(message => message is RecordEvent { Reason: "Killing", Message: "Stopping container web" });
        Await(() => Assert.Equal(
            ("Failed", "DeadlineExceeded", "Pod was active on the node longer than the specified deadline"), (Status().Phase, Status().Reason, Status().Message)));
        Assert.NotNull(Status().ContainerStatuses[0].State.Terminated);
        Assert.Equal(0, Status().ContainerStatuses[0].RestartCount);
        AwaitReady(false);
    }

    [Fact]
    public void ADeadlineThatIsLowered_CountsAtOnce()
    {
        var pod = Pod() with { Status = PodStatus.Empty with { StartTime = DateTimeOffset.UtcNow.AddSeconds(-100) } };
        var longer = pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = 10_000 } };
        var runner = Run(longer);
        AwaitReady(true);
        runner.Tell(new PodRunner.Command.Observe(_api.Find<Pod>("default", "web-1")! with { Spec = pod.Spec with { ActiveDeadlineSeconds = 50 } }), ActorRefs.NoSender);
        Await(() => Assert.Equal(("Failed", "DeadlineExceeded"), (Status().Phase, Status().Reason)));
    }

    private static Container Hooked(LifecycleHandler hook, string name = "web", string image = "agnhost:2.40", params string[] args) =>
        Container(name, image, args) with { Lifecycle = new Lifecycle { PostStart = hook } };

    public static TheoryData<string, LifecycleHandler, bool> Hooks => new()
    {
        { "a command that ends well", new LifecycleHandler { Exec = new ExecAction { Command = ["sh", "-c", "true"] } }, true },
        { "a command that fails", new LifecycleHandler { Exec = new ExecAction { Command = ["sh", "-c", "exit 3"] } }, false },
        { "a sleep", new LifecycleHandler { Sleep = new SleepAction { Seconds = 1 } }, true },
        { "a request, whatever its status", new LifecycleHandler { HttpGet = new HTTPGetAction { Port = 8080, Path = "/echo?code=500" } }, true },
        { "a request that is refused", new LifecycleHandler { HttpGet = new HTTPGetAction { Port = 9999, Path = "/" } }, false },
        { "a handler that kubelets do not know", new LifecycleHandler { TcpSocket = new TCPSocketAction { Port = 8080 } }, false },
    };

    [Theory]
    [MemberData(nameof(Hooks))]
    public void PostStartHook_ThatFailsKillsTheContainer(string because, LifecycleHandler hook, bool well)
    {
        Run(Pod(containers: [Hooked(hook)]));
        if (well)
        {
            AwaitReady(true);
            Assert.Equal((because, 0), (because, Status().ContainerStatuses[0].RestartCount));
            return;
        }

        var failed = (RecordEvent)_events.FishForMessage(message => message is RecordEvent { Reason: "FailedPostStartHook" });
        Assert.Equal((because, RecordEvent.Warning, "PostStartHook failed"), (because, failed.Type, failed.Message));
        _events.FishForMessage(message => message is RecordEvent { Reason: "Killing", Message: "FailedPostStartHook" });
        Await(() => Assert.True(Status().ContainerStatuses is [{ RestartCount: >= 1, Ready: false }]));
    }

    [Fact]
    public void PostStartHook_HoldsTheNextContainerAndProbesBack()
    {
        var first = Hooked(new LifecycleHandler { Sleep = new SleepAction { Seconds = 1 } }) with { ReadinessProbe = HttpProbe(8080, "/healthz") };
        Run(Pod(containers: [first, Container("second", "agnhost:2.40", "pause")]));
        string[] reasons = [.. Enumerable.Range(0, 3).Select(_ => _events.ExpectMsg<RecordEvent>().Reason)];
        Assert.Equal(["Pulled", "Created", "Started"], reasons);
        Await(() => Assert.NotNull(Status().ContainerStatuses[0].State.Running));
        Assert.Equal(("", false), (Status().ContainerStatuses[1].ContainerID, Status().ContainerStatuses[0].Started ?? false));
        AwaitReady(true);
        Assert.True(Status().ContainerStatuses[0].Started);
        Assert.True(Status().ContainerStatuses[1].State.Running!.StartedAt - Status().ContainerStatuses[0].State.Running!.StartedAt > TimeSpan.FromMilliseconds(900));
    }
}

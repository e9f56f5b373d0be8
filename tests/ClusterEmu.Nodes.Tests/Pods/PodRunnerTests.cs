using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;
using static ClusterEmu.Nodes.Tests.PodSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed partial class PodRunnerTests : TestKit
{
    private readonly FakeApi _api = new();
    private readonly TestProbe _network;
    private readonly TestProbe _events;
    private readonly IActorRef _dataPath;
    private readonly PodRunnerContext _context;

    public PodRunnerTests() : base("akka.test.single-expect-default = 20s")
    {
        _network = CreateTestProbe("network");
        _events = CreateTestProbe("events");
        _dataPath = Sys.ActorOf(FakeDataPath.PropsFor(_network.Ref), "data-path");
        _context = new PodRunnerContext
        {
            Node = "node-1",
            NodeIP = Ip.Parse("172.18.0.2"),
            Client = _api,
            Network = new PodNetwork(_dataPath, Ip.Parse("172.18.0.2")),
            Events = _events.Ref,
            Listeners = new FakeListeners(),
            Services = new ServiceBook(),
            Timings = KubeletTimings.Fast with { FirstBackOff = TimeSpan.FromMilliseconds(300), ConfigRetry = TimeSpan.FromMilliseconds(100) },
        };
    }

    private IActorRef Run(Pod pod)
    {
        _api.Put(pod);
        return StartRunner(pod);
    }

    private IActorRef StartRunner(Pod pod) => Sys.ActorOf(PodRunner.PropsFor(_context, pod, Ip.Parse("172.17.0.2")));

    private PodStatus Status(string name = "web-1") => _api.Find<Pod>("default", name)?.Status ?? PodStatus.Empty;

    private void Await(Action assertion) => AwaitAssert(assertion, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(20));

    private void AwaitReady(bool ready) =>
        Await(() => Assert.Equal(ready ? "True" : "False", Status().Conditions.FirstOrDefault(condition => condition.Type == "Ready")?.Status));

    private string[] Reasons() => [.. _events.ReceiveWhile(TimeSpan.FromMilliseconds(200), message => message as RecordEvent).Select(message => message!.Reason)];

    private static Container Probed(Probe probe) => Container() with { ReadinessProbe = probe };

    private static Probe HttpProbe(int port, string path) =>
        new() { HttpGet = new HTTPGetAction { Port = port, Path = path }, PeriodSeconds = 1, TimeoutSeconds = 1, SuccessThreshold = 1, FailureThreshold = 1 };

    [Fact]
    public void APod_OpensItsPortsAndBecomesReadyInOneWrite()
    {
        Run(Pod());
        Assert.Equal(new AddPod(Ip.Parse("172.17.0.2"), "pod/default/web-1"), _network.ExpectMsg<AddPod>());
        Assert.Equal(new IpPort(Ip.Parse("172.17.0.2"), 8080), _network.ExpectMsg<AddListener>().Address);
        AwaitReady(true);
        Assert.Equal(("Running", "172.17.0.2"), (Status().Phase, Status().PodIP));
        Assert.Equal(["Pulled", "Created", "Started"], Reasons());
        Assert.Single(_api.Calls, call => call.Subresource == "status");
    }

    [Theory]
    [InlineData(8080, "/healthz", true)]
    [InlineData(8080, "/echo?code=503", false)]
    [InlineData(9999, "/healthz", false)]
    public void ReadinessProbe_DecidesWhetherThePodIsReady(int port, string path, bool ready)
    {
        Run(Pod(containers: [Probed(HttpProbe(port, path))]));
        if (!ready) _events.FishForMessage(message => message is RecordEvent { Reason: "Unhealthy" });
        AwaitReady(ready);
        Assert.Equal("Running", Status().Phase);
    }

    [Fact]
    public void ReadinessProbe_TimesOutWhenPacketsAreLost()
    {
        Run(Pod(containers: [Probed(HttpProbe(8080, "/healthz"))]));
        AwaitReady(true);
        _dataPath.Tell(new FakeDataPath.Drops(true));
        var lost = (RecordEvent)_events.FishForMessage(message => message is RecordEvent { Reason: "Unhealthy" }, TimeSpan.FromSeconds(15));
        Assert.Equal("Readiness probe failed: Get \"http://172.17.0.2:8080/healthz\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)", lost.Message);
        AwaitReady(false);
        _dataPath.Tell(new FakeDataPath.Drops(false));
        AwaitReady(true);
    }

    [Fact]
    public void LivenessProbe_RestartsTheContainer()
    {
        Run(Pod(containers: [Container() with { LivenessProbe = HttpProbe(8080, "/echo?code=500") }]));
        Await(() => Assert.True(Status().ContainerStatuses is [{ RestartCount: >= 1 }]));
        Assert.Equal(2, Status().ContainerStatuses[0].LastState.Terminated!.ExitCode);
        _events.FishForMessage(message => message is RecordEvent { Reason: "Killing", Message: "Container web failed liveness probe, will be restarted" });
    }

    [Fact]
    public void StartupProbe_HoldsTheOthersBack()
    {
        Run(Pod(containers: [Container() with { StartupProbe = HttpProbe(8080, "/healthz"), ReadinessProbe = HttpProbe(8080, "/healthz") }]));
        AwaitReady(true);
        Assert.True(Status().ContainerStatuses[0].Started);
    }

    [Fact]
    public void CrashingContainer_BacksOffAndKeepsTrying()
    {
        Run(Pod(containers: [Container("web", "busybox", "false")]));
        Await(() => Assert.Equal("CrashLoopBackOff", Status().ContainerStatuses.FirstOrDefault()?.State.Waiting?.Reason));
        Assert.Equal(1, Status().ContainerStatuses[0].LastState.Terminated!.ExitCode);
        Await(() => Assert.True(Status().ContainerStatuses[0].RestartCount >= 2));
        Assert.Equal("Running", Status().Phase);
    }

    [Theory]
    [InlineData("true", "Never", "Succeeded")]
    [InlineData("true", "OnFailure", "Succeeded")]
    [InlineData("false", "Never", "Failed")]
    public void EndedContainers_EndThePod(string program, string policy, string phase)
    {
        Run(Pod(containers: [Container("web", "busybox", program)], restartPolicy: policy));
        Await(() => Assert.Equal(phase, Status().Phase));
        _network.FishForMessage(message => message is RemovePod);
    }

    [Fact]
    public void InitContainers_RunFirstAndInOrder()
    {
        var pod = Pod();
        pod = pod with { Spec = pod.Spec with { InitContainers = [Container("one", "busybox", "true"), Container("two", "busybox", "sleep", "0.2")] } };
        Run(pod);
        AwaitReady(true);
        var status = Status();
        Assert.Equal([0, 0], status.InitContainerStatuses.Select(container => container.State.Terminated!.ExitCode));
        Assert.True(status.InitContainerStatuses[0].State.Terminated!.FinishedAt <= status.InitContainerStatuses[1].State.Terminated!.StartedAt);
        Assert.True(status.InitContainerStatuses[1].State.Terminated!.FinishedAt <= status.ContainerStatuses[0].State.Running!.StartedAt);
    }

    [Fact]
    public void FailingInitContainer_FailsAPodThatNeverRestarts()
    {
        var pod = Pod(restartPolicy: "Never");
        Run(pod with { Spec = pod.Spec with { InitContainers = [Container("one", "busybox", "false")] } });
        Await(() => Assert.Equal("Failed", Status().Phase));
        Assert.DoesNotContain(_network.ReceiveWhile(TimeSpan.FromMilliseconds(100), message => message), message => message is AddListener);
    }

    [Fact]
    public void MissingConfigMap_BlocksUntilItIsThere()
    {
        var source = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "settings", Key = "code" } };
        Run(Pod(containers: [Container("web", "agnhost", "porter") with { Env = [new EnvVar { Name = "SERVE_PORT_80", ValueFrom = source }] }]));
        Await(() => Assert.Equal("CreateContainerConfigError", Status().ContainerStatuses.FirstOrDefault()?.State.Waiting?.Reason));
        Assert.Equal("configmap \"settings\" not found", Status().ContainerStatuses[0].State.Waiting!.Message);
        _api.Put(new ConfigMap { Metadata = new ObjectMeta { Name = "settings", Namespace = "default" }, Data = new Dictionary<string, string> { ["code"] = "hello" } });
        AwaitReady(true);
        var listener = (AddListener)_network.FishForMessage(message => message is AddListener);
        Assert.Equal(80, listener.Address.Port);
    }

    [Fact]
    public void UnknownImage_WaitsForItsPull()
    {
        Run(Pod(containers: [Container("web", "shop:does-not-exist")]));
        Await(() => Assert.Equal("ErrImagePull", Status().ContainerStatuses.FirstOrDefault()?.State.Waiting?.Reason));
        Await(() => Assert.Equal("ImagePullBackOff", Status().ContainerStatuses[0].State.Waiting?.Reason));
        Assert.Equal("Pending", Status().Phase);
    }

    [Fact]
    public void AnotherImage_EndsTheWaitForOneThatIsNotThere()
    {
        var pod = Pod(containers: [Container("web", "shop:does-not-exist")]);
        var runner = Run(pod);
        Await(() => Assert.Equal("ImagePullBackOff", Status().ContainerStatuses.FirstOrDefault()?.State.Waiting?.Reason));
        runner.Tell(new PodRunner.Command.Observe(pod with { Spec = pod.Spec with { Containers = [Container("web", "agnhost:2.40")] } }));
        AwaitReady(true);
        Assert.Equal(("docker.io/library/agnhost:2.40", 0), (Status().ContainerStatuses[0].Image, Status().ContainerStatuses[0].RestartCount));
    }

    [Theory]
    [InlineData("Always")]
    [InlineData("Never")]
    public void AnotherImage_RestartsARunningContainer(string policy)
    {
        var pod = Pod(containers: [Container("web", "agnhost:2.40")], restartPolicy: policy);
        var runner = Run(pod);
        AwaitReady(true);
        runner.Tell(new PodRunner.Command.Observe(pod with { Spec = pod.Spec with { Containers = [Container("web", "agnhost:2.41")] } }));
        Await(() => Assert.Equal(("docker.io/library/agnhost:2.41", 1), (Status().ContainerStatuses[0].Image, Status().ContainerStatuses[0].RestartCount)));
        AwaitReady(true);
        _events.FishForMessage(message => message is RecordEvent { Reason: "Killing", Message: "Container web definition changed, will be restarted" });
    }

    [Fact]
    public void TwoContainersOnOnePort_LetTheSecondFail()
    {
        Run(Pod(containers: [Container("first"), Container("second")]));
        Await(() => Assert.Equal(1, Status().ContainerStatuses is [_, { LastState.Terminated: { } end }] ? end.ExitCode : -1));
        Assert.NotNull(Status().ContainerStatuses[0].State.Running);
    }

    [Fact]
    public void Deletion_StopsTheContainersAndTellsTheApi()
    {
        var runner = Run(Pod());
        AwaitReady(true);
        Watch(runner);
        runner.Tell(new PodRunner.Command.Observe(_api.Find<Pod>("default", "web-1")! with { Metadata = Deleting(30) }));
        Await(() => Assert.Null(_api.Find<Pod>("default", "web-1")));
        _network.FishForMessage(message => message is RemoveListener);
        _network.FishForMessage(message => message is RemovePod);
        var delete = Assert.Single(_api.Calls, call => call.Verb == ApiVerb.Delete);
        Assert.Equal((0L, "uid-web-1"), (delete.DeleteOptions!.GracePeriodSeconds, delete.DeleteOptions.Preconditions!.Uid));
        runner.Tell(new PodRunner.Command.Vanish());
        ExpectTerminated(runner);
    }

    [Fact]
    public void Deletion_WaitsForAProgramThatIgnoresTheSignal()
    {
        var runner = Run(Pod(containers: [Container("web", "busybox", "sleep", "3600")]));
        AwaitReady(true);
        runner.Tell(new PodRunner.Command.Observe(Pod(containers: [Container("web", "busybox", "sleep", "3600")]) with { Metadata = Deleting(1) }));
        Await(() => Assert.Null(_api.Find<Pod>("default", "web-1")));
        var last = (Pod)FakeApi.StatusOf(_api.Calls.Last(call => call.Subresource == "status"));
        Assert.Equal((137, "Failed"), (last.Status.ContainerStatuses[0].State.Terminated!.ExitCode, last.Status.Phase));
        var ran = last.Status.ContainerStatuses[0].State.Terminated!;
        Assert.True(ran.FinishedAt - ran.StartedAt >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Status_LeavesLabelsThatOthersChangedMeanwhile()
    {
        Run(Pod(containers: [Container("web", "busybox", "sleep", "0.5")], restartPolicy: "Never"));
        AwaitReady(true);
        var pod = _api.Find<Pod>("default", "web-1")!;
        _api.Put(pod with { Metadata = pod.Metadata with { Labels = new Dictionary<string, string> { ["app"] = "other" } } });
        Await(() => Assert.Equal("Succeeded", Status().Phase));
        Assert.Equal("other", _api.Find<Pod>("default", "web-1")!.Metadata.Labels["app"]);
    }

    [Fact]
    public void LostAnswers_AreWrittenAgain()
    {
        var failures = 2;
        _api.Override = call => call.Subresource == "status" && failures-- > 0 ? FakeApi.Fail(call, 0, "ServiceUnavailable") : null;
        Run(Pod());
        AwaitReady(true);
        Assert.Equal(3, _api.Calls.Count(call => call.Subresource == "status"));
    }

    [Fact]
    public void AReadyConditionTakenAwayByOthers_IsWrittenAgain()
    {
        var runner = Run(Pod());
        AwaitReady(true);
        runner.Tell(new PodRunner.Command.Observe(PutStatus(NotReady)));
        AwaitReady(true);
    }

    [Fact]
    public void AnAddressThatAFormerLifeWroteLate_IsWrittenAnew()
    {
        var runner = Run(Pod());
        AwaitReady(true);
        var right = Status().PodIP;
        var writes = _api.Calls.Count(call => call.Subresource == "status");
        // What was read before the last write was answered is no reason for another.
        runner.Tell(new PodRunner.Command.Observe(_api.Find<Pod>("default", "web-1")! with { Status = PodStatus.Empty }));
        runner.Tell(new PodRunner.Command.Observe(PutStatus(status => status with { PodIP = "172.17.0.99", PodIPs = [new PodIP { IP = "172.17.0.99" }] })));
        Await(() => Assert.Equal(right, Status().PodIP));
        Assert.Equal(writes + 1, _api.Calls.Count(call => call.Subresource == "status"));
    }

    [Fact]
    public void AReadyConditionTakenAwayWhileAWriteIsOnItsWay_IsWrittenAgain()
    {
        IActorRef? runner = null;
        var taken = false;
        _api.Override = call => runner is null && call.Subresource == "status" ? FakeApi.Fail(call, 0, "ServiceUnavailable") : null;
        _api.Changed = (value, _) =>
        {
            if (taken || value is not Pod { Status.Conditions.Count: > 0 }) return;
            taken = true;
            // The write itself is answered after this.
            runner!.Tell(new PodRunner.Command.Observe(PutStatus(NotReady)));
        };
        runner = Run(Pod());
        Await(() => Assert.True(taken));
        AwaitReady(true);
    }

    [Fact]
    public void AnAdoptedPod_StartsItsContainersAgain()
    {
        Run(Pod());
        AwaitReady(true);
        var pod = _api.Find<Pod>("default", "web-1")!;
        StartRunner(pod);
        Await(() => Assert.Equal(1, Status().ContainerStatuses[0].RestartCount));
        AwaitReady(true);
        Assert.Equal((255, "Unknown"), (Status().ContainerStatuses[0].LastState.Terminated!.ExitCode, Status().ContainerStatuses[0].LastState.Terminated!.Reason));
        Assert.Equal(pod.Status.StartTime, Status().StartTime);
    }

    /// <summary>Somebody else writes the Pod's status; what the API then holds.</summary>
    private Pod PutStatus(Func<PodStatus, PodStatus> change)
    {
        var pod = _api.Find<Pod>("default", "web-1")!;
        _api.Put(pod with { Status = change(pod.Status) });
        return _api.Find<Pod>("default", "web-1")!;
    }

    private static PodStatus NotReady(PodStatus status) => status with
    {
        Conditions = [.. status.Conditions.Select(condition => condition.Type == "Ready" ? condition with { Status = "False" } : condition)],
    };

    private static ObjectMeta Deleting(long grace) => Pod().Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = grace };
}

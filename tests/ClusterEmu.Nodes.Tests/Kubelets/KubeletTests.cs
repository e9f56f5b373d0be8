using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;
using static ClusterEmu.Nodes.Tests.PodSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class KubeletTests : TestKit
{
    private readonly FakeApi _api = new();
    private readonly TestProbe _network;
    private readonly PodRunnerContext _context;
    private readonly IActorRef _dispatcher;

    public KubeletTests() : base("akka.test.single-expect-default = 20s")
    {
        _network = CreateTestProbe("network");
        var hub = CreateTestProbe("hub");
        var services = new ServiceBook();
        _context = new PodRunnerContext
        {
            Node = "node-1",
            NodeIP = Ip.Parse("172.18.0.2"),
            Client = _api,
            Network = new PodNetwork(Sys.ActorOf(FakeDataPath.PropsFor(_network.Ref)), Ip.Parse("172.18.0.2")),
            Events = CreateTestProbe("events").Ref,
            Listeners = new FakeListeners(),
            Services = services,
            Timings = KubeletTimings.Fast,
        };
        _dispatcher = Sys.ActorOf(PodDispatcher.PropsFor(hub.Ref, services, ["node-1"]), "dispatcher");
        for (var i = 0; i < 3; i++) hub.ExpectMsg<SubscribeInformer>();
    }

    internal static NodeSettings Settings => new()
    {
        Name = "node-1",
        InternalIP = Ip.Parse("172.18.0.2"),
        ExternalIP = Ip.Parse("127.18.0.2"),
        Process = "nodes-1",
        KubeletPort = 10250,
    };

    private Node? Registered => _api.Find<Node>("", "node-1");

    private void Await(Action assertion) => AwaitAssert(assertion, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(20));

    private void Sync(Node? node, params IKubeObject[] others)
    {
        Tell(Kinds.Service, others.OfType<Service>());
        Tell(Kinds.Node, node is null ? [] : [node]);
        Tell(Kinds.Pod, others.OfType<Pod>());

        void Tell(KindInfo kind, IEnumerable<IKubeObject> items) => _dispatcher.Tell(new InformerSynced(kind, [.. items], "100"));
    }

    private void Change(IKubeObject value, WatchEventType type = WatchEventType.Modified) =>
        _dispatcher.Tell(new InformerChanged(KindCatalog.Of(value), type, value, null, value.Metadata.ResourceVersion));

    private IActorRef StartKubelet() => Sys.ActorOf(Kubelet.PropsFor(Settings, _context, _dispatcher));

    private Node WithRange()
    {
        var node = Registered! with { Spec = Registered!.Spec with { PodCIDR = "172.17.0.0/24", PodCIDRs = ["172.17.0.0/24"] } };
        _api.Put(node);
        return Registered!;
    }

    private void PutNode(string cidr) => _api.Put(new Node { Metadata = new ObjectMeta { Name = "node-1", Uid = "u" }, Spec = new NodeSpec { PodCIDR = cidr } });

    private void AwaitReady(string status) =>
        Await(() => Assert.Equal(status, Registered?.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready")?.Status));

    private void AwaitAddress(string pod, string ip) => Await(() => Assert.Equal(ip, _api.Find<Pod>("default", pod)!.Status.PodIP));

    [Fact]
    public void Registration_WritesNodeStatusAndLease()
    {
        StartKubelet();
        Sync(null);
        AwaitReady("False");
        var node = Registered!;
        Assert.Equal(("nodes-1", "zone-a", "node-1"),
            (node.Metadata.Annotations["clusteremu.io/process"], node.Metadata.Labels["topology.kubernetes.io/zone"], node.Metadata.Labels["kubernetes.io/hostname"]));
        Assert.Equal("InternalIP=172.18.0.2 ExternalIP=127.18.0.2 Hostname=node-1", string.Join(' ', node.Status.Addresses.Select(address => $"{address.Type}={address.Address}")));
        Assert.Equal((10250, 110L, "v1.32.0"), (node.Status.DaemonEndpoints.KubeletEndpoint.Port, node.Status.Allocatable["pods"].Value, node.Status.NodeInfo.KubeletVersion));
        Await(() => Assert.Equal("node-1", _api.Find<Lease>("kube-node-lease", "node-1")?.Spec.HolderIdentity));
    }

    [Fact]
    public void ASubscriberThatJoinsAgain_HearsOfEachChangeOnce()
    {
        var kubelet = CreateTestProbe();
        Sync(null);
        for (var i = 0; i < 2; i++)
        {
            _dispatcher.Tell(new PodDispatcher.Command.Join("node-1", kubelet.Ref));
            kubelet.ExpectMsg<PodDispatcher.NodeListed>();
        }

        Change(Pod("a"));
        Change(Pod("b"));
        Assert.Equal(["a", "b"], [kubelet.ExpectMsg<PodDispatcher.PodSeen>().Pod.Metadata.Name, kubelet.ExpectMsg<PodDispatcher.PodSeen>().Pod.Metadata.Name]);
    }

    [Fact]
    public void TheNode_BecomesReadyWithItsPodRange()
    {
        StartKubelet();
        Sync(null);
        AwaitReady("False");
        Change(WithRange());
        AwaitReady("True");
    }

    [Fact]
    public void AnExistingNode_GetsItsLabelsBackAndKeepsOthers()
    {
        _api.Put(new Node { Metadata = new ObjectMeta { Name = "node-1", Uid = "u", Labels = new Dictionary<string, string> { ["mine"] = "yes" } } });
        StartKubelet();
        Sync(Registered);
        AwaitReady("False");
        Assert.Equal(("yes", "amd64"), (Registered!.Metadata.Labels["mine"], Registered.Metadata.Labels["kubernetes.io/arch"]));
    }

    [Fact]
    public void AReadyConditionWrittenByOthers_IsCorrected()
    {
        PutNode("172.17.0.0/24");
        StartKubelet();
        Sync(Registered);
        AwaitReady("True");
        var node = Registered!;
        _api.Put(node with
        {
            Status = node.Status with { Conditions = [.. node.Status.Conditions.Select(condition => condition.Type == "Ready" ? condition with { Status = "Unknown" } : condition)] },
        });
        Change(Registered!);
        AwaitReady("True");
    }

    [Fact]
    public void Leases_AreRenewed()
    {
        StartKubelet();
        Sync(null);
        Await(() => Assert.NotNull(_api.Find<Lease>("kube-node-lease", "node-1")));
        var first = _api.Find<Lease>("kube-node-lease", "node-1")!.Spec.RenewTime;
        Await(() => Assert.True(_api.Find<Lease>("kube-node-lease", "node-1")!.Spec.RenewTime > first));
        Await(() => Assert.Equal("uid-node-1", _api.Find<Lease>("kube-node-lease", "node-1")!.Metadata.OwnerReferences.FirstOrDefault()?.Uid));
    }

    [Fact]
    public void Pods_WaitForTheRangeAndGetTheLowestAddresses()
    {
        var (one, two) = (Pod("a"), Pod("b"));
        _api.Put(one);
        _api.Put(two);
        StartKubelet();
        Sync(null, one, two, Pod("elsewhere") with { Spec = Pod().Spec with { NodeName = "node-2" } });
        AwaitReady("False");
        Change(WithRange());
        AwaitAddress("a", "172.17.0.2");
        AwaitAddress("b", "172.17.0.3");
    }

    [Fact]
    public void Pods_KeepTheirAddressesAfterARestart()
    {
        var old = Pod("old") with { Status = new PodStatus { Phase = "Running", PodIP = "172.17.0.2" } };
        var young = Pod("a-new-one");
        _api.Put(old);
        _api.Put(young);
        PutNode("172.17.0.0/24");
        StartKubelet();
        Sync(Registered, young, old);
        AwaitAddress("a-new-one", "172.17.0.3");
        Await(() => Assert.NotEmpty(_api.Find<Pod>("default", "old")!.Status.ContainerStatuses));
        Assert.Equal("172.17.0.2", _api.Find<Pod>("default", "old")!.Status.PodIP);
    }

    [Fact]
    public void AKubeletThatFailed_GivesItsPodsTheSameAddresses_ThoughTheirStatusIsNotKnownYet()
    {
        var (first, second) = (Pod("b"), Pod("a"));
        _api.Put(first);
        _api.Put(second);
        PutNode("172.17.0.0/24");
        var kubelet = StartKubelet();
        Sync(Registered, first);
        AwaitAddress("b", "172.17.0.2");
        Change(second, WatchEventType.Added);
        AwaitAddress("a", "172.17.0.3");
        var seen = new List<string>();
        _api.Changed = (value, _) => { if (value is Pod pod) lock (seen) seen.Add($"{pod.Metadata.Name} {pod.Status.PodIP}"); };
        kubelet.Tell(new PodDispatcher.NodeListed(null, null!)); // It fails on this, and is told of both Pods as they were first, sorted by name.
        _api.Put(Pod("c"));
        Change(Pod("c"), WatchEventType.Added);
        AwaitAddress("c", "172.17.0.4");
        AwaitAddress("b", "172.17.0.2");
        AwaitAddress("a", "172.17.0.3");
        lock (seen) Assert.DoesNotContain(seen, one => one is "a 172.17.0.2" or "b 172.17.0.3");
    }

    [Theory] // whether the old Pod was being deleted as the kubelet started, or is deleted later
    [InlineData(true)]
    [InlineData(false)]
    public void AnAddress_IsNotGivenOutAgainWhileTheApiShowsItsPod(bool before)
    {
        var marked = new ObjectMeta { DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = 0, Name = "old", Namespace = "default", Uid = "uid-old" };
        var old = Pod("old") with { Status = new PodStatus { Phase = "Running", PodIP = "172.17.0.2" } };
        if (before) old = old with { Metadata = marked };
        _api.Put(old);
        PutNode("172.17.0.0/24");
        StartKubelet();
        Sync(Registered, old);
        AwaitReady("True");
        if (!before)
        {
            AwaitAddress("old", "172.17.0.2");
            var current = _api.Find<Pod>("default", "old")!;
            _api.Put(current with { Metadata = current.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = 0 } });
            Change(_api.Find<Pod>("default", "old")!);
        }
        Await(() => Assert.Null(_api.Find<Pod>("default", "old"))); // Ended, but nobody told the kubelet that the object is gone.
        var young = Pod("young");
        _api.Put(young);
        Change(young, WatchEventType.Added);
        AwaitAddress("young", "172.17.0.3");
    }

    [Fact]
    public void AddressesOfGonePods_AreGivenToThoseThatWait()
    {
        PutNode("10.0.0.0/30");
        var (one, two) = (Pod("a"), Pod("b"));
        _api.Put(one);
        _api.Put(two);
        StartKubelet();
        Sync(Registered, one, two);
        AwaitAddress("a", "10.0.0.2");
        Assert.Equal("", _api.Find<Pod>("default", "b")!.Status.PodIP);
        Change(_api.Find<Pod>("default", "a")!, WatchEventType.Deleted);
        AwaitAddress("b", "10.0.0.2");
    }

    [Fact]
    public void APodBeingDeleted_IsForgottenWithoutEverRunning()
    {
        var pod = Pod() with { Metadata = Pod().Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = 30 } };
        _api.Put(pod);
        StartKubelet();
        Sync(null, pod);
        Await(() => Assert.Null(_api.Find<Pod>("default", "web-1")));
    }

    [Fact]
    public void Containers_HearOfTheServicesThatExist()
    {
        var pod = Pod(containers: [Container("web", "agnhost", "netexec", "--http-port=$(DB_SERVICE_PORT)", "--udp-port=-1")]);
        _api.Put(pod);
        PutNode("172.17.0.0/24");
        StartKubelet();
        Sync(Registered, pod, Service("db", "10.96.0.9", "default", ("", 5432, "TCP")));
        Assert.Equal(5432, ((AddListener)_network.FishForMessage(message => message is AddListener)).Address.Port);
    }

    [Theory]
    [InlineData("172.17.0.0/24", "True", "KubeletReady")]
    [InlineData("", "False", "KubeletNotReady")]
    public void Status_SaysWhetherTheNodeHasANetwork(string cidr, string status, string reason)
    {
        var now = WorkloadSamples.Start;
        var written = NodeObjects.Status(NodeObjects.Fixed(Settings), NodeStatus.Empty, cidr, now);
        var ready = written.Conditions.Single(condition => condition.Type == "Ready");
        Assert.Equal((status, reason, now), (ready.Status, ready.Reason, ready.LastTransitionTime));
        Assert.False(NodeObjects.NeedsReport(written, NodeObjects.Status(NodeObjects.Fixed(Settings), written, cidr, now.AddMinutes(4)), now.AddMinutes(4)));
        Assert.True(NodeObjects.NeedsReport(written, NodeObjects.Status(NodeObjects.Fixed(Settings), written, cidr, now.AddMinutes(5)), now.AddMinutes(5)));
    }
}

using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Network;
using static ClusterEmu.Nodes.Tests.PodSamples;

namespace ClusterEmu.Nodes.Tests;

/// <summary>A whole nodes process over a small API: what only the controllers would do, the tests do.</summary>
public sealed class NodesProcessTests() : TestKit("akka.test.single-expect-default = 20s"), IAsyncLifetime
{
    private readonly FakeApi _api = new();
    private FabricProcess _fabric = null!;
    private NodesProcess _process = null!;

    public async Task InitializeAsync()
    {
        var hub = Sys.ActorOf(Props.Create(() => new FakeHub()), "hub");
        _api.Changed = (value, gone) => hub.Tell(new FakeHub.Change(value, gone), ActorRefs.NoSender);
        _api.Put(new Namespace { Metadata = new ObjectMeta { Name = "default" } });
        _api.Put(new Namespace { Metadata = new ObjectMeta { Name = "kube-system" } });
        _fabric = FabricProcess.Start(new FabricOptions { Listen = false }, Sys);
        var plan = new AddressPlan();
        Sys.ActorOf(DirectoryKeeper.PropsFor(hub, plan, _fabric), "directory");
        var options = new NodesOptions { Process = "nodes-1", Count = 2, Profile = "fast", Plan = plan };
        _process = await NodesProcess.StartAsync(options, Sys, _api, _fabric, hub);
        foreach (var node in _process.Nodes)
        {
            Await(() => Assert.NotNull(_api.Find<Node>("", node.Name)?.Status.Addresses.FirstOrDefault()));
            var range = plan.NodePods(int.Parse(node.Name.Split('-')[1])).ToString();
            var found = _api.Find<Node>("", node.Name)!;
            _api.Put(found with { Spec = found.Spec with { PodCIDR = range, PodCIDRs = [range] } });
        }
    }

    public async Task DisposeAsync()
    {
        await _process.DisposeAsync();
        await _fabric.DisposeAsync();
    }

    private void Await(Action assertion) => AwaitAssert(assertion, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(20));

    private Pod StartPod(string name, string node, string image = "agnhost:2.40", string ns = "default", params string[] args)
    {
        var pod = Pod(name, [Container("main", image) with { Args = args.Length == 0 && image.StartsWith("agnhost", StringComparison.Ordinal) ? ["netexec"] : args }]);
        _api.Put(pod with
        {
            Metadata = pod.Metadata with { Namespace = ns },
            Spec = pod.Spec with { NodeName = node, DnsPolicy = "ClusterFirst" },
        });
        Await(() => Assert.Equal("True", _api.Find<Pod>(ns, name)!.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready")?.Status));
        return _api.Find<Pod>(ns, name)!;
    }

    private void Expose(string ns, string name, string clusterIP, string protocol, int port, int targetPort, params Pod[] pods)
    {
        _api.Put(new Service
        {
            Metadata = new ObjectMeta { Name = name, Namespace = ns, Uid = name },
            Spec = new ServiceSpec
            {
                ClusterIP = clusterIP,
                ClusterIPs = [clusterIP],
                Type = "ClusterIP",
                Ports = [new ServicePort { Port = port, Protocol = protocol, TargetPort = targetPort }],
            },
        });
        _api.Put(new EndpointSlice
        {
            Metadata = new ObjectMeta { Name = name + "-1", Namespace = ns, Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = name } },
            AddressType = "IPv4",
            Ports = [new EndpointSlicePort { Name = "", Port = targetPort, Protocol = protocol }],
            Endpoints =
            [
                .. pods.Select(pod => new Endpoint
                {
                    Addresses = [pod.Status.PodIP],
                    Conditions = new EndpointConditions { Ready = true, Serving = true, Terminating = false },
                    NodeName = pod.Spec.NodeName,
                    TargetRef = new ObjectReference { Kind = "Pod", Namespace = ns, Name = pod.Metadata.Name },
                }),
            ],
        });
    }

    private async Task<RequestReport> RequestAsync(string from, string url, int count = 1, int timeoutMs = 10_000)
    {
        var sender = await _process.Senders.FindAsync(from, CancellationToken.None);
        return await new RequestRunner(_fabric).RunAsync(new RequestSpec { Url = url, From = from, Count = count, TimeoutMs = timeoutMs }, sender, CancellationToken.None);
    }

    private void AwaitTable(string node, string clusterIP) => Await(() =>
    {
        var table = _process.TableAsync(node).GetAwaiter().GetResult();
        Assert.Contains(table.View(0, null).Services, port => port.Rules.Any(rule => rule.Destination.StartsWith(clusterIP + ":", StringComparison.Ordinal) && rule.Uses.Count > 0));
    });

    [Fact]
    public async Task Requests_ReachPodsThroughNamesServicesAndNodes()
    {
        var web = StartPod("web-1", "node-1");
        var dns = StartPod("coredns-1", "node-2", "registry.k8s.io/coredns/coredns:v1.11.3", "kube-system");
        StartPod("client", "node-2", args: ["pause"]);
        var direct = await RequestAsync("node/node-2", $"http://{web.Status.PodIP}:8080/hostname");
        Assert.Equal((1, "web-1"), (direct.Succeeded, direct.Answers.FirstBody));

        Expose("default", "web-svc", "10.96.0.80", "TCP", 80, 8080, web);
        Expose("kube-system", "kube-dns", "10.96.0.10", "UDP", 53, 53, dns);
        AwaitTable("node-2", "10.96.0.80");
        AwaitTable("node-2", "10.96.0.10");
        var named = await RequestAsync("pod/default/client", "http://web-svc/clientip", 3);
        Assert.True(named.Succeeded == 3, string.Join('\n', named.Answers.Errors.Keys));
        Assert.Equal(3, named.ByPod["default/web-1"]);
        Assert.StartsWith(_api.Find<Pod>("default", "client")!.Status.PodIP + ":", named.Answers.FirstBody);
    }

    [Fact]
    public async Task ClosedPorts_AreRefusedAndNodesWithoutPowerAreSilent()
    {
        var web = StartPod("web-1", "node-1", "nginx:1.21");
        var refused = await RequestAsync("node/node-2", $"http://{web.Status.PodIP}:8080/");
        Assert.Equal(new RequestFailures(1, 0, 0, 0), refused.Failed);
        Assert.Equal(1, (await RequestAsync("node/node-2", $"http://{web.Status.PodIP}/")).Succeeded);

        var node = _api.Find<Node>("", "node-1")!;
        var annotations = new Dictionary<string, string>(node.Metadata.Annotations) { ["clusteremu.io/power"] = "off" };
        _api.Put(node with { Metadata = node.Metadata with { Annotations = annotations } });
        var off = await RefusedAsync("node/node-1", 409);
        Assert.Equal("Node node-1 is switched off, so nothing on it can send. 'clusteremu node start node-1' switches it on.", off);
        var silent = await RequestAsync("node/node-2", $"http://{web.Status.PodIP}/", timeoutMs: 300);
        Assert.Equal(new RequestFailures(0, 1, 0, 0), silent.Failed);

        annotations.Remove("clusteremu.io/power");
        _api.Put(_api.Find<Node>("", "node-1")! is var last ? last with { Metadata = last.Metadata with { Annotations = annotations } } : node);
        Await(() => Assert.Equal(1, _api.Find<Pod>("default", "web-1")!.Status.ContainerStatuses[0].RestartCount));
        Assert.Equal(web.Status.PodIP, _api.Find<Pod>("default", "web-1")!.Status.PodIP);
        Assert.Equal(1, (await RequestAsync("node/node-2", $"http://{web.Status.PodIP}/")).Succeeded);
    }

    [Fact]
    public async Task UnknownSenders_AreRefusedWithWhatWouldDo()
    {
        Assert.Contains("It has: node-1, node-2.", await RefusedOnceAsync("node/node-9", 404));
        Assert.Contains("kubectl get pods -n default", await RefusedOnceAsync("pod/default/nobody", 404));
        Assert.Contains("Write pod/NAMESPACE/NAME or node/NAME", await RefusedOnceAsync("outside", 400));
    }

    private async Task<string> RefusedOnceAsync(string from, int code)
    {
        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => _process.Senders.FindAsync(from, CancellationToken.None).AsTask());
        Assert.Equal(code, refusal.Code);
        return refusal.Message;
    }

    /// <summary>Asks until the refusal comes: the node hears of its switch a moment later.</summary>
    private async Task<string> RefusedAsync(string from, int code)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await _process.Senders.FindAsync(from, CancellationToken.None);
                Assert.True(i < 1000, $"{from} can still send");
                await Task.Delay(20);
            }
            catch (RequestRefusedException refusal) when (refusal.Code == code)
            {
                return refusal.Message;
            }
        }
    }
}

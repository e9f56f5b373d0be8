using System.Diagnostics;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>The controllers over the API server's own core: defaulting, validation, conflicts, revisions are the real ones.</summary>
public sealed class RealCoreTests
{
    [Fact]
    public async Task ADeploymentIsServedRolledOutAndCollected()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.Create(Plain(Make.Service()));
        await cluster.Create(Plain(Make.Deployment(3)));
        await cluster.Until<Endpoints>(all => Addresses(all, "web-svc") == 3, "three addresses");
        await cluster.Until<EndpointSlice>(all => all.Any(slice => slice.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") == "web-svc" && slice.Endpoints.Count == 3), "a slice");
        await cluster.Until<Deployment>(all => Web(all) is { Status.AvailableReplicas: 3 } web && web.Status.Conditions.Any(one => one.Reason == "NewReplicaSetAvailable")
            && web.Metadata.Annotations.GetValueOrDefault("deployment.kubernetes.io/revision") == "1", "a complete Deployment");
        var patch = """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"nginx:1.22"}]}}}}"""u8.ToArray();
        await cluster.Send(ApiCall.MergePatch(Kinds.Deployment, "default", "web", patch));
        await cluster.Until<Deployment>(all => Web(all) is { Status: { UpdatedReplicas: 3, AvailableReplicas: 3, Replicas: 3, ObservedGeneration: 2 } }, "a rolled-out Deployment");
        Assert.All((await cluster.List<Pod>()).Where(pod => IsWeb(pod) && !PodFacts.IsTerminating(pod)), pod => Assert.Equal("nginx:1.22", pod.Spec.Containers[0].Image));
        await cluster.Send(ApiCall.Delete(Kinds.Deployment, "default", "web", new DeleteOptions { PropagationPolicy = "Foreground" }));
        await cluster.Until<Deployment>(all => Web(all) is null, "the end of the Deployment");
        await cluster.Until<Pod>(all => !all.Any(IsWeb), "the end of its Pods");
        await cluster.Send(ApiCall.Delete(Kinds.Service, "default", "web-svc"));
        await cluster.Until<Endpoints>(all => all.All(one => one.Metadata.Name != "web-svc"), "the end of the Endpoints");
        await cluster.Until<EndpointSlice>(all => all.All(one => one.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") != "web-svc"), "the end of the slices");
    }

    [Fact]
    public async Task ADeletedNamespaceTakesAllAlong()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.Create(new Namespace { Metadata = new ObjectMeta { Name = "shop" } });
        await cluster.Until<ServiceAccount>(all => all.Any(one => one.Metadata.Namespace == "shop"), "a service account");
        await cluster.Create(Plain(Make.Deployment(2)) with { Metadata = new ObjectMeta { Namespace = "shop", Name = "web" } });
        await cluster.Until<Pod>(all => all.Count(IsWeb) == 2, "two Pods");
        await cluster.Send(ApiCall.Delete(Kinds.Namespace, null, "shop"));
        await cluster.Until<Namespace>(all => all.All(one => one.Metadata.Name != "shop"), "the end of the namespace");
        Assert.DoesNotContain(await cluster.List<Pod>(), IsWeb);
    }

    [Fact]
    public async Task ALoadBalancerIsGivenAndTakenBackWithItsService()
    {
        await using var cluster = await Cluster.StartAsync();
        var service = Plain(Make.Service());
        await cluster.Create(service with { Spec = service.Spec with { Type = "LoadBalancer" } });
        await cluster.Until<Service>(all => all.Any(one => one.Status.LoadBalancer.Ingress is [{ IP: "127.203.0.1", IPMode: "VIP" }]), "an address");
        await cluster.Send(ApiCall.Delete(Kinds.Service, "default", "web-svc"));
        await cluster.Until<Service>(all => all.All(one => one.Metadata.Name != "web-svc"), "the end of the Service");
    }

    [Fact]
    public async Task HandWrittenEndpointsReachASlice()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.Create(new Service { Metadata = new ObjectMeta { Namespace = "default", Name = "api" }, Spec = new ServiceSpec { Ports = [new ServicePort { Port = 443 }] } });
        await cluster.Create(new Endpoints
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "api" },
            Subsets = [new EndpointSubset { Addresses = [new EndpointAddress { IP = "203.0.113.10" }], Ports = [new EndpointPort { Port = 443 }] }],
        });
        await cluster.Until<EndpointSlice>(all => all.Any(one => one.Metadata.Name.StartsWith("api-", StringComparison.Ordinal) && one.Endpoints.Count == 1), "a slice");
    }

    private static bool IsWeb(Pod pod) => pod.Metadata.Labels.GetValueOrDefault("app") == "web";

    private static Deployment? Web(IReadOnlyList<Deployment> all) => all.FirstOrDefault(one => one.Metadata.Name == "web");

    private static int Addresses(IReadOnlyList<Endpoints> all, string name) =>
        all.Where(one => one.Metadata.Name == name).SelectMany(one => one.Subsets).Sum(subset => subset.Addresses.Count);

    private static Service Plain(Service service) => service with
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = service.Metadata.Name },
        Spec = service.Spec with { ClusterIP = "", IPFamilies = [] },
    };

    private static Deployment Plain(Deployment deployment) => deployment with { Metadata = new ObjectMeta { Namespace = "default", Name = deployment.Metadata.Name } };

    /// <summary>A control plane without HTTP, three nodes that renew nothing, and a kubelet's part for all of them.</summary>
    private sealed class Cluster(LiveSystem live, ControlPlaneProcess process) : IAsyncDisposable
    {
        public static async Task<Cluster> StartAsync()
        {
            var live = new LiveSystem();
            var process = await ControlPlaneProcess.StartAsync(new ControlPlaneOptions { Serve = false, DnsReplicas = 0 }, live.System);
            var hub = live.System.ActorOf(InformerHub.PropsFor(process.Client), "informers");
            live.System.ActorOf(Props.Create(() => new EmulatedKubelet(process.Client, hub)), "kubelet");
            ControllerManager.Start(live.System, process.Client, hub, new ControllerOptions());
            var cluster = new Cluster(live, process);
            for (var i = 1; i <= 3; i++) await cluster.Create(SmallCluster.Node(i));
            await cluster.Until<Node>(all => all.Count == 3 && all.All(node => node.Spec.PodCIDR.Length > 0), "Pod ranges");
            return cluster;
        }

        public async Task<ApiReply> Send(ApiCall call)
        {
            var reply = await process.Client.SendAsync(call);
            Assert.True(reply.Ok, $"{call.Verb} {call.Kind.Plural}: {reply.Code} {reply.Failure?.Message}");
            return reply;
        }

        public Task Create(IKubeObject value) => Send(ApiCall.Create(value));

        public async Task<IReadOnlyList<T>> List<T>() where T : class, IKubeObject =>
            [.. (await Send(ApiCall.List(KindCatalog.Of<T>()))).Items!.Cast<T>()];

        public async Task Until<T>(Func<IReadOnlyList<T>, bool> condition, string what) where T : class, IKubeObject
        {
            var watch = Stopwatch.StartNew();
            while (!condition(await List<T>()))
            {
                if (watch.Elapsed > TimeSpan.FromSeconds(60)) Assert.Fail($"Not within a minute: {what}");
                await Task.Delay(10);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await process.DisposeAsync();
            await live.DisposeAsync();
        }
    }
}

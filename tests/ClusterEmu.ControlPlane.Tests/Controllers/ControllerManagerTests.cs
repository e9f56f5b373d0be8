using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class ControllerManagerTests
{
    [Fact]
    public async Task ADeploymentBecomesPodsOnNodesBehindItsService()
    {
        await using var cluster = new SmallCluster();
        cluster.Client.Put(Make.Service());
        cluster.Client.Put(Make.Deployment(3));
        await LiveSystem.Until(() => cluster.Addresses("web-svc").Split(',').Length == 3, "three addresses");
        Assert.Equal(["node-1", "node-2", "node-3"], cluster.Pods.Select(pod => pod.Spec.NodeName).Order());
        await LiveSystem.Until(() => cluster.Client.Find<Deployment>("default", "web") is { Status: { AvailableReplicas: 3, Conditions: [{ Reason: "MinimumReplicasAvailable" }, { Reason: "NewReplicaSetAvailable" }] } }
            or { Status: { AvailableReplicas: 3, Conditions: [{ Reason: "NewReplicaSetAvailable" }, { Reason: "MinimumReplicasAvailable" }] } }, "the Deployment to be complete");
        var slice = await LiveSystem.UntilFound(() => cluster.Client.All<EndpointSlice>().SingleOrDefault(one => one.Endpoints.Count == 3), "a slice of three");
        Assert.Equal(("web-svc", "endpointslice-controller.k8s.io"), (slice.Metadata.Labels["kubernetes.io/service-name"], slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]));
        var reasons = new[] { "ScalingReplicaSet", "SuccessfulCreate", "Scheduled" };
        await LiveSystem.Until(() => reasons.All(reason => cluster.Client.All<Event>().Any(one => one.Reason == reason)), "events");
        var set = cluster.Client.All<ReplicaSet>().Single();
        Assert.Contains(cluster.Client.All<Event>(), one => one.Message == $"Scaled up replica set {set.Metadata.Name} from 0 to 3");
    }

    [Fact]
    public async Task AChangedSelectorChangesTheEndpointsAndBack()
    {
        await using var cluster = new SmallCluster();
        var service = cluster.Client.Put(Make.Service());
        cluster.Client.Put(Make.Deployment(2));
        await LiveSystem.Until(() => cluster.Addresses("web-svc").Split(',').Length == 2, "two addresses");
        cluster.Client.Put(service with { Spec = service.Spec with { Selector = Some.Labels("app=wrong") } });
        await LiveSystem.Until(() => cluster.Addresses("web-svc").Length == 0, "no address");
        cluster.Client.Put(service);
        await LiveSystem.Until(() => cluster.Addresses("web-svc").Split(',').Length == 2, "two addresses again");
    }

    [Fact]
    public async Task ANewTemplateReplacesAllPodsAndKeepsTheHistory()
    {
        await using var cluster = new SmallCluster();
        cluster.Client.Put(Make.Deployment(5));
        await LiveSystem.Until(() => cluster.Client.Find<Deployment>("default", "web")?.Status.AvailableReplicas == 5, "five available");
        var deployment = cluster.Client.Find<Deployment>("default", "web")!;
        cluster.Client.Put(deployment with { Spec = deployment.Spec with { Template = Make.Template("nginx:1.22") }, Metadata = deployment.Metadata with { Generation = 2 } });
        await LiveSystem.Until(
            () => cluster.Pods.Count == 5 && cluster.Pods.All(pod => pod.Spec.Containers[0].Image == "nginx:1.22")
                && cluster.Client.Find<Deployment>("default", "web") is { Status: { UpdatedReplicas: 5, AvailableReplicas: 5, Replicas: 5, ObservedGeneration: 2 } },
            "five new Pods");
        Assert.Equal(["1", "2"], cluster.Client.All<ReplicaSet>().Select(set => set.Metadata.Annotations["deployment.kubernetes.io/revision"]).Order());
        await LiveSystem.Until(() => cluster.Client.Find<Deployment>("default", "web")!.Metadata.Annotations["deployment.kubernetes.io/revision"] == "2", "revision 2");
    }

    [Fact]
    public async Task ScalingUpAndDownNeverMakesTooManyPods()
    {
        await using var cluster = new SmallCluster();
        cluster.Client.Put(Make.ReplicaSet(40));
        await LiveSystem.Until(() => cluster.Client.Find<ReplicaSet>("default", "web-1")?.Status.AvailableReplicas == 40, "forty");
        var creates = cluster.Client.Writes.Count(call => call.Verb == ApiVerb.Create && call.Kind == Kinds.Pod && call.Subresource is null);
        Assert.Equal(40, creates);
        var set = cluster.Client.Find<ReplicaSet>("default", "web-1")!;
        cluster.Client.Put(set with { Spec = set.Spec with { Replicas = 7 } });
        await LiveSystem.Until(() => cluster.Client.Find<ReplicaSet>("default", "web-1") is { Status.Replicas: 7, Spec.Replicas: 7 }, "seven");
        Assert.Equal(7, cluster.Pods.Count);
    }

    [Fact]
    public async Task ARefusedCreateIsToldAndTriedAgain()
    {
        await using var cluster = new SmallCluster();
        cluster.Client.Refuse(call => call.Verb == ApiVerb.Create && call.Kind == Kinds.Pod && call.Subresource is null ? 403 : 0);
        cluster.Client.Put(Make.ReplicaSet(5));
        await LiveSystem.Until(() => cluster.Client.All<Event>().Any(one => one is { Reason: "FailedCreate", Type: "Warning" }), "an Event");
        await LiveSystem.Until(() => cluster.Client.Find<ReplicaSet>("default", "web-1")?.Status.Conditions.Any(one => one.Reason == "FailedCreate") == true, "a condition");
        cluster.Client.RefuseNothing();
        await LiveSystem.Until(() => cluster.Client.Find<ReplicaSet>("default", "web-1") is { Status: { AvailableReplicas: 5, Conditions.Count: 0 } }, "five Pods");
    }

    [Fact]
    public async Task WhatBelongedToADeletedDeploymentGoes()
    {
        await using var cluster = new SmallCluster();
        var deployment = cluster.Client.Put(Make.Deployment(3));
        await LiveSystem.Until(() => cluster.Pods.Count == 3, "three Pods");
        cluster.Client.Remove(deployment);
        await LiveSystem.Until(() => cluster.Pods.Count == 0 && cluster.Client.All<ReplicaSet>().Count == 0, "nothing left");
    }

    [Fact]
    public async Task AControllerThatFailsStartsAnewAndGoesOn()
    {
        await using var cluster = new SmallCluster();
        cluster.Client.Put(Make.ReplicaSet(2));
        await LiveSystem.Until(() => cluster.Pods.Count == 2, "two Pods");
        cluster.Client.BreakWatches(410);
        var set = cluster.Client.Find<ReplicaSet>("default", "web-1")!;
        cluster.Client.Put(set with { Spec = set.Spec with { Replicas = 4 } });
        await LiveSystem.Until(() => cluster.Client.Find<ReplicaSet>("default", "web-1")?.Status.AvailableReplicas == 4, "four Pods");
        Assert.Equal(4, cluster.Pods.Count);
    }

    [Fact]
    public async Task NodesGetTheirRangesServicesTheirLoadBalancersNamespacesTheirDefaults()
    {
        await using var cluster = new SmallCluster(new ControllerOptions { RootCa = "PEM" });
        var service = Make.Service("web-lb");
        cluster.Client.Put(service with { Spec = service.Spec with { Type = "LoadBalancer" } });
        await LiveSystem.Until(() => cluster.Client.All<Node>().All(node => node.Spec.PodCIDR.Length > 0), "Pod ranges");
        Assert.Equal(["172.17.0.0/24", "172.17.1.0/24", "172.17.2.0/24"], cluster.Client.All<Node>().Select(node => node.Spec.PodCIDR));
        await LiveSystem.Until(() => cluster.Client.Find<Service>("default", "web-lb")?.Status.LoadBalancer.Ingress is [{ IP: "127.203.0.1", IPMode: "VIP" }], "an address");
        await LiveSystem.Until(() => cluster.Client.Find<ServiceAccount>("default", "default") is not null, "a service account");
        await LiveSystem.Until(() => cluster.Client.Find<ConfigMap>("default", "kube-root-ca.crt")?.Data["ca.crt"] == "PEM", "the CA");
        await LiveSystem.Until(() => cluster.Client.All<Event>().Any(one => one.Reason == "EnsuredLoadBalancer"), "an Event");
    }

    [Fact]
    public async Task ASilentNodeLosesItsPodsToTheOthers()
    {
        // The other node renews sixty times in a grace period: a machine that stands still for a second must not end that node too.
        var options = ControllerOptions.Fast with { NodeGrace = TimeSpan.FromSeconds(3), EvictionTimeout = TimeSpan.FromMilliseconds(400) };
        await using var cluster = new SmallCluster(options, nodes: 2);
        cluster.Client.Put(Make.Service());
        var template = Make.Template();
        var tolerations = new[] { "not-ready", "unreachable" }.Select(key =>
            new Toleration { Key = $"node.kubernetes.io/{key}", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 });
        template = template with { Spec = template.Spec with { Tolerations = [.. tolerations] } };
        var set = Make.ReplicaSet(2);
        cluster.Client.Put(set with { Spec = set.Spec with { Template = template } });
        using var renewal = Renew(cluster.Client, "node-1");
        await LiveSystem.Until(() => cluster.Addresses("web-svc").Split(',').Length == 2, "two addresses");
        await LiveSystem.Until(() => cluster.Client.Find<Node>("", "node-2") is { Status.Conditions: [{ Type: "Ready", Status: "Unknown", Reason: "NodeStatusUnknown" }, ..] }, "node-2 to be Unknown");
        await LiveSystem.Until(() => cluster.Client.Find<Node>("", "node-2")!.Spec.Taints.Any(taint => taint is { Key: "node.kubernetes.io/unreachable", Effect: "NoExecute" }), "its taint");
        await LiveSystem.Until(
            () => cluster.Pods.Count == 2 && cluster.Pods.All(pod => pod.Spec.NodeName == "node-1") && cluster.Addresses("web-svc").Split(',').Length == 2,
            "both Pods on node-1");
        Assert.Equal("True", NodeTaints.ReadyStatus(cluster.Client.Find<Node>("", "node-1")!));
    }

    /// <summary>Renews a node's Lease until disposed.</summary>
    private static Timer Renew(FakeKubeClient client, string node) => new(
        _ => client.Put(new Lease
        {
            Metadata = new ObjectMeta { Namespace = "kube-node-lease", Name = node },
            Spec = new LeaseSpec { RenewTime = DateTimeOffset.UtcNow },
        }),
        null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
}

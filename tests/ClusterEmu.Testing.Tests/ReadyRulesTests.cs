using ClusterEmu.Api;

namespace ClusterEmu.Testing.Tests;

public sealed class ReadyRulesTests
{
    private static readonly ObjectMeta Second = new() { Generation = 2 };
    private static readonly DeploymentSpec Three = new() { Replicas = 3 };

    public static TheoryData<string, IKubeObject, string?> Cases() => new()
    {
        { "all replicas are there", Rollout(2, 3, 3, 3), null },
        { "the controller is behind", Rollout(1, 3, 3, 3), "its controller has not seen its last change" },
        { "some are of the old template", Rollout(2, 4, 2, 3), "2 of 3 replicas are of the newest template" },
        { "old ones are still there", Rollout(2, 4, 3, 3), "1 old replicas are still there" },
        { "some are not available", Rollout(2, 3, 3, 1), "1 of 3 replicas are available" },
        { "none are wanted", new Deployment { Spec = new DeploymentSpec { Replicas = 0 } }, null },
        { "a ReplicaSet lacks one", new ReplicaSet { Status = new ReplicaSetStatus() }, "0 of 1 replicas are available" },
        { "a Pod is ready", new Pod { Status = new PodStatus { Conditions = [new PodCondition { Type = "Ready", Status = "True" }] } }, null },
        { "a Pod is not", new Pod { Status = new PodStatus { Conditions = [new PodCondition { Type = "Ready", Status = "False", Message = "why" }] } }, "its condition Ready is False: why" },
        { "a Pod was not looked at", new Pod { Status = new PodStatus { Phase = "Pending" } }, "it is Pending" },
        { "a Node never reported", new Node(), "it never reported" },
        { "a Node is lost", new Node { Status = new NodeStatus { Conditions = [new NodeCondition { Type = "Ready", Status = "Unknown" }] } }, "its condition Ready is Unknown" },
        { "a Service needs nothing", new Service(), null },
        { "a load balancer needs an address", new Service { Spec = new ServiceSpec { Type = "LoadBalancer" } }, "it has no load balancer address" },
        { "endpoints need one that is ready", new Endpoints(), "it has no ready address" },
        { "a ConfigMap is ready once it exists", new ConfigMap(), null },
        { "what ends is not ready", new ConfigMap { Metadata = new ObjectMeta { DeletionTimestamp = DateTimeOffset.UnixEpoch } }, "it is being deleted" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Missing_SaysWhatAnObjectLacks(string because, IKubeObject value, string? expected)
    {
        var missing = ReadyRules.Missing(value);
        Assert.True(expected == missing, $"{because}: wanted '{expected}', got '{missing}'");
    }

    private static Deployment Rollout(long observed, int replicas, int updated, int available) => new()
    {
        Metadata = Second,
        Spec = Three,
        Status = new DeploymentStatus { ObservedGeneration = observed, Replicas = replicas, UpdatedReplicas = updated, AvailableReplicas = available },
    };
}

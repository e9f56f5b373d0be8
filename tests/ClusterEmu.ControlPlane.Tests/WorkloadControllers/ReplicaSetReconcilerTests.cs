using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class ReplicaSetReconcilerTests
{
    [Theory] // replicas, Pods, creates, deleted
    [InlineData(3, "", 3, "")]
    [InlineData(3, "a+ b+", 1, "")]
    [InlineData(2, "a+ b+", 0, "")]
    [InlineData(0, "a+ b+", 0, "a b")]
    [InlineData(3, "a+ b+! c+!", 2, "")] // Terminating Pods do not count.
    [InlineData(2, "a+@n1 b@n1 c+@n2", 0, "b")] // The one that is not ready goes first.
    [InlineData(2, "a@ b@n1 c+@n2", 0, "a")] // One without a node goes before all.
    [InlineData(2, "a+@n1 b+@n2 c+@n2", 0, "b")] // Then one from a node with more of them, by UID.
    public void PodsAreMadeOrDeletedUntilTheNumberFits(int replicas, string pods, int creates, string deleted)
    {
        var set = Make.ReplicaSet(replicas);
        var plan = Plan(set, Make.Pods(pods, set));
        Assert.Equal(creates, plan.Calls.Count(call => call.Verb == ApiVerb.Create));
        Assert.Equal(deleted, string.Join(' ', plan.Calls.Where(call => call.Verb == ApiVerb.Delete).Select(call => call.Name)));
    }

    [Fact]
    public void APodIsMadeFromTheTemplateAndBelongsToTheSet()
    {
        var set = Make.ReplicaSet(1);
        var pod = (Pod)Plan(set, []).Calls.First(call => call.Verb == ApiVerb.Create).Body!;
        Assert.Equal(("web-1-", "default", "web"), (pod.Metadata.GenerateName, pod.Metadata.Namespace, pod.Metadata.Labels["app"]));
        var owner = Assert.Single(pod.Metadata.OwnerReferences);
        Assert.True(owner is { Kind: "ReplicaSet", ApiVersion: "apps/v1", Name: "web-1", Controller: true, BlockOwnerDeletion: true });
        Assert.Equal("nginx:1.21", pod.Spec.Containers[0].Image);
    }

    [Fact]
    public void OrphansAreAdoptedAndStrangersReleased()
    {
        var set = Make.ReplicaSet(1);
        var stranger = Make.Pod("stranger+", labels: "app=other", owner: set);
        var plan = ReplicaSetReconciler.Plan(new(set, [stranger], [Make.Pod("orphan+")], [], null, Make.Noon));
        var updates = plan.Calls.Where(call => call.Kind == Kinds.Pod).ToList();
        Assert.Equal(["stranger", "orphan"], updates.Select(call => call.Name));
        Assert.Empty(updates[0].Body!.Metadata.OwnerReferences);
        Assert.Equal("web-1", updates[1].Body!.Metadata.OwnerReferences.Single().Name);
    }

    [Fact]
    public void ADeletedSetMakesNothing()
    {
        var set = Make.ReplicaSet(3);
        set = set with { Metadata = set.Metadata with { DeletionTimestamp = Make.Noon } };
        Assert.DoesNotContain(Plan(set, []).Calls, call => call.Verb == ApiVerb.Create);
    }

    [Fact]
    public void TheStatusCountsReadyAndAvailablePods()
    {
        var set = Make.ReplicaSet(3);
        set = set with { Spec = set.Spec with { MinReadySeconds = 30 } };
        var early = ReplicaSetReconciler.Plan(new(set, Make.Pods("a+ b+ c", set), [], [], null, Make.Noon.AddSeconds(10)));
        var status = ((ReplicaSet)early.Calls.Single().Body!).Status;
        Assert.Equal((3, 3, 2, 0, 1), (status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas, status.ObservedGeneration));
        Assert.Equal(TimeSpan.FromSeconds(20), early.LookAgainAfter);
        var later = ReplicaSetReconciler.Plan(new(set, Make.Pods("a+ b+ c", set), [], [], null, Make.Noon.AddSeconds(30)));
        Assert.Equal(2, ((ReplicaSet)later.Calls.Single().Body!).Status.AvailableReplicas);
    }

    [Fact]
    public void AfterAFailureOnePodTriesAndTheStatusSaysWhy()
    {
        var plan = ReplicaSetReconciler.Plan(new(Make.ReplicaSet(10), [], [], [], "quota exceeded", Make.Noon));
        Assert.Single(plan.Calls, call => call.Verb == ApiVerb.Create);
        var status = ((ReplicaSet)plan.Calls.Single(call => call.Subresource == "status").Body!).Status;
        Assert.Equal(("ReplicaFailure", "FailedCreate", "quota exceeded"), (status.Conditions[0].Type, status.Conditions[0].Reason, status.Conditions[0].Message));
    }

    [Fact]
    public void ACostAnnotationDecidesBetweenEqualPods()
    {
        var set = Make.ReplicaSet(1);
        var (dear, cheap) = (Make.Pod("a+@n", owner: set), Make.Pod("b+@n", owner: set));
        dear = dear with { Metadata = dear.Metadata with { Annotations = Some.Labels("controller.kubernetes.io/pod-deletion-cost=10") } };
        Assert.Equal("b", PodRanking.ToDelete([dear, cheap], [dear, cheap], 1, Make.Noon).Single().Metadata.Name);
    }

    private static ControllerPlan Plan(ReplicaSet set, List<Pod> pods) => ReplicaSetReconciler.Plan(new(set, pods, [], pods, null, Make.Noon));
}

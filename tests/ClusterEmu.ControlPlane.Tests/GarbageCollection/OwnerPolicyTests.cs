using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class OwnerPolicyTests
{
    private readonly OwnerGraph _graph = new();

    [Fact]
    public void WhatHasNoOwnerLeftIsDeleted()
    {
        var (owner, child) = (Known("owner"), Known("child", "owner"));
        Assert.Empty(OwnerPolicy.Plan(child, _graph).Calls);
        Assert.Contains("uid-of-child", _graph.Update(owner, null));
        var call = Assert.Single(OwnerPolicy.Plan(child, _graph).Calls);
        Assert.Equal((ApiVerb.Delete, "child", "Background", "uid-of-child"),
            (call.Verb, call.Name, call.DeleteOptions!.PropagationPolicy, call.DeleteOptions.Preconditions!.Uid));
    }

    [Fact]
    public void AnUnknownOwnerIsAskedForBeforeAnythingIsDeleted()
    {
        var child = Known("child", "late");
        var call = Assert.Single(OwnerPolicy.Plan(child, _graph).Calls);
        Assert.Equal((ApiVerb.Get, "late"), (call.Verb, call.Name));
        Assert.True(OwnerPolicy.SaysGone(new ApiReply(call, 404, null, null, null, null, new Status())));
        Assert.True(OwnerPolicy.SaysGone(new ApiReply(call, 200, Some.Map("late", uid: "another"), null, null, null, null)));
        Assert.False(OwnerPolicy.SaysGone(new ApiReply(call, 200, Some.Map("late", uid: "uid-of-late"), null, null, null, null)));
        Assert.False(OwnerPolicy.SaysGone(new ApiReply(call, 0, null, null, null, null, new Status())));
    }

    [Fact]
    public void AnotherOwnerKeepsItAndTheOldReferenceGoes()
    {
        var (gone, child) = (Known("gone"), Known("child", "gone", "stays"));
        Known("stays");
        _graph.Update(gone, null);
        var call = Assert.Single(OwnerPolicy.Plan(child, _graph).Calls);
        Assert.Equal((ApiVerb.Update, "stays"), (call.Verb, call.Body!.Metadata.OwnerReferences.Single().Name));
    }

    [Fact]
    public void InTheForegroundDependentsGoFirst()
    {
        var owner = Known("owner");
        var child = Known("child", "owner");
        var leaving = owner with { Metadata = owner.Metadata with { DeletionTimestamp = Make.Noon, Finalizers = ["foregroundDeletion"] } };
        Assert.Contains("uid-of-child", _graph.Update(owner, leaving));
        Assert.Empty(OwnerPolicy.Plan(leaving, _graph).Calls);
        Assert.Equal(ApiVerb.Delete, Assert.Single(OwnerPolicy.Plan(child, _graph).Calls).Verb);
        Assert.Contains("uid-of-owner", _graph.Update(child, null));
        var call = Assert.Single(OwnerPolicy.Plan(leaving, _graph).Calls);
        Assert.Equal(ApiVerb.Update, call.Verb);
        Assert.Empty(call.Body!.Metadata.Finalizers);
    }

    [Fact]
    public void OrphansAreLetGoBeforeTheirOwnerEnds()
    {
        var owner = Known("owner");
        var child = Known("child", "owner");
        var leaving = owner with { Metadata = owner.Metadata with { DeletionTimestamp = Make.Noon, Finalizers = ["orphan"] } };
        _graph.Update(owner, leaving);
        var call = Assert.Single(OwnerPolicy.Plan(leaving, _graph).Calls);
        Assert.Equal(("child", 0), (call.Name, call.Body!.Metadata.OwnerReferences.Count));
        Assert.Contains("uid-of-owner", _graph.Update(child, call.Body));
        Assert.Empty(OwnerPolicy.Plan(leaving, _graph).Calls.Single().Body!.Metadata.Finalizers);
    }

    [Fact]
    public void AKindThatIsNotServedKeepsItsDependents()
    {
        var owner = new OwnerReference { ApiVersion = "example.com/v1", Kind = "Thing", Name = "t", Uid = "t" };
        var child = Some.Map("child") with { Metadata = Make.Meta("child") with { OwnerReferences = [owner] } };
        _graph.Update(null, child);
        Assert.Empty(OwnerPolicy.Plan(child, _graph).Calls);
    }

    [Theory] // Pod, whether node-1 exists; lost
    [InlineData("a+@node-1", true, false)]
    [InlineData("a+@node-1", false, true)]
    [InlineData("a@", true, false)]
    [InlineData("a!@", true, true)]
    public void PodsWithoutAnyoneToEndThemAreLost(string pod, bool exists, bool lost) =>
        Assert.Equal(lost, PodCollection.IsLost(Make.Pod(pod), _ => exists));

    [Fact]
    public void ALostPodFailsAndIsThenDeletedAtOnce()
    {
        var call = PodCollection.End(Make.Pod("a+@node-1"), Make.Noon).Calls.Single();
        var failed = (Pod)call.Body!;
        Assert.Equal(("Failed", "DeletionByPodGC"), (failed.Status.Phase, failed.Status.Conditions[^1].Reason));
        Assert.Equal(0, PodCollection.End(failed, Make.Noon).Calls.Single().DeleteOptions!.GracePeriodSeconds);
    }

    [Fact]
    public void TheOldestEndedPodsBeyondTheThresholdAreSurplus()
    {
        var pods = Enumerable.Range(0, 5).Select(i => Make.Pod($"p{i}") with
        {
            Metadata = Make.Meta($"p{i}") with { CreationTimestamp = Make.Noon.AddMinutes(-i) },
            Status = new PodStatus { Phase = i == 4 ? "Running" : "Succeeded" },
        }).ToList();
        Assert.Equal(["p3", "p2"], PodCollection.Surplus(pods, 2).Select(pod => pod.Metadata.Name));
        Assert.Empty(PodCollection.Surplus(pods, 0));
    }

    private ConfigMap Known(string name, params string[] owners)
    {
        var references = owners.Select(owner => new OwnerReference
        {
            ApiVersion = "v1",
            Kind = "ConfigMap",
            Name = owner,
            Uid = $"uid-of-{owner}",
            BlockOwnerDeletion = true,
        });
        var value = new ConfigMap { Metadata = Make.Meta(name) with { OwnerReferences = [.. references] } };
        _graph.Update(null, value);
        return value;
    }
}

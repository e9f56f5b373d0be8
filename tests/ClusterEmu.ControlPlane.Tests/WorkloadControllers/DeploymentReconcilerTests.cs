using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class DeploymentReconcilerTests
{
    [Fact]
    public void TheFirstReplicaSetHasTheHashInNameLabelsAndSelector()
    {
        var deployment = Make.Deployment(3);
        var call = Assert.Single(Plan(deployment).Calls);
        var set = (ReplicaSet)call.Body!;
        var hash = set.Metadata.Labels["pod-template-hash"];
        Assert.Matches("^[bcdfghjklmnpqrstvwxz2456789]{6,10}$", hash);
        Assert.Equal(($"web-{hash}", hash, hash), (set.Metadata.Name, set.Spec.Selector!.MatchLabels["pod-template-hash"], set.Spec.Template.Metadata.Labels["pod-template-hash"]));
        Assert.Equal(("1", "3", "4", 3), (
            set.Metadata.Annotations["deployment.kubernetes.io/revision"], set.Metadata.Annotations["deployment.kubernetes.io/desired-replicas"],
            set.Metadata.Annotations["deployment.kubernetes.io/max-replicas"], set.Spec.Replicas));
        Assert.Equal($"Scaled up replica set web-{hash} from 0 to 3", ((ReplicaSetScaled)call.Tag!).Message);
        Assert.Equal("web", set.Metadata.OwnerReferences.Single().Name);
    }

    // One row per step of a rollout: wanted, surge, unavailable; old size/available; new size/available; the sizes that follow.
    [Theory]
    [InlineData("it starts within the surge", 4, "1", "1", 4, 4, -1, 0, "", 1)]
    [InlineData("the old shrinks by what may be missing", 4, "1", "1", 4, 4, 1, 0, "nginx:1.20 3", 0)]
    [InlineData("the new grows into the room", 4, "1", "1", 3, 3, 1, 1, "nginx:1.21 2", 0)]
    [InlineData("nothing moves while nobody is available", 4, "1", "0", 4, 4, 1, 0, "", 0)]
    [InlineData("the old shrinks as the new becomes available", 4, "1", "0", 4, 4, 1, 1, "nginx:1.20 3", 0)]
    [InlineData("unhealthy old ones go first", 4, "1", "1", 4, 0, 1, 0, "nginx:1.20 3", 0)]
    [InlineData("nothing shrinks while the old counts Pods that it is about to delete", 3, "1", "0", 2, 3, 2, 2, "", 0)]
    [InlineData("what the new counts, but is about to delete, is not to spare", 3, "1", "0", 2, 1, 2, 3, "nginx:1.20 1", 0)]
    [InlineData("the last old ones go", 4, "1", "1", 1, 1, 4, 4, "nginx:1.20 0", 0)]
    [InlineData("done", 4, "1", "1", 0, 0, 4, 4, "", 0)]
    [InlineData("both zero still move", 4, "0", "0", 4, 4, 0, 0, "nginx:1.20 3", 0)]
    public void ARollingUpdateKeepsItsBounds(
        string because, int wanted, string surge, string unavailable, int old, int oldAvailable, int size, int available, string expected, int created)
    {
        var deployment = Make.Deployment(wanted, surge: surge, unavailable: unavailable);
        List<ReplicaSet> sets = [Make.SetOf(deployment, "nginx:1.20", old, oldAvailable, 1)];
        if (size >= 0) sets.Add(Make.SetOf(deployment, "nginx:1.21", size, available, 2));
        var plan = Plan(deployment, [.. sets]);
        var resized = plan.Calls.Where(call => call.Verb == ApiVerb.Update && call.Kind == Kinds.ReplicaSet).Select(call => (ReplicaSet)call.Body!);
        Assert.True(expected == string.Join(", ", resized.Select(set => $"{set.Metadata.Name[4..]} {set.Spec.Replicas}")), because);
        Assert.Equal(created, plan.Calls.Where(call => call.Verb == ApiVerb.Create).Sum(call => ((ReplicaSet)call.Body!).Spec.Replicas));
    }

    [Theory] // old Pods left, old size, new exists; what is made or resized
    [InlineData(true, 2, false, "nginx:1.20 0")]
    [InlineData(true, 0, false, "")]
    [InlineData(false, 0, false, "new 3")]
    [InlineData(false, 0, true, "nginx:1.21 3")]
    public void RecreateWaitsForTheEndOfTheOldPods(bool left, int old, bool made, string expected)
    {
        var deployment = Make.Deployment(3);
        deployment = deployment with { Spec = deployment.Spec with { Strategy = new DeploymentStrategy { Type = "Recreate" } } };
        List<ReplicaSet> sets = [Make.SetOf(deployment, "nginx:1.20", old, old, 1)];
        if (made) sets.Add(Make.SetOf(deployment, "nginx:1.21", 0, 0, 2));
        var plan = DeploymentReconciler.Plan(new(deployment, sets, [], left, null, Make.Noon));
        Assert.Equal(expected, string.Join(", ", plan.Calls.Where(call => call.Kind == Kinds.ReplicaSet).Select(call =>
            $"{(call.Verb == ApiVerb.Create ? "new" : call.Body!.Metadata.Name[4..])} {((ReplicaSet)call.Body!).Spec.Replicas}")));
    }

    [Fact]
    public void ScalingInARolloutKeepsTheProportion()
    {
        var deployment = Make.Deployment(20, surge: "0", unavailable: "50%");
        var plan = Plan(deployment, Make.SetOf(deployment, "nginx:1.20", 4, 4, 1, desired: 10), Make.SetOf(deployment, "nginx:1.21", 6, 0, 2, desired: 10));
        var sizes = plan.Calls.Where(call => call.Kind == Kinds.ReplicaSet).ToDictionary(call => call.Name!, call => ((ReplicaSet)call.Body!).Spec.Replicas);
        Assert.Equal((8, 12), (sizes["web-nginx:1.20"], sizes["web-nginx:1.21"]));
    }

    [Fact]
    public void GoingBackToAnEarlierTemplateReusesItsReplicaSetUnderANewRevision()
    {
        var deployment = Make.Deployment(2, "nginx:1.20");
        var plan = Plan(deployment, Make.SetOf(deployment, "nginx:1.20", 0, 0, 1), Make.SetOf(deployment, "nginx:1.21", 2, 2, 2));
        var set = (ReplicaSet)plan.Calls.Single(call => call.Kind == Kinds.ReplicaSet).Body!;
        Assert.Equal(("web-nginx:1.20", 1), (set.Metadata.Name, set.Spec.Replicas));
        Assert.Equal(("3", "1"), (set.Metadata.Annotations[DeploymentRevision.Revision], set.Metadata.Annotations[DeploymentRevision.History]));
        // Nobody must read the old number in between.
        Assert.Equal("3", plan.Calls.Single(call => call.Subresource == "status").Body!.Metadata.Annotations[DeploymentRevision.Revision]);
    }

    [Fact]
    public void EachRolloutHasADeadlineOfItsOwnAlsoUnderRecreate()
    {
        var deployment = Make.Deployment(3);
        deployment = deployment with
        {
            Spec = deployment.Spec with { Strategy = new DeploymentStrategy { Type = "Recreate" } },
            Metadata = deployment.Metadata with { Annotations = Some.Labels("deployment.kubernetes.io/revision=1") },
            Status = new DeploymentStatus { Conditions = [new DeploymentCondition { Type = "Progressing", Status = "True", Reason = "NewReplicaSetAvailable", LastUpdateTime = Make.Noon }] },
        };
        var old = Make.SetOf(deployment, "nginx:1.20", 0, 0, 1);
        var made = Make.SetOf(deployment, "nginx:1.21", 3, 0, 2);
        var first = Plan(deployment, old, made with { Status = new ReplicaSetStatus() });
        Assert.Equal("NewReplicaSetCreated Created new replica set \"web-nginx:1.21\"", Progress(first));
        var begun = (Deployment)first.Calls.Single(call => call.Subresource == "status").Body!;
        var second = Plan(begun, old, made);
        Assert.Equal("ReplicaSetUpdated ReplicaSet \"web-nginx:1.21\" is progressing.", Progress(second));
        var stuck = (Deployment)second.Calls.Single(call => call.Subresource == "status").Body!;
        var late = DeploymentReconciler.Plan(new(stuck, [old, made], [], false, null, Make.Noon.AddSeconds(601)));
        Assert.Equal("ProgressDeadlineExceeded ReplicaSet \"web-nginx:1.21\" has timed out progressing.", Progress(late));
    }

    [Fact]
    public void ATakenNameIsCountedAsACollision()
    {
        var deployment = Make.Deployment(1);
        var taken = Make.SetOf(deployment, "other", 1, 1, 1) with { Metadata = Make.Meta(DeploymentReconciler.NewSetName(deployment)) };
        var plan = DeploymentReconciler.Plan(new(deployment, [], [], false, taken, Make.Noon));
        var next = (Deployment)Assert.Single(plan.Calls).Body!;
        Assert.Equal(1, next.Status.CollisionCount);
        Assert.NotEqual(DeploymentReconciler.NewSetName(deployment), DeploymentReconciler.NewSetName(next));
    }

    [Fact]
    public void OldReplicaSetsBeyondTheHistoryLimitGo()
    {
        var deployment = Make.Deployment(1, "new");
        deployment = deployment with
        {
            Spec = deployment.Spec with { RevisionHistoryLimit = 1 },
            Status = new DeploymentStatus { ObservedGeneration = 1, Replicas = 1, UpdatedReplicas = 1, AvailableReplicas = 1 },
        };
        var plan = Plan(deployment, Make.SetOf(deployment, "a", 0, 0, 1), Make.SetOf(deployment, "b", 0, 0, 2), Make.SetOf(deployment, "c", 0, 0, 3), Make.SetOf(deployment, "new", 1, 1, 4));
        Assert.Equal(["web-a", "web-b"], plan.Calls.Where(call => call.Verb == ApiVerb.Delete).Select(call => call.Name));
    }

    [Theory] // paused, history limit, size of the oldest; who goes of a, b and c, while the rollout to "new" is not complete
    [InlineData(true, 1, 0, "web-a web-b")]
    [InlineData(true, 1, 2, "web-b")] // One that has Pods stays, and takes its place in the count.
    [InlineData(true, 3, 0, "")]
    [InlineData(false, 1, 0, "")]
    public void APausedDeploymentKeepsItsHistoryShortToo(bool paused, int limit, int oldest, string expected)
    {
        var deployment = Make.Deployment(3, "new");
        deployment = deployment with { Spec = deployment.Spec with { Paused = paused, RevisionHistoryLimit = limit } };
        var plan = Plan(deployment, Make.SetOf(deployment, "a", oldest, oldest, 1), Make.SetOf(deployment, "b", 0, 0, 2), Make.SetOf(deployment, "c", 0, 0, 3), Make.SetOf(deployment, "new", 1, 0, 4));
        Assert.Equal(expected, string.Join(' ', plan.Calls.Where(call => call.Verb == ApiVerb.Delete).Select(call => call.Name)));
    }

    [Theory] // paused, sizes available; the conditions' reasons
    [InlineData(false, 3, 3, "MinimumReplicasAvailable NewReplicaSetAvailable")]
    [InlineData(false, 3, 1, "MinimumReplicasUnavailable ReplicaSetUpdated")]
    [InlineData(false, 3, 0, "MinimumReplicasUnavailable ReplicaSetUpdated")]
    [InlineData(true, 3, 3, "MinimumReplicasAvailable DeploymentPaused")]
    public void TheConditionsTellHowFarItIs(bool paused, int size, int available, string reasons)
    {
        var deployment = Make.Deployment(3);
        deployment = deployment with { Spec = deployment.Spec with { Paused = paused } };
        var status = StatusOf(Plan(deployment, Make.SetOf(deployment, "nginx:1.21", size, available, 1)));
        Assert.Equal(reasons, string.Join(' ', status.Conditions.Select(condition => condition.Reason)));
        Assert.Equal((3, 3, available, 3 - available, 1), (status.Replicas, status.UpdatedReplicas, status.AvailableReplicas, status.UnavailableReplicas, status.ObservedGeneration));
    }

    [Fact]
    public void ARolloutThatStandsStillPastItsDeadlineSaysSo()
    {
        var deployment = Make.Deployment(3);
        var set = Make.SetOf(deployment, "nginx:1.21", 3, 1, 1);
        var first = Plan(deployment, set);
        Assert.Equal(TimeSpan.FromSeconds(601), first.LookAgainAfter);
        var stuck = (Deployment)first.Calls.Single(call => call.Subresource == "status").Body!;
        var late = DeploymentReconciler.Plan(new(stuck, [set], [], false, null, Make.Noon.AddSeconds(601)));
        var progress = StatusOf(late).Conditions.Single(condition => condition.Type == "Progressing");
        Assert.Equal(("False", "ProgressDeadlineExceeded", "ReplicaSet \"web-nginx:1.21\" has timed out progressing."), (progress.Status, progress.Reason, progress.Message));
    }

    [Fact]
    public void ASettledDeploymentWritesNothing()
    {
        var deployment = Make.Deployment(3);
        var set = Make.SetOf(deployment, "nginx:1.21", 3, 3, 1);
        var first = (Deployment)Plan(deployment, set).Calls.Single().Body!;
        Assert.Equal("1", first.Metadata.Annotations[DeploymentRevision.Revision]);
        Assert.Empty(Plan(first, set).Calls);
    }

    [Fact]
    public void OrphansThatMatchAreAdoptedFirst()
    {
        var deployment = Make.Deployment(1);
        var orphan = new ReplicaSet { Metadata = Make.Meta("old", "app=web"), Spec = new ReplicaSetSpec { Template = Make.Template() } };
        var other = orphan with { Metadata = Make.Meta("other", "app=db") };
        var plan = DeploymentReconciler.Plan(new(deployment, [], [orphan, other], false, null, Make.Noon));
        Assert.Equal("web", Assert.Single(plan.Calls).Body!.Metadata.OwnerReferences.Single().Name);
    }

    private static string Progress(ControllerPlan plan) =>
        StatusOf(plan).Conditions.Single(condition => condition.Type == "Progressing") is var condition ? $"{condition.Reason} {condition.Message}" : "";

    private static DeploymentStatus StatusOf(ControllerPlan plan) => ((Deployment)plan.Calls.Single(call => call.Subresource == "status").Body!).Status;

    private static ControllerPlan Plan(Deployment deployment, params ReplicaSet[] sets) =>
        DeploymentReconciler.Plan(new(deployment, sets, [], false, null, Make.Noon));
}

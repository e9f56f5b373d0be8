using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>A change of size, to be told once it succeeded. It is the tag of the call that makes it.</summary>
public sealed record ReplicaSetScaled(string Name, int From, int To)
{
    public string Message => $"Scaled {(To > From ? "up" : "down")} replica set {Name} from {From} to {To}";
}

/// <summary>Rolls Deployments out. Pure. Source: pkg/controller/deployment.</summary>
public static class DeploymentReconciler
{
    public static ControllerPlan Plan(DeploymentFacts facts)
    {
        var deployment = facts.Deployment;
        if (deployment.Spec.Selector is not { } selector) return ControllerPlan.Nothing;
        var (claims, sets) = Claim(facts, selector);
        if (claims.Count > 0) return ControllerPlan.Of([.. claims]);
        var roles = ReplicaSetRoles.Of(deployment, sets.Where(set => set.Metadata.DeletionTimestamp is null));
        if (deployment.Metadata.DeletionTimestamp is not null) return StatusOnly(facts, roles, []);
        if (deployment.Spec.Paused || DeploymentRollout.WasScaled(deployment, roles))
        {
            var sizes = DeploymentRollout.Scaled(deployment, roles);
            List<ApiCall> calls = [.. Resize(deployment, roles, sizes, resized: DeploymentRollout.WasScaled(deployment, roles))];
            // While it is paused, the history is kept short whether or not the rollout is complete. Source: sync.go.
            if (deployment.Spec.Paused) calls.AddRange(Surplus(deployment, roles).Where(gone => !sizes.ContainsKey(gone.DeleteOptions!.Preconditions!.Uid!)));
            return StatusOnly(facts, roles, calls);
        }
        return DeploymentScale.IsRollingUpdate(deployment) ? Rolling(facts, roles) : Recreate(facts, roles);
    }

    /// <summary>The name of the ReplicaSet for the present template.</summary>
    public static string NewSetName(Deployment deployment) =>
        $"{deployment.Metadata.Name}-{PodTemplateHash.Of(deployment.Spec.Template, deployment.Status.CollisionCount)}";

    private static ControllerPlan Rolling(DeploymentFacts facts, ReplicaSetRoles roles)
    {
        if (roles.New is null) return Create(facts, roles);
        var sizes = DeploymentRollout.RollingUpdate(facts.Deployment, roles);
        return StatusOnly(facts, roles, [.. Resize(facts.Deployment, roles, sizes, false), .. CleanUp(facts.Deployment, roles)]);
    }

    private static ControllerPlan Recreate(DeploymentFacts facts, ReplicaSetRoles roles)
    {
        var sizes = DeploymentRollout.Recreate(facts.Deployment, roles, facts.OldPodsLeft);
        if (roles.New is null && sizes.Count == 0 && !facts.OldPodsLeft) return Create(facts, roles);
        return StatusOnly(facts, roles, [.. Resize(facts.Deployment, roles, sizes, false), .. CleanUp(facts.Deployment, roles)]);
    }

    private static (List<ApiCall> Calls, List<ReplicaSet> Sets) Claim(DeploymentFacts facts, LabelSelector selector)
    {
        var calls = new List<ApiCall>();
        var sets = new List<ReplicaSet>();
        foreach (var set in facts.Owned)
        {
            if (LabelSelectors.Matches(selector, set.Metadata.Labels)) sets.Add(set);
            else calls.Add(ApiCall.Update(set with { Metadata = ObjectOwners.Released(set.Metadata, facts.Deployment.Metadata.Uid) }));
        }
        if (facts.Deployment.Metadata.DeletionTimestamp is not null) return ([], sets);
        foreach (var set in facts.Orphans)
        {
            if (set.Metadata.DeletionTimestamp is null && LabelSelectors.Matches(selector, set.Metadata.Labels))
                calls.Add(ApiCall.Update(set with { Metadata = ObjectOwners.Adopted(set.Metadata, facts.Deployment) }));
        }
        return (calls, sets);
    }

    private static ControllerPlan Create(DeploymentFacts facts, ReplicaSetRoles roles)
    {
        var deployment = facts.Deployment;
        if (facts.Taken is { } taken)
        {
            // Our own of this template, on its way out: its end brings us back.
            if (ObjectOwners.ControllerUid(taken) == deployment.Metadata.Uid
                && PodTemplateHash.Same(taken.Spec.Template, deployment.Spec.Template))
            {
                return StatusOnly(facts, roles, []);
            }
            // The name belongs to another template: count the collision, so that the next hash differs.
            var collisions = (deployment.Status.CollisionCount ?? 0) + 1;
            return ControllerPlan.Of(ApiCall.UpdateStatus(deployment with { Status = deployment.Status with { CollisionCount = collisions } }));
        }
        var set = NewSet(deployment, roles);
        var size = ReplicaSetRoles.Wanted(set);
        return ControllerPlan.Of(ApiCall.Create(set, new ReplicaSetScaled(set.Metadata.Name, 0, size)));
    }

    private static ReplicaSet NewSet(Deployment deployment, ReplicaSetRoles roles)
    {
        var hash = PodTemplateHash.Of(deployment.Spec.Template, deployment.Status.CollisionCount);
        var template = deployment.Spec.Template;
        var labels = template.Metadata.Labels.With(PodTemplateHash.Label, hash);
        var selector = deployment.Spec.Selector!;
        var annotations = DeploymentRevision.ForNew(deployment, EmptyMap.Strings, DeploymentRevision.Next(roles.Old));
        var wanted = DeploymentScale.Wanted(deployment);
        return new ReplicaSet
        {
            Metadata = new ObjectMeta
            {
                Name = NewSetName(deployment),
                Namespace = deployment.Metadata.Namespace,
                Labels = labels,
                Annotations = DeploymentRevision.WithSizes(annotations, wanted, wanted + DeploymentScale.MaxSurge(deployment)),
                OwnerReferences = [ObjectOwners.Reference(deployment)],
            },
            Spec = new ReplicaSetSpec
            {
                Replicas = DeploymentScale.NewSetSize(deployment, roles.All, null),
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = selector with { MatchLabels = selector.MatchLabels.With(PodTemplateHash.Label, hash) },
                Template = template with { Metadata = template.Metadata with { Labels = labels } },
            },
        };
    }

    /// <summary>The writes that give each ReplicaSet its next size, and the new one its annotations.</summary>
    private static IEnumerable<ApiCall> Resize(
        Deployment deployment, ReplicaSetRoles roles, IReadOnlyDictionary<string, int> sizes, bool resized)
    {
        var wanted = DeploymentScale.Wanted(deployment);
        foreach (var set in roles.All)
        {
            var size = ReplicaSetRoles.Wanted(set);
            var next = sizes.GetValueOrDefault(set.Metadata.Uid, size);
            var annotations = set.Metadata.Annotations;
            var minReady = set.Spec.MinReadySeconds;
            if (set == roles.New)
            {
                annotations = DeploymentRevision.ForNew(deployment, annotations, DeploymentRevision.Next(roles.Old));
                minReady = deployment.Spec.MinReadySeconds;
            }
            if (next != size || (resized && size > 0))
                annotations = DeploymentRevision.WithSizes(annotations, wanted, wanted + DeploymentScale.MaxSurge(deployment));
            if (next == size && minReady == set.Spec.MinReadySeconds && annotations.SameAs(set.Metadata.Annotations)) continue;
            var value = set with
            {
                Metadata = set.Metadata with { Annotations = annotations },
                Spec = set.Spec with { Replicas = next, MinReadySeconds = minReady },
            };
            yield return ApiCall.Update(value, next == size ? null : new ReplicaSetScaled(set.Metadata.Name, size, next));
        }
    }

    /// <summary>Old ReplicaSets beyond the history limit, once the rollout is complete.</summary>
    private static IEnumerable<ApiCall> CleanUp(Deployment deployment, ReplicaSetRoles roles) =>
        DeploymentProgress.IsComplete(deployment, deployment.Status) ? Surplus(deployment, roles) : [];

    /// <summary>Of the oldest ReplicaSets, as many as are beyond the history limit, those without Pods. Source: sync.go, cleanupDeployment.</summary>
    private static IEnumerable<ApiCall> Surplus(Deployment deployment, ReplicaSetRoles roles)
    {
        if (deployment.Spec.RevisionHistoryLimit is not { } limit) return [];
        return roles.Old.OrderBy(DeploymentRevision.Of).Take(Math.Max(0, roles.Old.Count - limit))
            .Where(set => ReplicaSetRoles.Wanted(set) == 0 && set.Status.Replicas == 0 && set.Status.ObservedGeneration >= set.Metadata.Generation)
            .Select(set => ApiCall.Delete(
                Kinds.ReplicaSet, set.Metadata.Namespace, set.Metadata.Name,
                new DeleteOptions { Preconditions = new Preconditions { Uid = set.Metadata.Uid } }));
    }

    private static ControllerPlan StatusOnly(DeploymentFacts facts, ReplicaSetRoles roles, IEnumerable<ApiCall> before)
    {
        var deployment = facts.Deployment;
        var status = DeploymentProgress.Status(deployment, roles, facts.Now);
        var annotations = deployment.Metadata.Annotations;
        if (roles.New is { } current)
        {
            var revision = DeploymentRevision.Due(current, roles.Old).ToString(CultureInfo.InvariantCulture);
            if (annotations.GetValueOrDefault(DeploymentRevision.Revision) != revision)
                annotations = annotations.With(DeploymentRevision.Revision, revision);
        }
        List<ApiCall> calls = [.. before];
        if (!annotations.SameAs(deployment.Metadata.Annotations) || !ApiText.Same(status, deployment.Status))
        {
            calls.Add(ApiCall.UpdateStatus(deployment with
            {
                Metadata = deployment.Metadata with { Annotations = annotations },
                Status = status,
            }));
        }
        return new ControllerPlan { Calls = calls, LookAgainAfter = DeploymentProgress.NextCheck(deployment, status, facts.Now) };
    }
}

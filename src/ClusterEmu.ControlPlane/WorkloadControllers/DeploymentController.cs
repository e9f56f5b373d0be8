using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Rolls out all Deployments. <see cref="DeploymentReconciler"/> decides.</summary>
public sealed class DeploymentController : ControllerActor
{
    private readonly InformerView<Deployment> _deployments;
    private readonly InformerView<ReplicaSet> _sets;
    private readonly InformerView<Pod> _pods;

    public DeploymentController(ControllerServices services) : base(services, "deployment-controller")
    {
        _deployments = Follow<Deployment>(Kinds.Deployment, (before, now) => { Enqueue(ObjectKey.Of((now ?? before)!)); });
        _sets = Follow<ReplicaSet>(Kinds.ReplicaSet, SetChanged, groupOf: ObjectOwners.ControllerUid);
        _pods = Follow<Pod>(Kinds.Pod, PodChanged, groupOf: ObjectOwners.ControllerUid);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new DeploymentController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_deployments.Objects.Get(key) is not { } deployment) return ControllerPlan.Nothing;
        List<ReplicaSet> owned = [.. _sets.Objects.InGroup(deployment.Metadata.Uid)];
        var orphans = _sets.Objects.InNamespace(key.Namespace).Where(set => ObjectOwners.ControllerOf(set) is null);
        var taken = _sets.Objects.Get(key.Namespace, DeploymentReconciler.NewSetName(deployment));
        return DeploymentReconciler.Plan(
            new DeploymentFacts(deployment, owned, [.. orphans], OldPodsLeft(deployment, owned), taken, Now));
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply.Call.Tag is not ReplicaSetScaled scaled || _deployments.Objects.Get(key) is not { } deployment) return;
        if (reply.Ok)
        {
            if (scaled.From != scaled.To) Record(new(deployment, RecordEvent.Normal, "ScalingReplicaSet", scaled.Message));
        }
        else if (reply.Call.Verb == ApiVerb.Create && !reply.AlreadyExists)
        {
            Record(new(deployment, RecordEvent.Warning, "ReplicaSetCreateError",
                $"Failed to create new replica set \"{scaled.Name}\": {reply.Failure?.Message}"));
        }
    }

    private bool OldPodsLeft(Deployment deployment, List<ReplicaSet> owned)
    {
        if (DeploymentScale.IsRollingUpdate(deployment)) return false;
        var roles = ReplicaSetRoles.Of(deployment, owned);
        return roles.Old.Any(set => set.Status.Replicas > 0
            || _pods.Objects.InGroup(set.Metadata.Uid).Any(pod => !PodFacts.IsTerminal(pod)));
    }

    private void SetChanged(ReplicaSet? before, ReplicaSet? now)
    {
        if (before is not null) EnqueueOwner(before);
        if (now is null) return;
        if (ObjectOwners.ControllerOf(now) is not null)
        {
            EnqueueOwner(now);
            return;
        }
        foreach (var deployment in _deployments.Objects.InNamespace(now.Metadata.Namespace))
        {
            if (deployment.Spec.Selector is { } selector && LabelSelectors.Matches(selector, now.Metadata.Labels))
                Enqueue(ObjectKey.Of(deployment));
        }
    }

    private void EnqueueOwner(ReplicaSet set)
    {
        if (ObjectOwners.ControllerOf(set) is { Kind: "Deployment" } owner) Enqueue(new ObjectKey(set.Metadata.Namespace, owner.Name));
    }

    private void PodChanged(Pod? before, Pod? now)
    {
        // Only Recreate waits for Pods, and only for their end.
        if (before is null || (now is not null && !PodFacts.IsTerminal(now))) return;
        if (ObjectOwners.ControllerOf(before) is not { Kind: "ReplicaSet" } owner) return;
        if (_sets.Objects.Get(before.Metadata.Namespace, owner.Name) is not { } set) return;
        if (ObjectOwners.ControllerOf(set) is { Kind: "Deployment" } top
            && _deployments.Objects.Get(set.Metadata.Namespace, top.Name) is { } deployment
            && !DeploymentScale.IsRollingUpdate(deployment))
        {
            Enqueue(ObjectKey.Of(deployment));
        }
    }
}

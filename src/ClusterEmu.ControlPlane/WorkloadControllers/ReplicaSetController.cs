using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Keeps the Pods of all ReplicaSets. <see cref="ReplicaSetReconciler"/> decides.</summary>
public sealed class ReplicaSetController : ControllerActor
{
    private readonly InformerView<ReplicaSet> _sets;
    private readonly InformerView<Pod> _pods;
    private readonly Dictionary<ObjectKey, string> _failures = [];

    public ReplicaSetController(ControllerServices services) : base(services, "replicaset-controller")
    {
        _sets = Follow<ReplicaSet>(
            Kinds.ReplicaSet, (before, now) => { Enqueue(ObjectKey.Of((now ?? before)!)); }, groupOf: ObjectOwners.ControllerUid);
        _pods = Follow<Pod>(Kinds.Pod, PodChanged, indexLabels: true, groupOf: ObjectOwners.ControllerUid);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new ReplicaSetController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_sets.Objects.Get(key) is not { } set)
        {
            _failures.Remove(key);
            return ControllerPlan.Nothing;
        }
        var facts = new ReplicaSetFacts(
            set, [.. _pods.Objects.InGroup(set.Metadata.Uid)], OrphansOf(set), RelatedTo(set), _failures.GetValueOrDefault(key), Now);
        return ReplicaSetReconciler.Plan(facts);
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply.Call.Kind != Kinds.Pod || reply.Call.Verb is not (ApiVerb.Create or ApiVerb.Delete)) return;
        if (_sets.Objects.Get(key) is not { } set) return;
        var creating = reply.Call.Verb == ApiVerb.Create;
        if (reply.Ok)
        {
            if (_failures.Remove(key)) Enqueue(key);
            var name = creating ? reply.Object?.Metadata.Name : reply.Call.Name;
            Record(creating
                ? new(set, RecordEvent.Normal, "SuccessfulCreate", $"Created pod: {name}")
                : new(set, RecordEvent.Normal, "SuccessfulDelete", $"Deleted pod: {name}"));
        }
        else if (creating || !reply.NotFound)
        {
            var why = reply.Failure?.Message ?? $"the API server answered {reply.Code}";
            _failures[key] = why;
            Record(creating
                ? new(set, RecordEvent.Warning, "FailedCreate", $"Error creating: {why}")
                : new(set, RecordEvent.Warning, "FailedDelete", $"Error deleting: {why}"));
        }
    }

    private List<Pod> OrphansOf(ReplicaSet set)
    {
        var labels = set.Spec.Selector?.MatchLabels ?? EmptyMap.Strings;
        return [.. _pods.Objects.WithLabels(set.Metadata.Namespace, labels).Where(pod => ObjectOwners.ControllerOf(pod) is null)];
    }

    private List<Pod> RelatedTo(ReplicaSet set)
    {
        // Asked for only when Pods are to be deleted: otherwise nobody ranks them.
        if ((set.Spec.Replicas ?? 1) >= set.Status.Replicas || ObjectOwners.ControllerUid(set) is not { } owner)
            return [.. _pods.Objects.InGroup(set.Metadata.Uid)];
        return [.. _sets.Objects.InGroup(owner).SelectMany(sibling => _pods.Objects.InGroup(sibling.Metadata.Uid))];
    }

    private void PodChanged(Pod? before, Pod? now)
    {
        if (before is not null && ObjectOwners.ControllerOf(before) is { Kind: "ReplicaSet" } old)
            Enqueue(new ObjectKey(before.Metadata.Namespace, old.Name));
        if (now is null) return;
        if (ObjectOwners.ControllerOf(now) is { } owner)
        {
            if (owner.Kind == "ReplicaSet") Enqueue(new ObjectKey(now.Metadata.Namespace, owner.Name));
            return;
        }
        foreach (var set in _sets.Objects.InNamespace(now.Metadata.Namespace))
        {
            if (set.Spec.Selector is { } selector && LabelSelectors.Matches(selector, now.Metadata.Labels)) Enqueue(ObjectKey.Of(set));
        }
    }
}

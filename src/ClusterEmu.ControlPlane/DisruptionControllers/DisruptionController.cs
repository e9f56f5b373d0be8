using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Counts the Pods of all disruption budgets. <see cref="DisruptionReconciler"/> decides.</summary>
public sealed class DisruptionController : ControllerActor
{
    private readonly InformerView<PodDisruptionBudget> _budgets;
    private readonly InformerView<Pod> _pods;
    private readonly InformerView<ReplicaSet> _sets;
    private readonly InformerView<Deployment> _deployments;

    public DisruptionController(ControllerServices services) : base(services, "controllermanager")
    {
        _budgets = Follow<PodDisruptionBudget>(Kinds.PodDisruptionBudget, (before, now) => { Enqueue(ObjectKey.Of((now ?? before)!)); });
        _pods = Follow<Pod>(Kinds.Pod, PodChanged, indexLabels: true);
        _sets = Follow<ReplicaSet>(Kinds.ReplicaSet, (before, now) => { WorkloadChanged(before, now, set => set.Spec.Replicas, set => set.Spec.Template.Metadata.Labels); });
        _deployments = Follow<Deployment>(
            Kinds.Deployment, (before, now) => { WorkloadChanged(before, now, deployment => deployment.Spec.Replicas, deployment => deployment.Spec.Template.Metadata.Labels); });
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new DisruptionController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_budgets.Objects.Get(key) is not { } budget || budget.Metadata.DeletionTimestamp is not null) return ControllerPlan.Nothing;
        return DisruptionReconciler.Plan(new DisruptionFacts(budget, PodsOf(budget), owner => ScaleOf(key.Namespace, owner), Now));
    }

    private List<Pod> PodsOf(PodDisruptionBudget budget)
    {
        if (budget.Spec.Selector is not { } selector) return [];
        return [.. _pods.Objects.WithLabels(budget.Metadata.Namespace, selector.MatchLabels).Where(pod => LabelSelectors.Matches(selector, pod.Metadata.Labels))];
    }

    /// <summary>A ReplicaSet that a Deployment manages is only a part of what should run.</summary>
    private DisruptionScale? ScaleOf(string ns, OwnerReference owner)
    {
        if (owner.Kind != Kinds.ReplicaSet.Kind || _sets.Objects.Get(new ObjectKey(ns, owner.Name)) is not { } set || set.Metadata.Uid != owner.Uid) return null;
        if (ObjectOwners.ControllerOf(set) is not { } manager) return new DisruptionScale(owner.Uid, set.Spec.Replicas ?? 1);
        return _deployments.Objects.Get(new ObjectKey(ns, manager.Name)) is { } deployment && deployment.Metadata.Uid == manager.Uid
            ? new DisruptionScale(manager.Uid, deployment.Spec.Replicas ?? 1)
            : null;
    }

    private void PodChanged(Pod? before, Pod? now)
    {
        if (_budgets.Objects.Count == 0) return;
        if (before is not null && now is not null && Says(before) == Says(now) && before.Metadata.Labels.SameAs(now.Metadata.Labels)) return;
        foreach (var budget in _budgets.Objects.InNamespace((now ?? before)!.Metadata.Namespace))
        {
            if (Selects(budget, before?.Metadata.Labels) || Selects(budget, now?.Metadata.Labels)) Enqueue(ObjectKey.Of(budget));
        }
    }

    private void WorkloadChanged<T>(T? before, T? now, Func<T, int?> replicas, Func<T, IReadOnlyDictionary<string, string>> labels) where T : class, IKubeObject
    {
        if (_budgets.Objects.Count == 0 || (before is not null && now is not null && replicas(before) == replicas(now))) return;
        var value = (now ?? before)!;
        foreach (var budget in _budgets.Objects.InNamespace(value.Metadata.Namespace))
        {
            if (Selects(budget, labels(value))) Enqueue(ObjectKey.Of(budget));
        }
    }

    private static (bool Ready, bool Terminating, string? Owner) Says(Pod pod) => (PodFacts.IsReady(pod), PodFacts.IsTerminating(pod), ObjectOwners.ControllerUid(pod));

    private static bool Selects(PodDisruptionBudget budget, IReadOnlyDictionary<string, string>? labels) =>
        labels is not null && budget.Spec.Selector is { } selector && LabelSelectors.Matches(selector, labels);
}

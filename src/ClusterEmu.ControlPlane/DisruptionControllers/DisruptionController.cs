using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Counts the Pods of all disruption budgets. <see cref="DisruptionReconciler"/> decides.</summary>
public sealed class DisruptionController : ControllerActor
{
    private readonly InformerView<PodDisruptionBudget> _budgets;
    private readonly InformerView<Pod> _pods;
    private readonly Dictionary<string, InformerView<IKubeObject>> _workloads = new(StringComparer.Ordinal);

    public DisruptionController(ControllerServices services) : base(services, "controllermanager")
    {
        _budgets = Follow<PodDisruptionBudget>(Kinds.PodDisruptionBudget, (before, now) => { Enqueue(ObjectKey.Of((now ?? before)!)); });
        _pods = Follow<Pod>(Kinds.Pod, PodChanged, indexLabels: true);
        foreach (var kind in (KindInfo[])[Kinds.ReplicaSet, Kinds.Deployment, Kinds.StatefulSet, Kinds.ReplicationController])
            _workloads[kind.Kind] = Follow<IKubeObject>(kind, (before, now) => { WorkloadChanged(kind, before, now); });
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

    /// <summary>How many Pods the workload behind an owner wants. A ReplicaSet that a Deployment manages is only a part of it.</summary>
    private DisruptionScale? ScaleOf(string ns, OwnerReference owner)
    {
        if (!_workloads.TryGetValue(owner.Kind, out var view) || view.Objects.Get(new ObjectKey(ns, owner.Name)) is not { } workload || workload.Metadata.Uid != owner.Uid) return null;
        return workload is ReplicaSet && ObjectOwners.ControllerOf(workload) is { } manager
            ? ScaleOf(ns, manager)
            : new DisruptionScale(owner.Uid, Wanted(view.Kind, workload));
    }

    private static int Wanted(KindInfo kind, IKubeObject workload) => kind.Scaling!.Read(workload).Wanted;

    private void PodChanged(Pod? before, Pod? now)
    {
        if (_budgets.Objects.Count == 0) return;
        if (before is not null && now is not null && Says(before) == Says(now) && before.Metadata.Labels.SameAs(now.Metadata.Labels)) return;
        foreach (var budget in _budgets.Objects.InNamespace((now ?? before)!.Metadata.Namespace))
        {
            if (Selects(budget, before?.Metadata.Labels) || Selects(budget, now?.Metadata.Labels)) Enqueue(ObjectKey.Of(budget));
        }
    }

    /// <summary>Budgets whose Pods belong to a workload that wants another number of them.</summary>
    private void WorkloadChanged(KindInfo kind, IKubeObject? before, IKubeObject? now)
    {
        if (_budgets.Objects.Count == 0 || (before is not null && now is not null && Wanted(kind, before) == Wanted(kind, now))) return;
        // Which Pods are its own is not asked: one more look at a budget costs little, and workloads are seldom scaled.
        foreach (var budget in _budgets.Objects.InNamespace((now ?? before)!.Metadata.Namespace)) Enqueue(ObjectKey.Of(budget));
    }

    private static (bool Ready, bool Terminating, string? Owner) Says(Pod pod) => (PodFacts.IsReady(pod), PodFacts.IsTerminating(pod), ObjectOwners.ControllerUid(pod));

    private static bool Selects(PodDisruptionBudget budget, IReadOnlyDictionary<string, string>? labels) =>
        labels is not null && budget.Spec.Selector is { } selector && LabelSelectors.Matches(selector, labels);
}

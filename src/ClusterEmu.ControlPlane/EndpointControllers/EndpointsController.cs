using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Keeps the Endpoints of all Services that have a selector. <see cref="EndpointsReconciler"/> decides.</summary>
/// <remarks>
/// An isolated change is written at once. In a burst each address written costs 0.1 ms (<see cref="WritePace"/>), so that a
/// thousand Pods coming up are not a thousand writes of a thousand addresses.
/// </remarks>
public sealed class EndpointsController : ControllerActor
{
    private static readonly TimeSpan CostOfAddress = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan Credit = TimeSpan.FromMilliseconds(100);

    private readonly InformerView<Service> _services;
    private readonly InformerView<Pod> _pods;
    private readonly InformerView<Endpoints> _endpoints;
    private readonly ServiceSelectors _selectors = new();
    private readonly TriggerTimes _triggers = new();
    private readonly WritePace _pace = new(CostOfAddress, Credit);
    private readonly HashSet<ObjectKey> _served = [];

    public EndpointsController(ControllerServices services) : base(services, "endpoint-controller")
    {
        _services = Follow<Service>(Kinds.Service, ServiceChanged);
        _pods = Follow<Pod>(Kinds.Pod, PodChanged, indexLabels: true);
        _endpoints = Follow<Endpoints>(Kinds.Endpoints, EndpointsChanged);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new EndpointsController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        var current = _endpoints.Objects.Get(key);
        if (_services.Objects.Get(key) is not { } service) return Gone(key, current);
        if (!EndpointsReconciler.IsManaged(service)) return ControllerPlan.Nothing;
        var now = Determinism.Microseconds;
        if (_pace.Wait(key, now) is { } wait) return ControllerPlan.Wait(wait);
        List<Pod> pods = [.. _pods.Objects.WithLabels(key.Namespace, service.Spec.Selector)];
        var plan = EndpointsReconciler.Plan(service, pods, current, _triggers.Next(service, pods));
        foreach (var call in plan.Calls) _pace.Spend(key, EndpointSubsets.Count(((Endpoints)call.Body!).Subsets), now);
        return plan;
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (EndpointsReconciler.FailureOf(reply) is { } failure) Record(failure);
    }

    private ControllerPlan Gone(ObjectKey key, Endpoints? current)
    {
        _triggers.Forget(key);
        _pace.Forget(key);
        if (current is null || current.Metadata.DeletionTimestamp is not null)
        {
            _served.Remove(key);
            return ControllerPlan.Nothing;
        }
        // Endpoints made before their Service are not ours to delete. The mark stays until they are gone: a delete may fail.
        return _served.Contains(key) ? ControllerPlan.Of(ApiCall.Delete(Kinds.Endpoints, key.Namespace, key.Name)) : ControllerPlan.Nothing;
    }

    private void EndpointsChanged(Endpoints? before, Endpoints? now)
    {
        var key = ObjectKey.Of((now ?? before)!);
        // At start those without a Service are left over from one deleted while we were away; not so locks of leader elections.
        if (!_endpoints.Synced && now?.Metadata.Annotations.ContainsKey("control-plane.alpha.kubernetes.io/leader") == false) _served.Add(key);
        Enqueue(key);
    }

    private void ServiceChanged(Service? before, Service? now)
    {
        _selectors.Update(before, now);
        var key = ObjectKey.Of((now ?? before)!);
        if (now is not null) _served.Add(key);
        Enqueue(key);
    }

    private void PodChanged(Pod? before, Pod? now)
    {
        if (before is not null && now is not null && !EndpointPods.Differ(before, now)) return;
        if (now is not null)
        {
            foreach (var key in _selectors.Selecting(now.Metadata.Namespace, now.Metadata.Labels)) Enqueue(key);
        }
        if (before is null || (now is not null && before.Metadata.Labels.SameAs(now.Metadata.Labels))) return;
        foreach (var key in _selectors.Selecting(before.Metadata.Namespace, before.Metadata.Labels)) Enqueue(key);
    }
}

using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Keeps the EndpointSlices of all Services that have a selector. <see cref="EndpointSliceReconciler"/> decides.</summary>
/// <remarks>
/// An isolated change is written at once. In a burst each endpoint of a slice that is written costs 0.1 ms
/// (<see cref="WritePace"/>): every node's process reads the slice anew.
/// </remarks>
public sealed class EndpointSliceController : ControllerActor
{
    private static readonly TimeSpan CostOfEndpoint = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan Credit = TimeSpan.FromMilliseconds(100);

    private readonly InformerView<Service> _services;
    private readonly InformerView<Pod> _pods;
    private readonly InformerView<Node> _nodes;
    private readonly InformerView<EndpointSlice> _slices;
    private readonly ServiceSelectors _selectors = new();
    private readonly TriggerTimes _triggers = new();
    private readonly WritePace _pace = new(CostOfEndpoint, Credit);

    public EndpointSliceController(ControllerServices services) : base(services, "endpoint-slice-controller")
    {
        _services = Follow<Service>(Kinds.Service, ServiceChanged);
        _pods = Follow<Pod>(Kinds.Pod, PodChanged, indexLabels: true, groupOf: pod => pod.Spec.NodeName);
        _nodes = Follow<Node>(Kinds.Node, NodeChanged);
        _slices = Follow<EndpointSlice>(Kinds.EndpointSlice, SliceChanged, groupOf: GroupOf);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new EndpointSliceController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_services.Objects.Get(key) is not { } service)
        {
            _triggers.Forget(key); // Its slices belong to it: the garbage collector takes them.
            _pace.Forget(key);
            return ControllerPlan.Nothing;
        }
        if (!EndpointsReconciler.IsManaged(service) || service.Metadata.DeletionTimestamp is not null) return ControllerPlan.Nothing;
        var now = Determinism.Microseconds;
        if (_pace.Wait(key, now) is { } wait) return ControllerPlan.Wait(wait);
        List<Pod> pods = [.. _pods.Objects.WithLabels(key.Namespace, service.Spec.Selector)];
        var plan = EndpointSliceReconciler.Plan(service, pods, [.. _slices.Objects.InGroup(key.ToString())], ZoneOf, _triggers.Next(service, pods));
        foreach (var call in plan.Calls)
        {
            if (call.Body is EndpointSlice slice) _pace.Spend(key, slice.Endpoints.Count, now);
        }
        return plan;
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply.Ok || reply.Conflict || reply.NotFound || _services.Objects.Get(key) is not { } service) return;
        Record(new(service, RecordEvent.Warning, "FailedToUpdateEndpointSlices",
            $"Error updating Endpoint Slices for Service {key}: {reply.Failure?.Message}"));
    }

    private static string? GroupOf(EndpointSlice slice)
    {
        var labels = slice.Metadata.Labels;
        return labels.GetValueOrDefault(EndpointSliceReconciler.ManagedByLabel) == EndpointSliceReconciler.ManagedBy
            && labels.TryGetValue(EndpointSliceReconciler.ServiceNameLabel, out var service)
            ? new ObjectKey(slice.Metadata.Namespace, service).ToString()
            : null;
    }

    private string? ZoneOf(string node) => _nodes.Objects.Get("", node)?.Metadata.Labels.GetValueOrDefault(EndpointSliceReconciler.ZoneLabel);

    private void ServiceChanged(Service? before, Service? now)
    {
        _selectors.Update(before, now);
        Enqueue(ObjectKey.Of((now ?? before)!));
    }

    private void SliceChanged(EndpointSlice? before, EndpointSlice? now)
    {
        foreach (var slice in new[] { before, now })
        {
            if (slice is not null && GroupOf(slice) is not null)
                Enqueue(new ObjectKey(slice.Metadata.Namespace, slice.Metadata.Labels[EndpointSliceReconciler.ServiceNameLabel]));
        }
    }

    private void NodeChanged(Node? before, Node? now)
    {
        var name = (now ?? before)!.Metadata.Name;
        if (before?.Metadata.Labels.GetValueOrDefault(EndpointSliceReconciler.ZoneLabel)
            == now?.Metadata.Labels.GetValueOrDefault(EndpointSliceReconciler.ZoneLabel)) return;
        foreach (var pod in _pods.Objects.InGroup(name))
        {
            foreach (var key in _selectors.Selecting(pod.Metadata.Namespace, pod.Metadata.Labels)) Enqueue(key);
        }
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

using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Copies hand-written Endpoints into EndpointSlices. <see cref="SliceMirrorReconciler"/> decides.</summary>
public sealed class SliceMirrorController : ControllerActor
{
    private readonly InformerView<Endpoints> _endpoints;
    private readonly InformerView<Service> _services;
    private readonly InformerView<EndpointSlice> _slices;

    public SliceMirrorController(ControllerServices services) : base(services, "endpoint-slice-mirroring-controller")
    {
        _endpoints = Follow<Endpoints>(Kinds.Endpoints, (before, now) => { Enqueue(ObjectKey.Of((now ?? before)!)); });
        _services = Follow<Service>(Kinds.Service, (before, now) => { Enqueue(ObjectKey.Of((now ?? before)!)); });
        _slices = Follow<EndpointSlice>(Kinds.EndpointSlice, SliceChanged, groupOf: GroupOf);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new SliceMirrorController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        var endpoints = _endpoints.Objects.Get(key);
        List<EndpointSlice> slices = [.. _slices.Objects.InGroup(key.ToString())];
        if (SliceMirrorReconciler.IsMirrored(endpoints, _services.Objects.Get(key))) return SliceMirrorReconciler.Plan(endpoints!, slices);
        return ControllerPlan.Of([.. slices.Where(slice => slice.Metadata.DeletionTimestamp is null)
            .Select(slice => ApiCall.Delete(Kinds.EndpointSlice, key.Namespace, slice.Metadata.Name))]);
    }

    private static string? GroupOf(EndpointSlice slice)
    {
        var labels = slice.Metadata.Labels;
        return labels.GetValueOrDefault(EndpointSliceReconciler.ManagedByLabel) == SliceMirrorReconciler.ManagedBy
            && labels.TryGetValue(EndpointSliceReconciler.ServiceNameLabel, out var service)
            ? new ObjectKey(slice.Metadata.Namespace, service).ToString()
            : null;
    }

    private void SliceChanged(EndpointSlice? before, EndpointSlice? now)
    {
        foreach (var slice in new[] { before, now })
        {
            if (slice is not null && GroupOf(slice) is not null)
                Enqueue(new ObjectKey(slice.Metadata.Namespace, slice.Metadata.Labels[EndpointSliceReconciler.ServiceNameLabel]));
        }
    }
}

using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Copies Endpoints that people wrote into slices, because kube-proxy reads slices only. Pure. Source: pkg/controller/endpointslicemirroring.</summary>
public static class SliceMirrorReconciler
{
    public const string ManagedBy = "endpointslicemirroring-controller.k8s.io";

    /// <summary>Endpoints in one slice at most, and addresses of one subset that are copied.</summary>
    public const int Capacity = 1000;

    private const string SkipLabel = "endpointslice.kubernetes.io/skip-mirror";
    private const string LeaderAnnotation = "control-plane.alpha.kubernetes.io/leader";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Whether these Endpoints are copied: their Service has no selector, and nobody asked to leave them out.</summary>
    public static bool IsMirrored(Endpoints? endpoints, Service? service) =>
        endpoints is not null && service is not null
        && endpoints.Metadata.DeletionTimestamp is null
        && service.Spec.Selector.Count == 0
        && endpoints.Metadata.Labels.GetValueOrDefault(SkipLabel) != "true"
        && !endpoints.Metadata.Annotations.ContainsKey(LeaderAnnotation);

    /// <param name="endpoints">Endpoints that <see cref="IsMirrored"/>.</param>
    /// <param name="existing">Slices that this controller made for them.</param>
    public static ControllerPlan Plan(Endpoints endpoints, IReadOnlyList<EndpointSlice> existing)
    {
        var labels = endpoints.Metadata.Labels
            .With(EndpointSliceReconciler.ServiceNameLabel, endpoints.Metadata.Name)
            .With(EndpointSliceReconciler.ManagedByLabel, ManagedBy);
        var annotations = endpoints.Metadata.Annotations.With(LastApplied, null);
        var owner = new SliceOwner(
            endpoints.Metadata.Name, endpoints.Metadata.Namespace, labels, annotations, ObjectOwners.Reference(endpoints), Capacity);
        return new ControllerPlan { Calls = SlicePlan.Of(owner, existing, Groups(endpoints)) };
    }

    private static List<SliceGroup> Groups(Endpoints endpoints)
    {
        var groups = new Dictionary<string, SliceGroup>(StringComparer.Ordinal);
        foreach (var subset in endpoints.Subsets)
        {
            List<EndpointSlicePort> ports = [.. subset.Ports.Select(port => new EndpointSlicePort
            {
                Name = port.Name,
                Port = port.Port,
                Protocol = port.Protocol.Length == 0 ? "TCP" : port.Protocol,
                AppProtocol = port.AppProtocol,
            })];
            var all = subset.Addresses.Select(address => EndpointOf(address, ready: true))
                .Concat(subset.NotReadyAddresses.Select(address => EndpointOf(address, ready: false))).Take(Capacity);
            foreach (var family in all.GroupBy(endpoint => EndpointPods.FamilyOf(endpoint.Addresses[0])))
            {
                var group = new SliceGroup(family.Key, ports, [.. family]);
                groups[group.Key] = groups.TryGetValue(group.Key, out var known) ? known with { Endpoints = [.. known.Endpoints, .. family] } : group;
            }
        }
        return [.. groups.Values];
    }

    private static Endpoint EndpointOf(EndpointAddress address, bool ready) => new()
    {
        Addresses = [address.IP],
        Conditions = new EndpointConditions { Ready = ready },
        Hostname = address.Hostname.Length == 0 ? null : address.Hostname,
        NodeName = address.NodeName,
        TargetRef = address.TargetRef,
    };
}

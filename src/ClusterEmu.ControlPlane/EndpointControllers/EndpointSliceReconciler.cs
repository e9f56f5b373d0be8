using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Works out the EndpointSlices of a Service. Pure. Source: k8s.io/endpointslice.</summary>
public static class EndpointSliceReconciler
{
    public const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";
    public const string ManagedBy = "endpointslice-controller.k8s.io";
    public const string ServiceNameLabel = "kubernetes.io/service-name";
    public const string ZoneLabel = "topology.kubernetes.io/zone";

    /// <summary>Endpoints in one slice at most.</summary>
    public const int Capacity = 100;

    /// <param name="service">The Service, with a selector and not of type ExternalName.</param>
    /// <param name="pods">Those that its selector matches.</param>
    /// <param name="existing">Slices of the Service that this controller manages.</param>
    /// <param name="zoneOf">The zone of a node; null if it has none or is not known.</param>
    /// <param name="changed">When what is new came to be; null if unknown.</param>
    public static ControllerPlan Plan(
        Service service, IReadOnlyList<Pod> pods, IReadOnlyList<EndpointSlice> existing, Func<string, string?> zoneOf, DateTimeOffset? changed)
    {
        var owner = new SliceOwner(
            service.Metadata.Name,
            service.Metadata.Namespace,
            LabelsOf(service),
            changed is { } at ? EmptyMap.Strings.With(TriggerTimes.Annotation, TriggerTimes.Format(at)) : EmptyMap.Strings,
            ObjectOwners.Reference(service),
            Capacity);
        return new ControllerPlan { Calls = SlicePlan.Of(owner, existing, Groups(service, pods, zoneOf)) };
    }

    private static IReadOnlyList<SliceGroup> Groups(Service service, IReadOnlyList<Pod> pods, Func<string, string?> zoneOf)
    {
        IReadOnlyList<string> families = service.Spec.IPFamilies.Count > 0 ? service.Spec.IPFamilies : ["IPv4"];
        var groups = new List<SliceGroup>();
        // Unless a port is named by its Pods, it is the same at all of them.
        var named = service.Spec.Ports.Any(port => port.TargetPort.IsString);
        foreach (var family in families)
        {
            var byPorts = new Dictionary<string, (IReadOnlyList<EndpointSlicePort> Ports, List<Endpoint> Endpoints)>(StringComparer.Ordinal);
            (IReadOnlyList<EndpointSlicePort> Ports, List<Endpoint> Endpoints)? group = null;
            foreach (var pod in pods.Where(pod => EndpointPods.IsListed(pod, includeTerminating: true)))
            {
                string[] addresses = [.. EndpointPods.Addresses(pod, family)];
                if (addresses.Length == 0) continue;
                if (named || group is null) group = GroupOf(PortsOf(service, pod), family, byPorts);
                group.Value.Endpoints.Add(EndpointOf(service, pod, addresses, zoneOf));
            }
            // A Service without any Pod has one empty slice, so that clients see that it is served.
            if (byPorts.Count == 0) groups.Add(new SliceGroup(family, [], []));
            groups.AddRange(byPorts.Values.Select(found => new SliceGroup(family, found.Ports, WithHints(service, found.Endpoints))));
        }
        return groups;
    }

    private static (IReadOnlyList<EndpointSlicePort> Ports, List<Endpoint> Endpoints) GroupOf(
        List<EndpointSlicePort> ports, string family, Dictionary<string, (IReadOnlyList<EndpointSlicePort> Ports, List<Endpoint> Endpoints)> byPorts)
    {
        var key = SliceGroup.KeyOf(family, ports);
        if (!byPorts.TryGetValue(key, out var group)) byPorts[key] = group = (ports, []);
        return group;
    }

    private static List<EndpointSlicePort> PortsOf(Service service, Pod pod)
    {
        var ports = new List<EndpointSlicePort>();
        foreach (var port in service.Spec.Ports)
        {
            if (EndpointPods.PortOf(pod, port) is not { } number) continue;
            ports.Add(new EndpointSlicePort { Name = port.Name, Protocol = EndpointPods.ProtocolOf(port), Port = number, AppProtocol = port.AppProtocol });
        }
        return ports;
    }

    private static Endpoint EndpointOf(Service service, Pod pod, IReadOnlyList<string> addresses, Func<string, string?> zoneOf)
    {
        var serving = PodFacts.IsReady(pod);
        var terminating = PodFacts.IsTerminating(pod);
        var hostname = EndpointPods.HostnameIn(pod, service);
        return new Endpoint
        {
            Addresses = addresses,
            Conditions = new EndpointConditions
            {
                Ready = service.Spec.PublishNotReadyAddresses || (serving && !terminating),
                Serving = serving,
                Terminating = terminating,
            },
            Hostname = hostname.Length == 0 ? null : hostname,
            NodeName = pod.Spec.NodeName.Length == 0 ? null : pod.Spec.NodeName,
            Zone = pod.Spec.NodeName.Length == 0 ? null : zoneOf(pod.Spec.NodeName),
            TargetRef = EndpointPods.Reference(pod),
        };
    }

    private static List<Endpoint> WithHints(Service service, List<Endpoint> endpoints) =>
        service.Spec.TrafficDistribution == "PreferClose" ? endpoints.ConvertAll(WithHint) : endpoints;

    /// <summary>Each ready endpoint with a zone gets its hint; it is kube-proxy that leaves all hints aside where a ready endpoint has none.</summary>
    private static Endpoint WithHint(Endpoint endpoint) => endpoint is { Conditions.Ready: true, Zone: { } zone }
        ? endpoint with { Hints = new EndpointHints { ForZones = [new ForZone { Name = zone }] } }
        : endpoint;

    private static IReadOnlyDictionary<string, string> LabelsOf(Service service) => service.Metadata.Labels
        .With(ServiceNameLabel, service.Metadata.Name)
        .With(ManagedByLabel, ManagedBy)
        .With(EndpointsReconciler.HeadlessLabel, service.Spec.ClusterIP is "None" or "" ? "" : null);
}

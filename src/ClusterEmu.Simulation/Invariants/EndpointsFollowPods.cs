using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>After healing, the ready endpoints of each Service with a selector are the addresses of exactly the ready Pods that it selects.</summary>
public sealed class EndpointsFollowPods : IInvariant
{
    private SimulatedWorld _world = null!;

    public string Name => "endpoints-follow-pods";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        _ = world.Record;
    }

    public void Check(bool healed)
    {
        if (!healed) return;
        foreach (var service in _world.Record.All<Service>(Kinds.Service))
        {
            if (service.Spec.Selector.Count == 0 || service.Spec.Type == "ExternalName" || service.Metadata.DeletionTimestamp is not null) continue;
            var expected = _world.Record.All<Pod>(Kinds.Pod).Where(pod => Takes(service, pod)).Select(pod => pod.Status.PodIP).ToHashSet(StringComparer.Ordinal);
            var found = _world.Record.All<EndpointSlice>(Kinds.EndpointSlice).Where(slice => IsOf(slice, service))
                .SelectMany(slice => slice.Endpoints).Where(endpoint => endpoint.Conditions.Ready ?? true).SelectMany(endpoint => endpoint.Addresses)
                .ToHashSet(StringComparer.Ordinal);
            if (found.SetEquals(expected)) continue;
            _world.Report(new Violation(Name, _world.Now,
                $"Service {service.Metadata.Namespace}/{service.Metadata.Name} has the ready endpoints {Text(found)}, but the ready Pods that it selects are {Text(expected)}."));
        }
    }

    private static bool Takes(Service service, Pod pod) =>
        pod.Metadata.Namespace == service.Metadata.Namespace
        && service.Spec.Selector.All(pair => pod.Metadata.Labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && pod.Status.PodIP.Length > 0
        && (service.Spec.PublishNotReadyAddresses
            ? pod.Status.Phase is not ("Succeeded" or "Failed")
            : pod.Metadata.DeletionTimestamp is null && pod.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }));

    private static bool IsOf(EndpointSlice slice, Service service) =>
        slice.Metadata.Namespace == service.Metadata.Namespace
        && slice.Metadata.Labels.TryGetValue("kubernetes.io/service-name", out var name) && name == service.Metadata.Name;

    private static string Text(IEnumerable<string> addresses) => string.Join(' ', addresses.Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : "none";
}

using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Keeps the Endpoints object of a Service. Pure. Source: pkg/controller/endpoint/endpoints_controller.go.</summary>
public static class EndpointsReconciler
{
    public const string OverCapacity = "endpoints.kubernetes.io/over-capacity";
    public const string HeadlessLabel = "service.kubernetes.io/headless";

    /// <summary>Whether this controller keeps the Endpoints of such a Service; else people do.</summary>
    public static bool IsManaged(Service service) => service.Spec.Selector.Count > 0 && service.Spec.Type != "ExternalName";

    /// <param name="service">The Service, which <see cref="IsManaged"/>.</param>
    /// <param name="pods">Those that its selector matches.</param>
    /// <param name="current">What there is; null if nothing.</param>
    /// <param name="changed">When what is new came to be; null if unknown.</param>
    public static ControllerPlan Plan(Service service, IReadOnlyList<Pod> pods, Endpoints? current, DateTimeOffset? changed)
    {
        var (subsets, truncated) = EndpointSubsets.Truncate(EndpointSubsets.Of(service, pods));
        var labels = service.Metadata.Labels.With(HeadlessLabel, service.Spec.ClusterIP is "None" or "" ? "" : null);
        if (current is not null
            && EndpointSubsets.Same(current.Subsets, subsets)
            && current.Metadata.Labels.SameAs(labels)
            && current.Metadata.Annotations.ContainsKey(OverCapacity) == truncated)
        {
            return ControllerPlan.Nothing;
        }
        var meta = current?.Metadata ?? new ObjectMeta { Name = service.Metadata.Name, Namespace = service.Metadata.Namespace };
        var annotations = meta.Annotations
            .With(TriggerTimes.Annotation, changed is { } at ? TriggerTimes.Format(at) : null)
            .With(OverCapacity, truncated ? "truncated" : null);
        var next = new Endpoints { Metadata = meta with { Labels = labels, Annotations = annotations }, Subsets = subsets };
        return ControllerPlan.Of(current is null ? ApiCall.Create(next) : ApiCall.Update(next));
    }

    /// <summary>What to tell people of a write that failed; null if it is not worth telling.</summary>
    public static PlannedEvent? FailureOf(ApiReply reply)
    {
        if (reply.Ok || reply.Conflict || reply.NotFound || reply.Call.Body is not Endpoints endpoints) return null;
        var name = $"{endpoints.Metadata.Namespace}/{endpoints.Metadata.Name}";
        return reply.Call.Verb == ApiVerb.Create
            ? new(endpoints, RecordEvent.Warning, "FailedToCreateEndpoint", $"Failed to create endpoint for service {name}: {reply.Failure?.Message}")
            : new(endpoints, RecordEvent.Warning, "FailedToUpdateEndpoint", $"Failed to update endpoint {name}: {reply.Failure?.Message}");
    }
}

using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.Testing;

/// <summary>When objects count as ready.</summary>
public static class ReadyRules
{
    /// <summary>What an object still lacks: <c>1 of 3 replicas are available</c>. Null if it is ready.</summary>
    /// <remarks>
    /// Deployments and ReplicaSets: all replicas are of the newest template and available, as <c>kubectl rollout status</c> says. Pods and
    /// Nodes: condition Ready. Services: a load balancer has its address. Endpoints and EndpointSlices: one is ready. Namespaces: Active.
    /// Other kinds are ready once they exist; what is being deleted is not.
    /// </remarks>
    public static string? Missing(IKubeObject value) => value switch
    {
        { Metadata.DeletionTimestamp: not null } => "it is being deleted",
        Deployment deployment => OfDeployment(deployment),
        ReplicaSet set when set.Status.ObservedGeneration < set.Metadata.Generation => "its controller has not seen its last change",
        ReplicaSet set => Replicas(set.Status.AvailableReplicas, set.Spec.Replicas ?? 1, "available"),
        Pod pod => OfConditions(pod.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready") is { } ready ? (ready.Status, ready.Message) : null, $"it is {pod.Status.Phase}"),
        Node node => OfConditions(node.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready") is { } ready ? (ready.Status, ready.Message) : null, "it never reported"),
        Service { Spec.Type: "LoadBalancer" } service when service.Status.LoadBalancer.Ingress.Count == 0 => "it has no load balancer address",
        Endpoints endpoints when !endpoints.Subsets.Any(subset => subset.Addresses.Count > 0) => "it has no ready address",
        EndpointSlice slice when !slice.Endpoints.Any(endpoint => endpoint.Conditions.Ready ?? true) => "it has no ready endpoint",
        Namespace space when space.Status.Phase != "Active" => $"its phase is {space.Status.Phase}",
        _ => null,
    };

    private static string? OfDeployment(Deployment deployment)
    {
        var (status, wanted) = (deployment.Status, deployment.Spec.Replicas ?? 1);
        return status.ObservedGeneration < deployment.Metadata.Generation ? "its controller has not seen its last change"
            : Replicas(status.UpdatedReplicas, wanted, "of the newest template")
            ?? (status.Replicas > wanted ? $"{status.Replicas - wanted} old replicas are still there" : null)
            ?? Replicas(status.AvailableReplicas, wanted, "available");
    }

    private static string? Replicas(int number, int wanted, string what) =>
        number == wanted ? null : string.Create(CultureInfo.InvariantCulture, $"{number} of {wanted} replicas are {what}");

    private static string? OfConditions((string Status, string Message)? ready, string otherwise) => ready switch
    {
        ("True", _) => null,
        (var status, { Length: > 0 } message) => $"its condition Ready is {status}: {message}",
        (var status, _) => $"its condition Ready is {status}",
        null => otherwise,
    };
}

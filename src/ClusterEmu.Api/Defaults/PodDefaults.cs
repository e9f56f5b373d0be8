namespace ClusterEmu.Api;

/// <summary>What the API server fills into a Pod. Source: SetDefaults_Pod and the conversions in pkg/apis/core/v1.</summary>
public static class PodDefaults
{
    public static Pod Apply(Pod pod)
    {
        var spec = PodSpecDefaults.Apply(pod.Spec);
        return pod with
        {
            Spec = spec with
            {
                Containers = spec.Containers.SelectChanged(WithRequests),
                InitContainers = spec.InitContainers.SelectChanged(WithRequests),
                EnableServiceLinks = spec.EnableServiceLinks ?? true,
            },
            Status = Status(pod.Status),
        };
    }

    /// <summary>A limit without a request is the request, too.</summary>
    private static Container WithRequests(Container container)
    {
        var (limits, requests) = (container.Resources.Limits, container.Resources.Requests);
        if (limits.Keys.All(requests.ContainsKey)) return container;
        var all = new Dictionary<string, Quantity>(requests, StringComparer.Ordinal);
        foreach (var (resource, limit) in limits) all.TryAdd(resource, limit);
        return container with { Resources = container.Resources with { Requests = all } };
    }

    /// <summary>Clients that know only <c>podIP</c> mean both fields by it.</summary>
    private static PodStatus Status(PodStatus status)
    {
        if (status.PodIPs.Count > 0 && status.PodIP.Length == 0) return status with { PodIP = status.PodIPs[0].IP };
        if (status.PodIP.Length > 0 && (status.PodIPs.Count == 0 || status.PodIPs[0].IP != status.PodIP))
            return status with { PodIPs = [new PodIP { IP = status.PodIP }] };
        return status;
    }
}

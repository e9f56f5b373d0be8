namespace ClusterEmu.Api;

/// <summary>A Pod's quality of service. Source: ComputePodQOS in pkg/apis/core/helper/qos.</summary>
public static class PodQuality
{
    /// <returns><c>Guaranteed</c>, <c>Burstable</c> or <c>BestEffort</c>.</returns>
    public static string Of(PodSpec spec)
    {
        var containers = spec.Containers.Concat(spec.InitContainers).ToList();
        if (!containers.Exists(container => Counted(container.Resources.Requests).Concat(Counted(container.Resources.Limits)).Any()))
            return "BestEffort";
        return containers.TrueForAll(IsGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool IsGuaranteed(Container container)
    {
        var (limits, requests) = (container.Resources.Limits, container.Resources.Requests);
        return Counted(limits).Count() == 2
            && Counted(requests).All(request => limits.TryGetValue(request.Key, out var limit) && limit == request.Value);
    }

    private static IEnumerable<KeyValuePair<string, Quantity>> Counted(IReadOnlyDictionary<string, Quantity> resources) =>
        resources.Where(entry => entry.Key is "cpu" or "memory" && entry.Value.Sign > 0);
}

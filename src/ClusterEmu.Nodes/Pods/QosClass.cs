using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>The quality-of-service class of a Pod.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/apis/core/helper/qos.</remarks>
public static class QosClass
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(Pod pod)
    {
        var containers = pod.Spec.InitContainers.Concat(pod.Spec.Containers).ToArray();
        var any = containers.Any(container => Counted.Any(name => Amount(container.Resources.Requests, name) > 0 || Amount(container.Resources.Limits, name) > 0));
        if (!any) return "BestEffort";
        var all = containers.All(container => Counted.All(name =>
            Amount(container.Resources.Limits, name) is var limit && limit > 0
            && (!container.Resources.Requests.TryGetValue(name, out var request) || request.MilliValue == limit)));
        return all ? "Guaranteed" : "Burstable";
    }

    private static long Amount(IReadOnlyDictionary<string, Quantity> amounts, string name) =>
        amounts.TryGetValue(name, out var amount) ? amount.MilliValue : 0;
}

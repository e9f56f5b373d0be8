using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>The fields of a Pod that its containers may refer to (the downward API).</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/fieldpath and kubelet_pods.go (podFieldSelectorRuntimeValue).</remarks>
public static class PodFields
{
    /// <summary>The value of a <c>fieldRef</c>; null if the path is not supported.</summary>
    public static string? Value(Pod pod, string path, string podIP, string hostIP) => path switch
    {
        "metadata.name" => pod.Metadata.Name,
        "metadata.namespace" => pod.Metadata.Namespace,
        "metadata.uid" => pod.Metadata.Uid,
        "metadata.labels" => Map(pod.Metadata.Labels),
        "metadata.annotations" => Map(pod.Metadata.Annotations),
        "spec.nodeName" => pod.Spec.NodeName,
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName,
        "status.podIP" or "status.podIPs" => podIP,
        "status.hostIP" or "status.hostIPs" => hostIP,
        _ => Subscript(path, "metadata.labels") is { } label ? pod.Metadata.Labels.GetValueOrDefault(label, "")
            : Subscript(path, "metadata.annotations") is { } annotation ? pod.Metadata.Annotations.GetValueOrDefault(annotation, "")
            : null,
    };

    /// <summary>The value of a <c>resourceFieldRef</c>, rounded up to whole divisors. Without a limit the node's capacity would count; here that is 0.</summary>
    public static string Resource(Pod pod, Container container, ResourceFieldSelector selector)
    {
        var named = selector.ContainerName.Length == 0 ? container
            : pod.Spec.Containers.FirstOrDefault(other => other.Name == selector.ContainerName) ?? container;
        var dot = selector.Resource.IndexOf('.');
        if (dot < 0) return "0";
        var amounts = selector.Resource[..dot] == "limits" ? named.Resources.Limits : named.Resources.Requests;
        if (!amounts.TryGetValue(selector.Resource[(dot + 1)..], out var amount)) return "0";
        var divisor = selector.Divisor.IsZero ? 1000 : selector.Divisor.MilliValue;
        return ((amount.MilliValue + divisor - 1) / divisor).ToString(CultureInfo.InvariantCulture);
    }

    private static string Map(IReadOnlyDictionary<string, string> map) =>
        string.Join('\n', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}=\"{pair.Value}\""));

    private static string? Subscript(string path, string prefix) =>
        path.StartsWith(prefix + "['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal)
            ? path[(prefix.Length + 2)..^2]
            : null;
}

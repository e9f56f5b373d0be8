using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>A container's <c>/etc/resolv.conf</c>.</summary>
public sealed record ResolvConf(IReadOnlyList<string> Nameservers, IReadOnlyList<string> Searches, int Ndots)
{
    /// <summary>What the kubelet writes for <paramref name="pod"/>.</summary>
    /// <param name="pod">Its dnsPolicy, dnsConfig, namespace and hostNetwork count.</param>
    /// <param name="clusterDns">The address of the cluster's DNS Service: 10.96.0.10.</param>
    /// <param name="domain">The cluster's domain: <c>cluster.local</c>.</param>
    /// <remarks>Source: kubernetes/kubernetes, pkg/kubelet/network/dns. The node's own resolver is the cluster's DNS without a search path.</remarks>
    public static ResolvConf For(Pod pod, string clusterDns, string domain)
    {
        var policy = pod.Spec.DnsPolicy switch
        {
            "Default" => "Default",
            "None" => "None",
            "ClusterFirstWithHostNet" => "ClusterFirst",
            _ => pod.Spec.HostNetwork ? "Default" : "ClusterFirst",
        };
        var conf = policy switch
        {
            "ClusterFirst" => new ResolvConf([clusterDns], [$"{pod.Metadata.Namespace}.svc.{domain}", $"svc.{domain}", domain], 5),
            "Default" => new ResolvConf([clusterDns], [], 1),
            _ => new ResolvConf([], [], 1),
        };
        if (pod.Spec.DnsConfig is not { } extra) return conf;
        var ndots = extra.Options.LastOrDefault(option => option.Name == "ndots")?.Value;
        return new ResolvConf(
            [.. conf.Nameservers.Concat(extra.Nameservers).Distinct().Take(3)],
            [.. conf.Searches.Concat(extra.Searches).Distinct().Take(32)],
            int.TryParse(ndots, out var number) ? number : conf.Ndots);
    }

    public override string ToString() =>
        (Searches.Count == 0 ? "" : $"search {string.Join(' ', Searches)}\n")
        + string.Concat(Nameservers.Select(server => $"nameserver {server}\n"))
        + (Ndots == 1 ? "" : $"options ndots:{Ndots}\n");
}

using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>How a Pod's programs resolve names: its /etc/resolv.conf and /etc/hosts. Pure.</summary>
public static class PodResolver
{
    /// <param name="pod">The Pod, with its address if it has one.</param>
    /// <param name="dns">The address of the cluster's DNS Service.</param>
    /// <param name="domain">The cluster's domain.</param>
    public static NameSettings Of(Pod pod, Ip dns, string domain)
    {
        var conf = ResolvConf.For(pod, dns.ToString(), domain);
        var hosts = new Dictionary<string, IReadOnlyList<Ip>>(StringComparer.Ordinal) { ["localhost"] = [Ip.Parse("127.0.0.1")] };
        if (Ip.TryParse(pod.Status.PodIP, out var own)) hosts[ContainerSetups.HostnameOf(pod, pod.Spec.NodeName)] = [own];
        foreach (var alias in pod.Spec.HostAliases)
        {
            if (!Ip.TryParse(alias.IP, out var ip)) continue;
            foreach (var name in alias.Hostnames) hosts[name.ToLowerInvariant()] = [.. hosts.GetValueOrDefault(name.ToLowerInvariant()) ?? [], ip];
        }

        return new NameSettings
        {
            Nameserver = conf.Nameservers.Count > 0 && Ip.TryParse(conf.Nameservers[0], out var server) ? server : null,
            Search = conf.Searches,
            Dots = conf.Ndots,
            Hosts = hosts,
        };
    }
}

using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Which Pods stand behind a Service, and at which ports. Pure. Source: k8s.io/endpointslice util, pkg/api/v1/pod/util.go.</summary>
public static class EndpointPods
{
    /// <summary>Whether a Pod that the selector matches is listed at all, ready or not.</summary>
    public static bool IsListed(Pod pod, bool includeTerminating) =>
        !PodFacts.IsTerminal(pod) && pod.Status.PodIP.Length > 0 && (includeTerminating || !PodFacts.IsTerminating(pod));

    /// <summary>Whether the change of a Pod can change any endpoint.</summary>
    public static bool Differ(Pod before, Pod now) =>
        PodFacts.IsReady(before) != PodFacts.IsReady(now)
        || before.Status.PodIP != now.Status.PodIP
        || before.Status.PodIPs.Count != now.Status.PodIPs.Count
        || before.Spec.NodeName != now.Spec.NodeName
        || before.Metadata.Uid != now.Metadata.Uid
        || PodFacts.IsTerminating(before) != PodFacts.IsTerminating(now)
        || PodFacts.IsTerminal(before) != PodFacts.IsTerminal(now)
        || before.Spec.Hostname != now.Spec.Hostname
        || before.Spec.Subdomain != now.Spec.Subdomain
        || !before.Metadata.Labels.SameAs(now.Metadata.Labels);

    /// <summary>The Pod's port behind a Service's port; null if it opens none of that name and protocol.</summary>
    public static int? PortOf(Pod pod, ServicePort port)
    {
        if (!port.TargetPort.IsString) return port.TargetPort.Number;
        var protocol = ProtocolOf(port);
        foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers.Where(init => init.RestartPolicy == "Always")))
        {
            foreach (var open in container.Ports)
            {
                if (open.Name == port.TargetPort.Text && (open.Protocol.Length == 0 ? "TCP" : open.Protocol) == protocol)
                    return open.Port;
            }
        }
        return null;
    }

    public static string ProtocolOf(ServicePort port) => port.Protocol.Length == 0 ? "TCP" : port.Protocol;

    /// <summary>The Pod's host name within a headless Service; empty if it has none there.</summary>
    public static string HostnameIn(Pod pod, Service service) =>
        pod.Spec.Hostname.Length > 0 && pod.Spec.Subdomain == service.Metadata.Name
        && service.Metadata.Namespace == pod.Metadata.Namespace ? pod.Spec.Hostname : "";

    public static ObjectReference Reference(Pod pod) => new()
    {
        Kind = "Pod",
        Namespace = pod.Metadata.Namespace,
        Name = pod.Metadata.Name,
        Uid = pod.Metadata.Uid,
    };

    /// <summary>The Pod's addresses of one family.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="family"><c>IPv4</c> or <c>IPv6</c>.</param>
    public static IEnumerable<string> Addresses(Pod pod, string family)
    {
        IEnumerable<string> all = pod.Status.PodIPs.Count > 0 ? pod.Status.PodIPs.Select(ip => ip.IP) : [pod.Status.PodIP];
        return all.Where(ip => FamilyOf(ip) == family);
    }

    public static string FamilyOf(string ip) => ip.Contains(':') ? "IPv6" : "IPv4";
}

using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Makes from a Pod's spec what its containers are started with.</summary>
public static class ContainerSetups
{
    public static ContainerFacts Facts(Pod pod, Container container, Ip ip, string node, DateTimeOffset startedAt) => new()
    {
        Namespace = pod.Metadata.Namespace,
        PodName = pod.Metadata.Name,
        Hostname = HostnameOf(pod, node),
        Container = container.Name,
        Image = container.Image,
        Node = node,
        PodIP = ip,
        StartedAt = startedAt,
    };

    public static ContainerSetup Setup(Container container, ImageReference image, IReadOnlyList<KeyValuePair<string, string>> env, string hostname)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in env) variables[name] = value;
        return new ContainerSetup
        {
            Image = image,
            Command = [.. container.Command.Select(word => VariableExpansion.Expand(word, variables))],
            Args = [.. container.Args.Select(word => VariableExpansion.Expand(word, variables))],
            Env = env,
            Ports = [.. container.Ports.Select(port => new DeclaredPort(port.Name, port.Port, ProtocolOf(port.Protocol)))],
            Hostname = hostname,
        };
    }

    /// <summary>What <c>hostname</c> prints: the node's name in the host's network, else spec.hostname or the Pod's name, cut to 63 characters.</summary>
    public static string HostnameOf(Pod pod, string node)
    {
        if (pod.Spec.HostNetwork) return node;
        var name = pod.Spec.Hostname.Length > 0 ? pod.Spec.Hostname : pod.Metadata.Name;
        return name.Length <= 63 ? name : name[..63].TrimEnd('-', '.');
    }

    private static IpProtocol ProtocolOf(string protocol) => protocol switch
    {
        "UDP" => IpProtocol.Udp,
        "SCTP" => IpProtocol.Sctp,
        _ => IpProtocol.Tcp,
    };
}

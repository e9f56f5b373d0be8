using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>What a Pod takes of a node. Pure.</summary>
/// <param name="Cpu">Thousandths of a core.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="HostPorts">Ports of the node itself: protocol, address, port.</param>
/// <param name="Owner">UID of its controller; empty if it has none. Pods of one owner are spread.</param>
public sealed record PodDemand(long Cpu, long Memory, IReadOnlyList<(string Protocol, string Address, int Port)> HostPorts, string Owner)
{
    public static PodDemand Of(Pod pod)
    {
        long cpu = 0, memory = 0;
        foreach (var container in pod.Spec.Containers)
        {
            cpu += Cpu1(container);
            memory += Memory1(container);
        }
        foreach (var container in pod.Spec.InitContainers)
        {
            cpu = Math.Max(cpu, Cpu1(container));
            memory = Math.Max(memory, Memory1(container));
        }
        var ports = pod.Spec.Containers.SelectMany(container => container.Ports)
            .Select(port => (Port: port, Host: port.HostPort != 0 ? port.HostPort : pod.Spec.HostNetwork ? port.Port : 0))
            .Where(entry => entry.Host != 0)
            .Select(entry => (entry.Port.Protocol.Length == 0 ? "TCP" : entry.Port.Protocol, entry.Port.HostIP.Length == 0 ? "0.0.0.0" : entry.Port.HostIP, entry.Host));
        return new(cpu, memory, [.. ports], ObjectOwners.ControllerUid(pod) ?? "");
    }

    private static long Cpu1(Container container) => container.Resources.Requests.TryGetValue("cpu", out var amount) ? amount.MilliValue : 0;

    private static long Memory1(Container container) => container.Resources.Requests.TryGetValue("memory", out var amount) ? amount.Value : 0;
}

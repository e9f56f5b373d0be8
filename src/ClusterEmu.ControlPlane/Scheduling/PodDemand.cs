using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>What a Pod takes of a node. Pure. Source: k8s.io/component-helpers resource/helpers.go (PodRequests), pkg/scheduler/framework/plugins/nodeports.</summary>
/// <param name="Cpu">Thousandths of a core.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="HostPorts">Ports of the node itself: protocol, address, port.</param>
/// <param name="Owner">UID of its controller; empty if it has none. Pods of one owner are spread.</param>
public sealed record PodDemand(long Cpu, long Memory, IReadOnlyList<(string Protocol, string Address, int Port)> HostPorts, string Owner)
{
    private static readonly Dictionary<string, long> Nothing = new(StringComparer.Ordinal);

    /// <summary>Whole units of all other resources: <c>ephemeral-storage</c>, <c>example.com/licence</c>.</summary>
    public IReadOnlyDictionary<string, long> Others { get; init; } = Nothing;

    public static PodDemand Of(Pod pod)
    {
        var amounts = Amounts(pod.Spec);
        var running = pod.Spec.Containers.Concat(pod.Spec.InitContainers.Where(IsSidecar));
        var ports = running.SelectMany(container => container.Ports)
            .Select(port => (Port: port, Host: port.HostPort != 0 ? port.HostPort : pod.Spec.HostNetwork ? port.Port : 0))
            .Where(entry => entry.Host != 0)
            .Select(entry => (entry.Port.Protocol.Length == 0 ? "TCP" : entry.Port.Protocol, entry.Port.HostIP.Length == 0 ? "0.0.0.0" : entry.Port.HostIP, entry.Host));
        amounts.Remove("cpu", out var cpu);
        amounts.Remove("memory", out var memory);
        return new(cpu, memory, [.. ports], ObjectOwners.ControllerUid(pod) ?? "") { Others = amounts.Count > 0 ? amounts : Nothing };
    }

    /// <summary>All containers together, or the largest init container with the sidecars before it, whichever is more; and the overhead.</summary>
    private static Dictionary<string, long> Amounts(PodSpec spec)
    {
        var together = new Dictionary<string, long>(StringComparer.Ordinal);
        var sidecars = new Dictionary<string, long>(StringComparer.Ordinal);
        var starting = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var container in spec.Containers) Add(together, container.Resources.Requests);
        foreach (var container in spec.InitContainers)
        {
            var now = new Dictionary<string, long>(sidecars, StringComparer.Ordinal);
            Add(now, container.Resources.Requests);
            Raise(starting, now);
            if (!IsSidecar(container)) continue;
            Add(together, container.Resources.Requests);
            sidecars = now;
        }
        Raise(together, starting);
        Add(together, spec.Overhead);
        return together;
    }

    private static bool IsSidecar(Container container) => container.RestartPolicy == "Always";

    private static void Add(Dictionary<string, long> amounts, IReadOnlyDictionary<string, Quantity> more)
    {
        foreach (var (name, amount) in more)
        {
            var sum = (Int128)amounts.GetValueOrDefault(name) + (name == "cpu" ? amount.MilliValue : amount.Value);
            amounts[name] = (long)Int128.Min(sum, long.MaxValue);
        }
    }

    private static void Raise(Dictionary<string, long> amounts, Dictionary<string, long> least)
    {
        foreach (var (name, amount) in least) amounts[name] = Math.Max(amounts.GetValueOrDefault(name), amount);
    }
}

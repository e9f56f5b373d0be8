using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>A node and what the Pods bound to it take. Belongs to one actor.</summary>
public sealed class NodeLoad
{
    private readonly Dictionary<string, int> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Protocol, string Address, int Port), int> _ports = [];
    private readonly Dictionary<string, long> _others = new(StringComparer.Ordinal);
    private Node? _node;

    /// <summary>Null while Pods are bound to a node that is not known.</summary>
    public Node? Node
    {
        get => _node;
        set
        {
            _node = value;
            var allocatable = value?.Status.Allocatable ?? EmptyMap.Quantities;
            Cpu = allocatable.TryGetValue("cpu", out var cpu) ? cpu.MilliValue : long.MaxValue;
            Memory = allocatable.TryGetValue("memory", out var memory) ? memory.Value : long.MaxValue;
            MaxPods = allocatable.TryGetValue("pods", out var pods) ? pods.Value : 110;
            Zone = value?.Metadata.Labels.GetValueOrDefault(EndpointSliceReconciler.ZoneLabel) ?? "";
        }
    }

    public long Cpu { get; private set; }
    public long Memory { get; private set; }
    public long MaxPods { get; private set; }
    public string Zone { get; private set; } = "";
    public long CpuTaken { get; private set; }
    public long MemoryTaken { get; private set; }
    public int Pods { get; private set; }

    public int OfOwner(string owner) => owner.Length == 0 ? 0 : _owners.GetValueOrDefault(owner);

    /// <summary>Whether so much of a resource besides CPU and memory is left. Of one that the node does not report there is none, but for the usual storage.</summary>
    public bool HasRoom(string resource, long amount)
    {
        if (_node?.Status.Allocatable.TryGetValue(resource, out var all) != true) return amount == 0 || resource == "ephemeral-storage";
        return amount <= all.Value - _others.GetValueOrDefault(resource);
    }

    public void Add(PodDemand demand) => Change(demand, 1);

    public void Remove(PodDemand demand) => Change(demand, -1);

    /// <summary>Whether none of these ports is in use. An address of 0.0.0.0 stands for all.</summary>
    public bool HasFree(IReadOnlyList<(string Protocol, string Address, int Port)> wanted)
    {
        foreach (var (protocol, address, port) in wanted)
        {
            foreach (var used in _ports.Keys)
            {
                if (used.Port == port && used.Protocol == protocol
                    && (address == "0.0.0.0" || used.Address == "0.0.0.0" || used.Address == address)) return false;
            }
        }
        return true;
    }

    private void Change(PodDemand demand, int sign)
    {
        Pods += sign;
        CpuTaken += sign * demand.Cpu;
        MemoryTaken += sign * demand.Memory;
        if (demand.Owner.Length > 0) Count(_owners, demand.Owner, sign);
        foreach (var port in demand.HostPorts) Count(_ports, port, sign);
        foreach (var (resource, amount) in demand.Others) _others[resource] = _others.GetValueOrDefault(resource) + (sign * amount);
    }

    private static void Count<T>(Dictionary<T, int> counts, T key, int sign) where T : notnull
    {
        var next = counts.GetValueOrDefault(key) + sign;
        if (next == 0) counts.Remove(key);
        else counts[key] = next;
    }
}

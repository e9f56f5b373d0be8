using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>An address of a node's Pod range belongs to one Pod at a time, until that has ended or its object is gone; and a Pod range to one Node.</summary>
/// <remarks>
/// Exempt for a while is a Pod whose status was written late: sent by a kubelet that has died since, kept on a cut link, and carried out after
/// the next life's writes, because a kubelet names no resource version. The living kubelet has to write it anew
/// (pkg/kubelet/status/status_manager.go, needsReconcile).
/// </remarks>
public sealed class PodAddresses : IInvariant
{
    /// <summary>A kubelet whose own writes fail tries again after so long at most, and once more.</summary>
    private const long WrittenAnewWithin = 10_000_000;

    private readonly Dictionary<string, Pod> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _late = new(StringComparer.Ordinal);
    private SimulatedWorld _world = null!;

    public string Name => "pod-addresses";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        world.Record.Listen(Seen);
        world.Events.ArrivedLate.Add(asked =>
        {
            if (asked.Call.Kind == Kinds.Pod && asked.Call.Subresource == "status") _late[$"{asked.Call.Namespace}/{asked.Call.Name}"] = world.Now;
        });
    }

    public void Check(bool healed)
    {
        if (!healed) return; // Every address was looked at as it came; at the end late writes are no excuse any more.
        var owners = new Dictionary<string, Pod>(StringComparer.Ordinal);
        foreach (var pod in _world.Record.All<Pod>(Kinds.Pod))
            if (AddressOf(pod) is { } address && !owners.TryAdd(address, pod)) Report(owners[address], pod, address);
    }

    private void Seen(ApiChange change)
    {
        if (change.Kind == Kinds.Node) RangesOf(change);
        if (change.Kind != Kinds.Pod) return;
        if (change.Before is Pod before && AddressOf(before) is { } left && _owners.TryGetValue(left, out var owner) && owner.Metadata.Uid == before.Metadata.Uid)
            _owners.Remove(left);
        if (change.Now is not Pod now || AddressOf(now) is not { } address) return;
        if (_owners.TryGetValue(address, out var other) && other.Metadata.Uid != now.Metadata.Uid)
        {
            if (WasLate(now)) return;
            if (!WasLate(other)) Report(other, now, address);
        }
        _owners[address] = now;
    }

    private void RangesOf(ApiChange change)
    {
        if (change.Now is not Node now || (change.Before is Node before && before.Spec.PodCIDRs.SequenceEqual(now.Spec.PodCIDRs))) return;
        foreach (var node in _world.Record.All<Node>(Kinds.Node))
        {
            if (node.Metadata.Name != now.Metadata.Name && node.Spec.PodCIDRs.FirstOrDefault(now.Spec.PodCIDRs.Contains) is { } range)
                _world.Report(new Violation(Name, _world.Now, $"Nodes {node.Metadata.Name} and {now.Metadata.Name} have the Pod range {range} at the same time."));
        }
    }

    private void Report(Pod one, Pod other, string address) =>
        _world.Report(new Violation(Name, _world.Now, $"Pods {Text(one)} and {Text(other)} have the address {address} at the same time."));

    private bool WasLate(Pod pod) => _late.TryGetValue($"{pod.Metadata.Namespace}/{pod.Metadata.Name}", out var at) && _world.Now - at <= WrittenAnewWithin;

    /// <summary>The address that the Pod holds: that of a Pod that has ended may be given on.</summary>
    private static string? AddressOf(Pod pod) =>
        pod.Status.PodIP.Length == 0 || pod.Spec.HostNetwork || pod.Status.Phase is "Succeeded" or "Failed" ? null : pod.Status.PodIP;

    private static string Text(Pod pod) => $"{pod.Metadata.Namespace}/{pod.Metadata.Name} ({pod.Metadata.Uid}, {pod.Spec.NodeName})";
}

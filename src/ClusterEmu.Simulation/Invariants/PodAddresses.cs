using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>An address of a node's Pod range belongs to one Pod at a time.</summary>
public sealed class PodAddresses : IInvariant
{
    private readonly Dictionary<string, Pod> _owners = new(StringComparer.Ordinal);
    private SimulatedWorld _world = null!;

    public string Name => "pod-addresses";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        world.Record.Listen(Seen);
    }

    public void Check(bool healed)
    {
        // Every address was looked at as it came.
    }

    private void Seen(ApiChange change)
    {
        if (change.Kind != Kinds.Pod) return;
        if (change.Before is Pod before && AddressOf(before) is { } left && _owners.TryGetValue(left, out var owner) && owner.Metadata.Uid == before.Metadata.Uid)
            _owners.Remove(left);
        if (change.Now is not Pod now || AddressOf(now) is not { } address) return;
        if (_owners.TryGetValue(address, out var other) && other.Metadata.Uid != now.Metadata.Uid)
            _world.Report(new Violation(Name, change.AtMicroseconds, $"Pods {Text(other)} and {Text(now)} have the address {address} at the same time."));
        _owners[address] = now;
    }

    /// <summary>The address that the Pod holds: not one of a Pod at its end or on its way there, whose address may be given on.</summary>
    private static string? AddressOf(Pod pod) =>
        pod.Status.PodIP.Length == 0 || pod.Spec.HostNetwork || pod.Metadata.DeletionTimestamp is not null || pod.Status.Phase is "Succeeded" or "Failed"
            ? null
            : pod.Status.PodIP;

    private static string Text(Pod pod) => $"{pod.Metadata.Namespace}/{pod.Metadata.Name} ({pod.Metadata.Uid}, {pod.Spec.NodeName})";
}

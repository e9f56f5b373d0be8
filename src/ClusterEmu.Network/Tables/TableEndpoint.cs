namespace ClusterEmu.Network;

/// <summary>One endpoint of a Service port, as the tables know it. Sorted by address, port and then name.</summary>
/// <param name="Address">Address and port that DNAT leads to.</param>
/// <param name="Pod">namespace/name of its Pod; empty if it has none.</param>
/// <param name="Node">Its node; empty outside the cluster.</param>
/// <param name="Zone">Its zone; empty if unknown.</param>
/// <param name="Ready">May take traffic. publishNotReadyAddresses makes every endpoint ready (in the EndpointSlice).</param>
/// <param name="Serving">Passes its readiness probe, whether or not it is terminating.</param>
/// <param name="Terminating">Its Pod is being deleted.</param>
/// <param name="HintZones">The zones that should use it (hints.forZones), sorted; empty without hints.</param>
public sealed record TableEndpoint(
    IpPort Address, string Pod, string Node, string Zone, bool Ready, bool Serving, bool Terminating, IReadOnlyList<string> HintZones)
    : IComparable<TableEndpoint>
{
    /// <summary>Serves although it goes away: the fallback where no endpoint is ready.</summary>
    public bool ServesWhileTerminating => Serving && Terminating;

    public int CompareTo(TableEndpoint? other)
    {
        if (other is null) return 1;
        var order = Address.CompareTo(other.Address);
        return order != 0 ? order : string.CompareOrdinal(Pod, other.Pod);
    }

    public bool Equals(TableEndpoint? other) =>
        other is not null && Address == other.Address && Pod == other.Pod && Node == other.Node && Zone == other.Zone
        && Ready == other.Ready && Serving == other.Serving && Terminating == other.Terminating && HintZones.SequenceEqual(other.HintZones);

    public override int GetHashCode() => Address.GetHashCode();

    public override string ToString() => Pod.Length == 0 ? $"{Address}" : $"{Address} (pod {Pod}{(Node.Length == 0 ? "" : $" on {Node}")})";
}

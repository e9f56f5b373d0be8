using System.Collections.Immutable;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The addresses and node ports that Services hold. Derived from the Services alone, so a crash cannot lose or leak one.</summary>
public sealed record ServiceAllocations
{
    public static readonly ServiceAllocations Empty = new();

    /// <summary>Who holds each address, as namespace/name. Manual Endpoints and the like do not count.</summary>
    public ImmutableSortedDictionary<Ip, string> Addresses { get; private init; } = ImmutableSortedDictionary<Ip, string>.Empty;

    /// <summary>Who holds each port; node ports and health check ports share one range.</summary>
    public ImmutableSortedDictionary<int, string> Ports { get; private init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>The allocations after one more log entry. Pure.</summary>
    public ServiceAllocations Apply(StoreEvent change)
    {
        if (change.Kind != Kinds.Service) return this;
        var addresses = Addresses;
        var ports = Ports;
        var owner = $"{change.Object.Namespace}/{change.Object.Name}";
        if (change.Previous is { } previous)
        {
            var spec = ((Service)previous.Decode()).Spec;
            foreach (var ip in AddressesOf(spec)) addresses = addresses.Remove(ip);
            foreach (var port in PortsOf(spec)) ports = ports.Remove(port);
        }
        if (change.Type != StoreEventType.Deleted)
        {
            var spec = ((Service)change.Object.Decode()).Spec;
            foreach (var ip in AddressesOf(spec)) addresses = addresses.SetItem(ip, owner);
            foreach (var port in PortsOf(spec)) ports = ports.SetItem(port, owner);
        }
        return ReferenceEquals(addresses, Addresses) && ReferenceEquals(ports, Ports) ? this : this with { Addresses = addresses, Ports = ports };
    }

    private static IEnumerable<Ip> AddressesOf(ServiceSpec spec)
    {
        if (spec.Type == "ExternalName") yield break;
        foreach (var text in spec.ClusterIPs)
        {
            if (Ip.TryParse(text, out var ip)) yield return ip;
        }
    }

    private static IEnumerable<int> PortsOf(ServiceSpec spec)
    {
        foreach (var port in spec.Ports)
        {
            if (port.NodePort != 0) yield return port.NodePort;
        }
        if (spec.HealthCheckNodePort != 0) yield return spec.HealthCheckNodePort;
    }
}

using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>At no revision do two Services hold one cluster IP, node port or load balancer's address. For the addresses of Pods see <see cref="PodAddresses"/>.</summary>
public sealed class UniqueAddresses : IInvariant
{
    private readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _held = new(StringComparer.Ordinal);
    private SimulatedWorld _world = null!;

    public string Name => "unique-addresses";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        world.Log.Changed.Add(changed =>
        {
            if (changed.Resource == Kinds.Service.QualifiedPlural)
                Hold($"Service {changed.Change.Key}", changed.Change.IsGone ? [] : AddressesOf((Service)Kinds.Service.Decode(changed.Json)), changed.Change);
        });
    }

    public void Check(bool healed)
    {
        // Every change is looked at as it happens.
    }

    private void Hold(string who, IReadOnlyList<string> addresses, LoggedChange change)
    {
        if (_held.Remove(who, out var before))
        {
            foreach (var address in before)
                if (_holders.TryGetValue(address, out var holder) && holder == who) _holders.Remove(address);
        }
        if (addresses.Count == 0) return;
        _held[who] = [.. addresses];
        foreach (var address in addresses)
        {
            if (_holders.TryGetValue(address, out var other) && other != who)
                _world.Report(new Violation(Name, _world.Now, $"{who} was given {address} with revision {change.Revision}, but {other} holds it."));
            _holders[address] = who;
        }
    }

    private static List<string> AddressesOf(Service service)
    {
        var (spec, found) = (service.Spec, new List<string>());
        foreach (var ingress in service.Status.LoadBalancer.Ingress)
            if (ingress.IP.Length > 0) found.Add($"load balancer {ingress.IP}");
        if (spec.Type != "ExternalName") found.AddRange(spec.ClusterIPs.Where(ip => ip != "None"));
        foreach (var port in spec.Ports)
            if (port.NodePort != 0) found.Add(string.Create(CultureInfo.InvariantCulture, $"node port {port.Protocol}/{port.NodePort}"));
        if (spec.HealthCheckNodePort != 0) found.Add(string.Create(CultureInfo.InvariantCulture, $"node port TCP/{spec.HealthCheckNodePort}"));
        return found;
    }
}

using ClusterEmu.Api;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Gives a Service its addresses and ports, within the write that stores it. Source: pkg/registry/core/service/storage.</summary>
public sealed class ServiceAllocator(AllocationRanges ranges, RandomStream random)
{
    private static readonly string[] Families = ["IPv4"];

    /// <summary>Completes a new or changed Service, prepared by its strategy, with what it needs and does not have yet.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="old">The Service as stored; null for a create.</param>
    /// <param name="held">What all Services hold.</param>
    /// <exception cref="ApiException">An address or a port cannot be had.</exception>
    public Service Complete(Service service, Service? old, ServiceAllocations held)
    {
        var (assigned, errors) = ServiceIPFamilies.Assign(service, old, Families);
        return errors.Count > 0 ? throw Refuse.Invalid(Kinds.Service, service.Metadata.Name, errors) : Allocate(assigned, old, held);
    }

    private Service Allocate(Service service, Service? old, ServiceAllocations held)
    {
        var spec = service.Spec;
        var name = service.Metadata.Name;
        var mineIps = old is null || old.Spec.Type == "ExternalName" ? [] : old.Spec.ClusterIPs;
        var minePorts = old is null ? [] : old.Spec.Ports.Select(port => port.NodePort).Append(old.Spec.HealthCheckNodePort).Where(port => port != 0).ToList();
        if (spec.Type is "ClusterIP" or "NodePort" or "LoadBalancer") spec = WithAddress(name, spec, mineIps, held);
        if (spec.Type is "NodePort" or "LoadBalancer") spec = WithNodePorts(name, spec, minePorts, held);
        if (spec.NeedsHealthCheckNodePort()) spec = WithHealthCheckPort(spec, minePorts, held);
        return service with { Spec = spec };
    }

    private ServiceSpec WithAddress(string name, ServiceSpec spec, IReadOnlyList<string> mine, ServiceAllocations held)
    {
        if (spec.ClusterIPs.Count == 0)
        {
            var free = ranges.FreeAddress(held.Addresses.ContainsKey, random)
                ?? throw Refuse.Internal(ServiceAllocationErrors.NoClusterIPLeft);
            var text = free.ToString();
            return spec with { ClusterIP = text, ClusterIPs = [text] };
        }
        foreach (var text in spec.ClusterIPs)
        {
            // "None" needs no address, and what is no address at all is for validation to refuse.
            if (!Ip.TryParse(text, out var ip) || mine.Contains(text)) continue;
            if (!ranges.Services.Contains(ip) || ip == ranges.Services.First || ip == ranges.Services.Last)
                throw Refuse.Invalid(Kinds.Service, name, [ServiceAllocationErrors.ClusterIPOutOfRange(spec.ClusterIPs, text, ranges.Services.ToString())]);
            if (held.Addresses.ContainsKey(ip))
                throw Refuse.Invalid(Kinds.Service, name, [ServiceAllocationErrors.ClusterIPTaken(spec.ClusterIPs, text)]);
        }
        return spec;
    }

    private ServiceSpec WithNodePorts(string name, ServiceSpec spec, List<int> mine, ServiceAllocations held)
    {
        var ports = spec.Ports.ToArray();
        // The same number may serve several protocols of one Service; each protocol once.
        var here = new HashSet<(string, int)>();
        for (var i = 0; i < ports.Length; i++)
        {
            var port = ports[i].NodePort;
            if (port == 0) continue;
            if (!here.Add((ports[i].Protocol, port))) throw Refuse.Invalid(Kinds.Service, name, [ServiceAllocationErrors.NodePortTaken(i, port)]);
            if (mine.Contains(port)) continue;
            if (port < ranges.FirstNodePort || port > ranges.LastNodePort)
                throw Refuse.Invalid(Kinds.Service, name, [ServiceAllocationErrors.NodePortOutOfRange(i, port, ranges.FirstNodePort, ranges.LastNodePort)]);
            if (held.Ports.ContainsKey(port)) throw Refuse.Invalid(Kinds.Service, name, [ServiceAllocationErrors.NodePortTaken(i, port)]);
        }
        if (!spec.AllocatesNodePorts()) return spec;
        for (var i = 0; i < ports.Length; i++)
        {
            if (ports[i].NodePort != 0) continue;
            // A port that is served over several protocols gets one number for all, as far as that is free.
            var twin = ports.FirstOrDefault(other => other.Port == ports[i].Port && other.NodePort != 0 && !here.Contains((ports[i].Protocol, other.NodePort)));
            var number = twin?.NodePort
                ?? ranges.FreePort(port => held.Ports.ContainsKey(port) || here.Any(used => used.Item2 == port), random)
                ?? throw Refuse.Internal(ServiceAllocationErrors.NoNodePortLeft);
            here.Add((ports[i].Protocol, number));
            ports[i] = ports[i] with { NodePort = number };
        }
        return spec with { Ports = ports };
    }

    private ServiceSpec WithHealthCheckPort(ServiceSpec spec, List<int> mine, ServiceAllocations held)
    {
        bool Taken(int port) => held.Ports.ContainsKey(port) || spec.Ports.Any(own => own.NodePort == port);
        var wanted = spec.HealthCheckNodePort;
        if (wanted == 0)
        {
            var free = ranges.FreePort(Taken, random) ?? throw Refuse.Internal("failed to allocate a HealthCheck NodePort: range is full");
            return spec with { HealthCheckNodePort = free };
        }
        if (mine.Contains(wanted)) return spec;
        if (wanted < ranges.FirstNodePort || wanted > ranges.LastNodePort)
        {
            throw Refuse.Internal(ServiceAllocationErrors.HealthCheckPortRefused(
                wanted, $"provided port is not in the valid range. The range of valid ports is {ranges.FirstNodePort}-{ranges.LastNodePort}"));
        }
        if (Taken(wanted)) throw Refuse.Internal(ServiceAllocationErrors.HealthCheckPortRefused(wanted, "provided port is already allocated"));
        return spec;
    }
}

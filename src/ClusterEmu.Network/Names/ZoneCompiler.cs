using ClusterEmu.Api;

namespace ClusterEmu.Network;

/// <summary>
/// Turns each change of a Service, EndpointSlice or Namespace into the next <see cref="ClusterZone"/>. One per process; its owner calls
/// it from one thread.
/// </summary>
public sealed class ZoneCompiler(ClusterZone start)
{
    private readonly Dictionary<ObjectName, Service> _services = [];
    private readonly Dictionary<ObjectName, SortedDictionary<string, EndpointSlice>> _slices = [];
    private readonly Dictionary<ObjectName, ObjectName> _owners = [];

    public ClusterZone Zone { get; private set; } = start;

    public ClusterZone SetService(Service service)
    {
        var name = NameOf(service.Metadata);
        _services[name] = service;
        return Publish(Recompile(Zone, name));
    }

    public ClusterZone RemoveService(Service service)
    {
        var name = NameOf(service.Metadata);
        _services.Remove(name);
        return Publish(Recompile(Zone, name));
    }

    public ClusterZone SetSlice(EndpointSlice slice)
    {
        var next = Drop(Zone, slice);
        if (slice.Metadata.Labels.TryGetValue(ServiceCompiler.ServiceNameLabel, out var owner) && owner.Length > 0)
        {
            var service = new ObjectName(slice.Metadata.Namespace, owner);
            _owners[NameOf(slice.Metadata)] = service;
            if (!_slices.TryGetValue(service, out var slices)) _slices[service] = slices = new(StringComparer.Ordinal);
            slices[slice.Metadata.Name] = slice;
            next = Recompile(next, service);
        }
        return Publish(next);
    }

    public ClusterZone RemoveSlice(EndpointSlice slice) => Publish(Drop(Zone, slice));

    public ClusterZone SetNamespace(string name) =>
        Zone.Namespaces.TryGet(new ObjectName("", name), out _) ? Zone : Publish(Zone with { Namespaces = Zone.Namespaces.With(new ObjectName("", name), true) });

    public ClusterZone RemoveNamespace(string name) => Publish(Zone with { Namespaces = Zone.Namespaces.Without(new ObjectName("", name)) });

    private static ObjectName NameOf(ObjectMeta metadata) => new(metadata.Namespace, metadata.Name);

    private ClusterZone Drop(ClusterZone zone, EndpointSlice slice)
    {
        var name = NameOf(slice.Metadata);
        if (!_owners.Remove(name, out var service)) return zone;
        _slices[service].Remove(name.Name);
        return Recompile(zone, service);
    }

    private ClusterZone Recompile(ClusterZone zone, ObjectName name)
    {
        var before = zone.Services.TryGet(name, out var old) ? old : null;
        var after = _services.TryGetValue(name, out var service)
            ? ZoneServiceReader.Read(service, _slices.TryGetValue(name, out var slices) ? [.. slices.Values] : [])
            : null;
        var owners = zone.Owners;
        if (before is not null)
            foreach (var ip in AddressesOf(before)) owners = Change(owners, ip, list => [.. list.Where(o => o.Service != name)]);
        if (after is not null)
        {
            foreach (var ip in after.ClusterIPs) owners = Change(owners, ip, list => Sorted(list, new ZoneOwner(name, "")));
            foreach (var endpoint in after.Endpoints) owners = Change(owners, endpoint.Ip, list => Sorted(list, new ZoneOwner(name, endpoint.Hostname)));
        }
        return zone with { Owners = owners, Services = after is null ? zone.Services.Without(name) : zone.Services.With(name, after) };
    }

    private static IEnumerable<Ip> AddressesOf(ZoneService service) => service.ClusterIPs.Concat(service.Endpoints.Select(e => e.Ip)).Distinct();

    private static IReadOnlyList<ZoneOwner> Sorted(IReadOnlyList<ZoneOwner> owners, ZoneOwner added) =>
        owners.Contains(added) ? owners : [.. owners.Append(added).OrderBy(o => o.Hostname.Length > 0).ThenBy(o => o.Service).ThenBy(o => o.Hostname, StringComparer.Ordinal)];

    private static PersistentMap<IpKey, IReadOnlyList<ZoneOwner>> Change(
        PersistentMap<IpKey, IReadOnlyList<ZoneOwner>> owners, Ip ip, Func<IReadOnlyList<ZoneOwner>, IReadOnlyList<ZoneOwner>> change)
    {
        var key = new IpKey(ip);
        var list = change(owners.TryGet(key, out var known) ? known : []);
        return list.Count > 0 ? owners.With(key, list) : owners.Without(key);
    }

    private ClusterZone Publish(ClusterZone next) => Zone = next with { Revision = Zone.Revision + 1 };
}

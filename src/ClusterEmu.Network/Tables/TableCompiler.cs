using ClusterEmu.Api;

namespace ClusterEmu.Network;

/// <summary>
/// Turns each change of a Service or EndpointSlice into the next <see cref="TableRoot"/>. One per process; its owner calls it from
/// one thread. The roots it gives out are immutable.
/// </summary>
public sealed class TableCompiler
{
    private readonly Dictionary<ObjectName, Service> _services = [];
    private readonly Dictionary<ObjectName, SortedDictionary<string, EndpointSlice>> _slices = [];
    private readonly Dictionary<ObjectName, ObjectName> _owners = [];

    /// <param name="revision">Where the count of revisions begins: the last one that a former compiler gave out, or 0.</param>
    public TableCompiler(long revision = 0) => Root = TableRoot.Empty with { Revision = revision };

    /// <summary>The table after the last change.</summary>
    public TableRoot Root { get; private set; }

    /// <summary>Takes a new or changed Service.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="version">The change's resourceVersion.</param>
    /// <returns>The next table. Costs O(log n) in the number of Services.</returns>
    public TableRoot SetService(Service service, string version)
    {
        var name = NameOf(service.Metadata);
        _services[name] = service;
        return Publish(Recompile(Root, name) with { ServicesVersion = version });
    }

    public TableRoot RemoveService(Service service, string version)
    {
        var name = NameOf(service.Metadata);
        _services.Remove(name);
        return Publish(Recompile(Root, name) with { ServicesVersion = version });
    }

    /// <summary>Takes a new or changed EndpointSlice. One without the label kubernetes.io/service-name belongs to nobody.</summary>
    public TableRoot SetSlice(EndpointSlice slice, string version)
    {
        var name = NameOf(slice.Metadata);
        var owner = ServiceOf(slice);
        var next = Root;
        // A slice whose label changed leaves its former Service.
        if (_owners.TryGetValue(name, out var former) && former != owner) next = Drop(next, former, name);
        if (owner is { } service)
        {
            _owners[name] = service;
            if (!_slices.TryGetValue(service, out var slices)) _slices[service] = slices = new(StringComparer.Ordinal);
            slices[name.Name] = slice;
            next = Recompile(next, service);
        }
        return Publish(next with { SlicesVersion = version });
    }

    public TableRoot RemoveSlice(EndpointSlice slice, string version)
    {
        var name = NameOf(slice.Metadata);
        var next = _owners.TryGetValue(name, out var service) ? Drop(Root, service, name) : Root;
        return Publish(next with { SlicesVersion = version });
    }

    /// <summary>The table of these objects, compiled from nothing. For tests and for comparison.</summary>
    public static TableRoot CompileAll(IEnumerable<Service> services, IEnumerable<EndpointSlice> slices)
    {
        var compiler = new TableCompiler();
        foreach (var slice in slices) compiler.SetSlice(slice, slice.Metadata.ResourceVersion);
        foreach (var service in services) compiler.SetService(service, service.Metadata.ResourceVersion);
        return compiler.Root;
    }

    private static ObjectName NameOf(ObjectMeta metadata) => new(metadata.Namespace, metadata.Name);

    private static ObjectName? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.TryGetValue(ServiceCompiler.ServiceNameLabel, out var name) && name.Length > 0
            ? new ObjectName(slice.Metadata.Namespace, name)
            : null;

    private TableRoot Drop(TableRoot root, ObjectName service, ObjectName slice)
    {
        _owners.Remove(slice);
        if (_slices.TryGetValue(service, out var slices))
        {
            slices.Remove(slice.Name);
            if (slices.Count == 0) _slices.Remove(service);
        }
        return Recompile(root, service);
    }

    private TableRoot Recompile(TableRoot root, ObjectName name)
    {
        var before = root.Services.TryGet(name, out var old) ? old : null;
        var after = _services.TryGetValue(name, out var service)
            ? ServiceCompiler.Compile(service, _slices.TryGetValue(name, out var slices) ? [.. slices.Values] : [])
            : null;
        return TableEdit.Replace(root, name, before, after is { Ports.Count: 0 } ? null : after);
    }

    private TableRoot Publish(TableRoot next) => Root = next with { Revision = Root.Revision + 1 };
}

using System.Collections.Immutable;
using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>The Services that a process knows, published whole: one actor writes, containers read it when they start.</summary>
public sealed class ServiceBook
{
    private ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Service>> _current =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, Service>>(StringComparer.Ordinal);

    /// <summary>Services that can matter to a Pod of <paramref name="ns"/>: its own namespace's and those beside <c>kubernetes</c>.</summary>
    public IEnumerable<Service> For(string ns)
    {
        var current = Volatile.Read(ref _current);
        IEnumerable<Service> own = current.TryGetValue(ns, out var services) ? services.Values : [];
        if (ns == ServiceVariables.MasterNamespace) return own;
        return current.TryGetValue(ServiceVariables.MasterNamespace, out var master) ? own.Concat(master.Values) : own;
    }

    /// <summary>Takes in a Service that appeared or changed. For the one writer.</summary>
    public void Set(Service service)
    {
        var ns = service.Metadata.Namespace;
        var services = _current.TryGetValue(ns, out var known) ? known : ImmutableSortedDictionary.Create<string, Service>(StringComparer.Ordinal);
        Volatile.Write(ref _current, _current.SetItem(ns, services.SetItem(service.Metadata.Name, service)));
    }

    /// <summary>Forgets a Service. For the one writer.</summary>
    public void Remove(string ns, string name)
    {
        if (!_current.TryGetValue(ns, out var services)) return;
        services = services.Remove(name);
        Volatile.Write(ref _current, services.IsEmpty ? _current.Remove(ns) : _current.SetItem(ns, services));
    }
}

using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>After healing, every node's table and every process's names are what the API's state compiles to.</summary>
public sealed class TablesConverge : IInvariant
{
    private SimulatedWorld _world = null!;

    public string Name => "tables-converge";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        _ = world.Record;
    }

    public void Check(bool healed)
    {
        if (healed && Problem() is { } problem) _world.Report(new Violation(Name, _world.Now, problem));
    }

    /// <summary>What differs, and where; null if nothing does. A run may wait for that.</summary>
    public string? Problem()
    {
        if (_world.Record.ServesSince is null) return "The API server does not serve.";
        var root = TableCompiler.CompileAll(_world.Record.All<Service>(Kinds.Service), _world.Record.All<EndpointSlice>(Kinds.EndpointSlice));
        var table = CanonicalTables.Lines(root);
        IReadOnlyList<string>? names = null;
        foreach (var site in _world.Nodes)
        {
            if (!site.IsUp) return $"Process {site.Name} is down.";
            foreach (var node in site.Nodes)
            {
                if (site.TableOf(node) is not { } mine) return $"Node {node} has no table.";
                if (CanonicalTables.Difference(table, CanonicalTables.Lines(mine.Published.Root)) is { } different)
                    return $"The table of {node} (revision {mine.Published.Root.Revision}, the process's newest is {mine.Newest.Root.Revision}) {different}.";
            }
            if (site.Names?.Zone is not { } zone) return $"Process {site.Name} has no names yet.";
            names ??= CanonicalTables.Lines(ZoneOf(zone));
            if (CanonicalTables.Difference(names, CanonicalTables.Lines(zone)) is { } wrong) return $"The DNS of process {site.Name} {wrong}.";
        }
        return null;
    }

    private ClusterZone ZoneOf(ClusterZone settings)
    {
        var compiler = new ZoneCompiler(new ClusterZone { Domain = settings.Domain, Outside = settings.Outside });
        foreach (var ns in _world.Record.All<Namespace>(Kinds.Namespace)) compiler.SetNamespace(ns.Metadata.Name);
        foreach (var slice in _world.Record.All<EndpointSlice>(Kinds.EndpointSlice)) compiler.SetSlice(slice);
        foreach (var service in _world.Record.All<Service>(Kinds.Service)) compiler.SetService(service);
        return compiler.Zone;
    }
}

namespace ClusterEmu.Simulation;

/// <summary>Which faults are in force: what some invariants promise, they promise for calm times only.</summary>
public sealed class Disturbances
{
    private readonly SimulatedWorld _world;
    private readonly List<PlannedFault> _inForce = [];
    private readonly Dictionary<string, (int InForce, long CalmSince)> _sites = new(StringComparer.Ordinal);

    internal Disturbances(SimulatedWorld world) => _world = world;

    /// <summary>Whether a fault is in force that makes the control plane itself work worse.</summary>
    public bool OfControlPlane => _inForce.Exists(static fault => FaultKinds.Find(fault.Kind).DisturbsControlPlane(fault));

    /// <summary>Since when there is no fault between the API and the process's tables, in microseconds; 0: there never was one; null while one is in force.</summary>
    public long? CalmSince(NodesSite site)
    {
        var (inForce, calmSince) = _sites.GetValueOrDefault(site.Name);
        return inForce > 0 ? null : calmSince;
    }

    internal void Begin(PlannedFault fault)
    {
        _inForce.Add(fault);
        foreach (var site in _world.Nodes)
        {
            if (!FaultKinds.Find(fault.Kind).DisturbsTables(fault, site)) continue;
            var (inForce, calmSince) = _sites.GetValueOrDefault(site.Name);
            _sites[site.Name] = (inForce + 1, calmSince);
        }
    }

    internal void End(PlannedFault fault)
    {
        if (!_inForce.Remove(fault)) return;
        foreach (var site in _world.Nodes)
            if (FaultKinds.Find(fault.Kind).DisturbsTables(fault, site)) _sites[site.Name] = (_sites[site.Name].InForce - 1, _world.Now);
    }
}

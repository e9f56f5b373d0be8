namespace ClusterEmu.Simulation;

/// <summary>Which faults are in force: what some invariants promise, they promise for calm times only.</summary>
public sealed class Disturbances
{
    private readonly Func<long> _now;
    private readonly List<PlannedFault> _inForce = [];
    private long _calmSince;

    internal Disturbances(Func<long> now) => _now = now;

    /// <summary>When the last fault ended (0: there was none), in microseconds; null while one is in force.</summary>
    public long? CalmSince => _inForce.Count > 0 ? null : _calmSince;

    /// <summary>Whether a fault is in force that makes the control plane itself work worse.</summary>
    public bool OfControlPlane => _inForce.Exists(static fault => FaultKinds.Find(fault.Kind).DisturbsControlPlane(fault));

    internal void Begin(PlannedFault fault) => _inForce.Add(fault);

    internal void End(PlannedFault fault)
    {
        if (_inForce.Remove(fault)) _calmSince = _now();
    }
}

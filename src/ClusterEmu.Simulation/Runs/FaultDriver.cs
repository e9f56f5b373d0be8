namespace ClusterEmu.Simulation;

/// <summary>Begins and ends the faults of a run at their moments.</summary>
internal sealed class FaultDriver(SimulatedWorld world, Action<string> note)
{
    private readonly List<(PlannedFault Fault, IDisposable Handle)> _active = [];

    public void Schedule(IReadOnlyList<PlannedFault> faults, long start)
    {
        foreach (var fault in faults)
        {
            world.Executor.At(start + fault.StartMicroseconds, () => Begin(fault));
            world.Executor.At(start + fault.StartMicroseconds + fault.DurationMicroseconds, () => End(fault));
        }
    }

    /// <summary>Ends what is still in force, and starts every process that is down.</summary>
    public void HealAll()
    {
        foreach (var (fault, _) in _active.ToList()) End(fault);
        world.ControlPlane.Start();
        foreach (var site in world.Nodes) site.Start();
        world.Edge.Start();
    }

    private void Begin(PlannedFault fault)
    {
        note($"fault {fault}");
        world.Disturbances.Begin(fault);
        _active.Add((fault, FaultKinds.Find(fault.Kind).Apply(world, fault)));
    }

    private void End(PlannedFault fault)
    {
        var index = _active.FindIndex(item => ReferenceEquals(item.Fault, fault));
        if (index < 0) return;
        var handle = _active[index].Handle;
        _active.RemoveAt(index);
        note($"end of fault {fault.Name}");
        handle.Dispose();
        world.Disturbances.End(fault);
    }
}

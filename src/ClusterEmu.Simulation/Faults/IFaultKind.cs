using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A way in which the simulated cluster can fail. Has no state: what a fault in force needs is in the handle that <see cref="Apply"/> gives.</summary>
public interface IFaultKind
{
    /// <summary>As scenario files and reports name it: <c>crash</c>.</summary>
    string Name { get; }

    /// <summary>The parameters of its <see cref="PlannedFault"/>s.</summary>
    IReadOnlyList<string> Keys { get; }

    /// <summary>Draws one fault. Start and length come from the setting's own bounds, see <see cref="FaultSetting.Plan"/>.</summary>
    PlannedFault Draw(RandomStream random, FaultSetting setting);

    /// <summary>Whether the control plane itself works worse while the fault is in force. One of a link leaves it as it is.</summary>
    bool DisturbsControlPlane(PlannedFault fault) => fault.Parameters.TryGetValue("process", out var process) && process == "control-plane";

    /// <summary>Begins the fault. Disposing the handle ends it and heals what it did; doing so twice is harmless.</summary>
    IDisposable Apply(SimulatedWorld world, PlannedFault fault);
}

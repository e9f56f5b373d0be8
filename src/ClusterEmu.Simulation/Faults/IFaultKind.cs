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

    /// <summary>
    /// Whether changes may come late from the API to the tables of a process's nodes while the fault is in force: it is at one of the two ends,
    /// or on the way between them.
    /// </summary>
    bool DisturbsTables(PlannedFault fault, NodesSite site)
    {
        if (DisturbsControlPlane(fault)) return true;
        if (fault.Parameters.TryGetValue("node", out var node)) return site.Nodes.Contains(node);
        // Empty means all. A node among them stands for its own traffic, not for that of its process to the API.
        var ends = fault.Parameters.ContainsKey("ends") ? fault.Texts("ends") : fault.Texts("process");
        return ends.Count == 0 || ends.Contains(site.Name) || ends.Contains(site.World.ControlPlane.Name);
    }

    /// <summary>Begins the fault. Disposing the handle ends it and heals what it did; doing so twice is harmless.</summary>
    IDisposable Apply(SimulatedWorld world, PlannedFault fault);
}

using ClusterEmu.Fabric;

namespace ClusterEmu.Nodes;

/// <summary>An open port of a container. Disposing it ends its connections, as the end of a process does.</summary>
public interface IWorkloadListener : IInboundListener, IDisposable
{
    /// <summary>What answers here; probes and the fast path ask it without a connection.</summary>
    ListenerPlan Plan { get; }
    ContainerFacts Facts { get; }
}

/// <summary>Makes listeners for the ports of containers. The rim implements it.</summary>
public interface IWorkloadListeners
{
    /// <param name="plan">The port and what answers there.</param>
    /// <param name="facts">The container.</param>
    /// <param name="runner">Told <see cref="PodRunner.Command.EndProcess"/> when a request ends the program.</param>
    /// <param name="attempt">Which run of the container it is.</param>
    IWorkloadListener Open(ListenerPlan plan, ContainerFacts facts, IActorRef runner, int attempt);
}

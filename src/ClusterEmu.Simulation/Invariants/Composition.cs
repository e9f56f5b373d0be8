using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>What a test puts in the place of parts of a simulated cluster: another client, another journal, other actors. Default: nothing.</summary>
/// <remarks>A site is a process's name: <c>control-plane</c>, <c>nodes-1</c>, <c>edge</c>. Each delegate is asked in every life of a process.</remarks>
public sealed record Composition
{
    /// <summary>Wraps the API as a site's actors see it.</summary>
    public Func<SimulatedWorld, string, IKubeClient, IKubeClient> Client { get; init; } = static (_, _, client) => client;

    /// <summary>Wraps the journal under the store.</summary>
    public Func<SimulatedWorld, IJournal, IJournal> Journal { get; init; } = static (_, journal) => journal;

    /// <summary>Replaces the Props of any actor of a site as it is made; see also <see cref="FilteredActor"/>. Null: asked for none.</summary>
    public Func<SimulatedWorld, string, Props, Props>? Actors { get; init; }
}

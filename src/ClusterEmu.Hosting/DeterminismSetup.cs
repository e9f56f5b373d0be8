#if AKKA
using Akka.Actor;
using Akka.Actor.Setup;
#else
using ClusterEmu.Actors;
#endif

namespace ClusterEmu.Hosting;

/// <summary>Gives an actor system its clock and random source: pass it to <c>ActorSystem.Create</c>.</summary>
public sealed class DeterminismSetup(Determinism determinism) : Setup
{
    public Determinism Determinism { get; } = determinism;
}

/// <summary>Finds the <see cref="Determinism"/> of an actor system; without a setup it is a <see cref="LiveDeterminism"/>.</summary>
public sealed class DeterminismProvider : ExtensionIdProvider<Determinism>
{
    public static readonly DeterminismProvider Instance = new();

    public override Determinism CreateExtension(ExtendedActorSystem system) =>
        system.Settings.Setup.Get<DeterminismSetup>() is { HasValue: true } setup ? setup.Value.Determinism : new LiveDeterminism();
}

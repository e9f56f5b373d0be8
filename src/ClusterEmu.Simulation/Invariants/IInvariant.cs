namespace ClusterEmu.Simulation;

/// <summary>Something that must hold in every run, whatever the seed and the faults. One instance serves one world.</summary>
public interface IInvariant
{
    /// <summary>Short and unique, as reports name it: <c>removed-endpoints</c>.</summary>
    string Name { get; }

    /// <summary>Called once, before anything starts: subscribe to what happens in the world, and <see cref="SimulatedWorld.Report"/> what must not.</summary>
    void Attach(SimulatedWorld world);

    /// <summary>Looks at the world as it stands. Called now and then during the run, and at its end.</summary>
    /// <param name="healed">Whether all faults have ended and the time to converge has passed.</param>
    void Check(bool healed);
}

/// <summary>An invariant that did not hold.</summary>
/// <param name="Invariant">Its name.</param>
/// <param name="AtMicroseconds">Virtual time.</param>
/// <param name="What">What was seen, what should have been, and of which objects; a reader finds the cause from it.</param>
public sealed record Violation(string Invariant, long AtMicroseconds, string What)
{
    /// <summary>The step of the executor after which it was seen.</summary>
    public long Step { get; init; }
}

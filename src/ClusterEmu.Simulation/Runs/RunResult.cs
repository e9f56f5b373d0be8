namespace ClusterEmu.Simulation;

/// <summary>How one seed of a scenario went. Equal builds give equal results, wherever and however often they run.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Hash">Of every step of the run.</param>
/// <param name="Violation">What did not hold; null if all did.</param>
/// <param name="Steps">Messages that were handled.</param>
/// <param name="VirtualMicroseconds">How long it took in virtual time.</param>
/// <param name="Requests">Requests that were sent.</param>
/// <param name="Answered">How many of those got an answer.</param>
/// <param name="Faults">The faults that were drawn or planned.</param>
public sealed record RunResult(
    ulong Seed,
    ulong Hash,
    Violation? Violation,
    long Steps,
    long VirtualMicroseconds,
    long Requests,
    long Answered,
    IReadOnlyList<PlannedFault> Faults)
{
    /// <summary>What happened on a larger scale, in order: phases, faults, changes.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>The last steps; empty unless they were asked for.</summary>
    public IReadOnlyList<string> Trace { get; init; } = [];

    public bool Failed => Violation is not null;

    /// <summary>As reports show it: sixteen hexadecimal digits.</summary>
    public string HashText => Hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>How a run is watched.</summary>
public sealed record RunSettings
{
    /// <summary>How many of the last steps are kept. 0 or more. Default: 0.</summary>
    public int TraceSteps { get; init; }

    /// <summary>Makes what is checked; asked for each run. Default: all that the project knows.</summary>
    public Func<IReadOnlyList<IInvariant>> Invariants { get; init; } = StandardInvariants.Create;
}

namespace ClusterEmu.Edge;

/// <summary>How far a node has come at a health check.</summary>
public enum HealthPhase : byte
{
    /// <summary>It has not passed yet, since it is checked. It gets nothing; the first answer makes it healthy.</summary>
    New = 0,

    /// <summary>It passed the last check.</summary>
    Healthy = 1,

    /// <summary>It failed lately, but not often enough in a row: it still gets connections.</summary>
    Failing = 2,

    /// <summary>It gets nothing.</summary>
    Unhealthy = 3,

    /// <summary>It passed lately, but not often enough in a row: it still gets nothing.</summary>
    Recovering = 4,
}

/// <summary>What a health check knows of a node: one state machine, <see cref="After"/>. Pure.</summary>
/// <param name="Phase">How far it has come.</param>
/// <param name="Count">New and Failing: failures in a row. Recovering: passes in a row. Else 0.</param>
public readonly record struct HealthState(HealthPhase Phase, int Count)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether load balancers send to it.</summary>
    public bool Serving => Phase is HealthPhase.Healthy or HealthPhase.Failing;

    /// <summary>The state after one more check.</summary>
    public HealthState After(bool passed, HealthCheckOptions options) => (Phase, passed) switch
    {
        (HealthPhase.New or HealthPhase.Healthy or HealthPhase.Failing, true) => new(HealthPhase.Healthy, 0),
        (HealthPhase.New, false) => new(HealthPhase.New, Count + 1),
        (HealthPhase.Healthy or HealthPhase.Failing, false) =>
            Count + 1 >= options.UnhealthyThreshold ? new(HealthPhase.Unhealthy, 0) : new(HealthPhase.Failing, Count + 1),
        (HealthPhase.Unhealthy or HealthPhase.Recovering, true) =>
            Count + 1 >= options.HealthyThreshold ? new(HealthPhase.Healthy, 0) : new(HealthPhase.Recovering, Count + 1),
        (HealthPhase.Unhealthy or HealthPhase.Recovering, false) => new(HealthPhase.Unhealthy, 0),
        _ => throw new InvalidOperationException($"No check leaves the phase {Phase}."),
    };

    /// <summary>Time from the last question to the next: the period; shorter while a new node has yet to open its port.</summary>
    public TimeSpan Pace(HealthCheckOptions options)
    {
        if (Phase != HealthPhase.New || Count > 20) return options.Period;
        var wait = FirstWait * (1 << Math.Max(0, Count - 1));
        return wait < options.Period ? wait : options.Period;
    }
}

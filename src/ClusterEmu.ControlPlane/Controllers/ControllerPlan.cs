using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What a reconciler wants done: calls that are sent side by side, and what to tell people.</summary>
/// <remarks>
/// When all calls are answered the object is looked at again if anything changed; so steps that must follow one another
/// are plans that follow one another.
/// </remarks>
public sealed record ControllerPlan
{
    public static readonly ControllerPlan Nothing = new();

    public IReadOnlyList<ApiCall> Calls { get; init; } = [];
    public IReadOnlyList<PlannedEvent> Events { get; init; } = [];

    /// <summary>When to look again though nothing changed; null for never.</summary>
    public TimeSpan? LookAgainAfter { get; init; }

    public static ControllerPlan Of(params ApiCall[] calls) => new() { Calls = calls };

    /// <summary>The plan that looks again after <paramref name="delay"/>.</summary>
    public static ControllerPlan Wait(TimeSpan? delay) => delay is null ? Nothing : new() { LookAgainAfter = delay };
}

/// <summary>An Event to record about an object. See <see cref="RecordEvent"/>.</summary>
public sealed record PlannedEvent(Api.IKubeObject About, string Type, string Reason, string Message);

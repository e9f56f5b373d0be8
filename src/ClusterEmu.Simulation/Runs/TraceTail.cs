namespace ClusterEmu.Simulation;

/// <summary>The last steps of a run. Texts are made at the end only.</summary>
internal sealed class TraceTail
{
    private readonly (long At, string Process, IActorRef Actor, Type? Message)[] _steps;
    private readonly SimulatedExecutor _executor;
    private long _count;

    public TraceTail(SimulatedExecutor executor, int steps)
    {
        _executor = executor;
        _steps = new (long, string, IActorRef, Type?)[steps];
        if (steps > 0) executor.Observer += Observe;
    }

    /// <summary>Oldest first: when, who, what.</summary>
    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string>();
        for (var i = Math.Max(0, _count - _steps.Length); i < _count; i++)
        {
            var (at, process, actor, message) = _steps[i % _steps.Length];
            lines.Add($"{VirtualTime.Moment(at)} {process}{actor.Path.ToStringWithoutAddress()} {Name(message)}");
        }
        return lines;
    }

    private void Observe(SimulatedProcess process, IActorRef actor, object? message) =>
        _steps[_count++ % _steps.Length] = (_executor.NowMicroseconds, process.Name, actor, message?.GetType());

    private static string Name(Type? type) => type is null ? "(signal)" : type.DeclaringType is { } outer ? $"{Name(outer)}.{type.Name}" : type.Name;
}

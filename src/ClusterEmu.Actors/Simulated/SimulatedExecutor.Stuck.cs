namespace ClusterEmu.Actors;

public sealed partial class SimulatedExecutor
{
    /// <summary>Steps and works that are counted, once there are too many in an instant, to know who makes them.</summary>
    private const int Counted = 1_000;

    private const int Named = 5;

    private Dictionary<string, int>? _busy;
    private int _busySeen;
    private long _busySince = -1;

    private void GoesRound(ActorCell cell, object? message) => Count($"{cell.Path} with {message?.GetType().Name ?? "a signal"}");

    private void GoesRound(SimulatedWork work) => Count(work is SimulatedAction { Action: var action }
        ? $"work of {action.Method.DeclaringType?.FullName}.{action.Method.Name}"
        : $"work of {work.GetType().FullName}");

    private void Count(string who)
    {
        if (_busySince != NowTicks) (_busy, _busySeen, _busySince) = (new Dictionary<string, int>(StringComparer.Ordinal), 0, NowTicks);
        _busy![who] = _busy.GetValueOrDefault(who) + 1;
        if (++_busySeen < Counted) return;
        var most = _busy.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Named).Select(pair => $"{pair.Key} ({pair.Value})");
        throw new SimulationStuckException(
            $"Virtual time stands still at {NowTicks / (double)TimeSpan.TicksPerSecond:0.000000} s: more than {MostInAnInstant} messages or works in this instant, up to step {Steps}. "
            + $"Of the last {Counted}, most were {string.Join(", ", most)}. Somebody answers at once what makes the other ask again: give one of them a timer.");
    }
}

/// <summary>A simulation's virtual time does not move on: its actors go round in circles.</summary>
public sealed class SimulationStuckException(string message) : Exception(message);

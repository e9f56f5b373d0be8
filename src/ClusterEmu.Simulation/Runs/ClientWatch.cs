using System.Runtime.InteropServices;

namespace ClusterEmu.Simulation;

/// <summary>Starts a scenario's clients and keeps count of what became of their requests.</summary>
internal sealed class ClientWatch
{
    /// <summary>So many requests of a client must succeed one after another.</summary>
    private const int Enough = 5;

    private readonly SimulatedWorld _world;
    private readonly IReadOnlyList<ClientPlan> _plans;
    private readonly Dictionary<string, (int InARow, string LastFailure)> _clients = new(StringComparer.Ordinal);
    private long _since;

    public ClientWatch(SimulatedWorld world, IReadOnlyList<ClientPlan> plans)
    {
        (_world, _plans) = (world, plans);
        if (plans.Count > 0) world.Traffic.Requests.Add(Done);
    }

    public long Ended => _world.Traffic.Ended;

    public long Answered => _world.Traffic.Count(RequestOutcome.Answered);

    public void Start()
    {
        foreach (var plan in _plans) _world.Traffic.Add(plan.Spec);
    }

    /// <summary>From now on only requests count that begin now or later.</summary>
    public void BeginAgain()
    {
        _clients.Clear();
        _since = _world.Now;
    }

    /// <summary>A client whose requests do not succeed; null if all do.</summary>
    public string? Missing()
    {
        foreach (var plan in _plans)
        {
            if (plan.MayFail) continue;
            var (inARow, failure) = _clients.GetValueOrDefault(plan.Name, (0, "none of its requests has ended"));
            if (inARow < Enough) return $"no {Enough} requests of client {plan.Name} ({plan.Url} from {plan.From}) in a row succeed; the last that failed: {(failure.Length > 0 ? failure : "none")}";
        }
        return null;
    }

    private void Done(RequestDone done)
    {
        _world.Executor.Note(((ulong)done.Outcome << 32) | (uint)done.Status);
        _world.Executor.Note(SimulatedExecutor.HashOf(done.ServerName ?? ""));
        if (done.StartedAt < _since) return;
        var succeeded = done.Outcome == RequestOutcome.Answered && done.Status is > 0 and < 500;
        ref var client = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, done.Client, out _);
        client = succeeded ? (client.InARow + 1, client.LastFailure ?? "") : (0, $"{done.Outcome} {done.Status} at {VirtualTime.Moment(done.EndedAt)}");
    }
}

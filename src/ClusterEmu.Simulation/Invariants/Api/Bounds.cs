using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>
/// No mailbox, ring or cache grows without bound: each holder of such things keeps to its own bound, informers hold what the API has, and the
/// disk holds, beside what lives, the changes of the time for which the store keeps them.
/// </summary>
public sealed class Bounds : IInvariant
{
    private const int MaxMessages = 20_000;
    private const int SlackEntries = 1_000;

    /// <summary>The disk may hold a change so much longer than the store promises to keep it.</summary>
    private const long SlackMicroseconds = 60_000_000;

    private readonly List<Holding> _holdings = [];
    private SimulatedWorld _world = null!;

    public string Name => "bounds";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        _ = world.Log;
    }

    public void Check(bool healed)
    {
        if (_world.Executor.FindFullMailbox(MaxMessages) is { } full)
            _world.Report(new Violation(Name, _world.Now, $"{full.Path} has {MaxMessages} messages or more waiting."));
        LookAtHolders(healed);
        if (!healed) return; // While the store is away or its disk stalls, nothing can be compacted.
        var (alive, recent) = (0, 0);
        var young = _world.Now - _world.Options.HistoryMicroseconds - SlackMicroseconds;
        foreach (var (_, log) in _world.Log.Kinds)
        {
            alive += log.Objects.Count(known => !known.Value[^1].IsGone);
            for (var i = log.Changes.Count - 1; i >= 0 && log.Changes[i].AtMicroseconds > young; i--) recent++;
        }
        var kept = _world.ControlPlane.Journal.Entries.Count;
        if (kept > alive + recent + SlackEntries)
            _world.Report(new Violation(Name, _world.Now, $"The journal holds {kept} entries, but only {alive} objects live and {recent} changes are young enough to be kept."));
    }

    private void LookAtHolders(bool healed)
    {
        var holders = _world.Holders.All;
        for (var i = 0; i < holders.Count; i++)
        {
            var (process, holder) = holders[i];
            _holdings.Clear();
            holder.ListHoldings(_holdings);
            foreach (var held in _holdings)
            {
                if (held.Resource is not null && !healed) continue; // Who is cut off may know of what is gone.
                var bound = held.Resource is { } resource ? Alive(resource) : held.Bound;
                if (held.Count > bound)
                    _world.Report(new Violation(Name, _world.Now, $"{holder.GetType().Name} of {process.Name} holds {held.Count} {held.What}, but may hold {bound}."));
            }
        }
    }

    private int Alive(string resource) =>
        _world.Log.Kinds.Where(known => known.Key == resource).Sum(known => known.Value.Objects.Count(changed => !changed.Value[^1].IsGone));
}

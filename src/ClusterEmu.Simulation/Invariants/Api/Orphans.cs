using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>After healing, nothing is left whose owners have all been gone for longer than the garbage collector may take.</summary>
public sealed class Orphans : IInvariant
{
    private const long PatienceMicroseconds = 30_000_000;
    private readonly Dictionary<(string Resource, ObjectKey Key), IndexFields> _alive = [];
    private readonly Dictionary<string, long> _goneSince = new(StringComparer.Ordinal);
    private SimulatedWorld _world = null!;

    public string Name => "orphans";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        world.Log.Changed.Add(changed =>
        {
            var place = (changed.Resource, changed.Change.Key);
            var fields = changed.Fields;
            if (_alive.TryGetValue(place, out var before) && (changed.Change.IsGone || before.Uid != fields.Uid)) _goneSince[before.Uid] = world.Now;
            if (changed.Change.IsGone) _alive.Remove(place);
            else _alive[place] = fields;
        });
    }

    public void Check(bool healed)
    {
        if (!healed) return;
        var uids = _alive.Values.Select(fields => fields.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var ((resource, key), fields) in _alive)
        {
            if (fields.OwnerUids.Count == 0 || fields.OwnerUids.Any(uids.Contains)) continue;
            var since = fields.OwnerUids.Max(uid => _goneSince.GetValueOrDefault(uid));
            if (_world.Now - since > PatienceMicroseconds)
                _world.Report(new Violation(Name, _world.Now, $"{resource} {key} is left, {(_world.Now - since) / 1000} ms after the last of its owners ({string.Join(' ', fields.OwnerUids)}) was deleted."));
        }
    }
}

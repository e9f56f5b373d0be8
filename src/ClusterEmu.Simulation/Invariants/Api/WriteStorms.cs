using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>Nobody fights over an object: none is changed more than a hundred times within a second.</summary>
/// <remarks>Two who each take back what the other wrote get on with all else, and the run with them; but a live cluster would do little more than this.</remarks>
public sealed class WriteStorms : IInvariant
{
    private const int MostPerSecond = 100;
    private readonly Dictionary<(string Resource, ObjectKey Key), (long Second, int Changes)> _changes = [];

    public string Name => "write-storms";

    public void Attach(SimulatedWorld world) => world.Log.Changed.Add(changed =>
    {
        var (place, second) = ((changed.Resource, changed.Change.Key), world.Now / 1_000_000);
        var before = _changes.GetValueOrDefault(place);
        var changes = before.Second == second ? before.Changes + 1 : 1;
        _changes[place] = (second, changes);
        if (changes > MostPerSecond)
            world.Report(new Violation(Name, world.Now, $"{changed.Resource} {changed.Change.Key} was changed {changes} times since {second} s, last with revision {changed.Change.Revision}: {System.Text.Encoding.UTF8.GetString(changed.Json)}"));
    });

    public void Check(bool healed)
    {
        // Every change is counted as it happens.
    }
}

namespace ClusterEmu.Client.Tests;

/// <summary>An API server without mistakes, as small as can be: it makes histories in which every promise is kept.</summary>
/// <remarks>Time is a counter. Each call takes a few ticks and happens at one of them.</remarks>
internal sealed class HistoryModel(int seed)
{
    public const string Resource = "configmaps";
    private readonly Random _random = new(seed);
    private readonly Dictionary<HistoryObject, long> _alive = [];
    private readonly List<HistoryEvent> _log = [];
    private long _clock = 1;
    private long _revision = 100;
    private long _values;

    public static HistoryObject Object(int number) => new(Resource, new ObjectKey("default", $"w-{number}"));

    /// <summary>A few hundred writes and reads by three clients, and watches that begin and end at random.</summary>
    public ApiHistory Make(int steps = 300)
    {
        var history = new ApiHistory();
        for (var step = 0; step < steps; step++)
        {
            if (_random.Next(4) > 0) Write(history);
            else Read(history);
        }
        for (var i = 0; i < 8; i++) history.Add(Watch($"watcher-{i}", 100 + _random.Next((int)(_revision - 100))));
        history.Add(Watch("watcher-all", 100));
        return history;
    }

    private long Tick() => _clock += 10;

    private void Write(ApiHistory history)
    {
        var target = Object(_random.Next(5));
        var client = $"client-{_random.Next(3)}";
        var invoked = Tick();
        var exists = _alive.TryGetValue(target, out var current);
        var verb = (HistoryVerb)_random.Next(3);
        var value = verb == HistoryVerb.Delete ? "" : $"{++_values}";
        var precondition = verb == HistoryVerb.Update && exists && _random.Next(2) == 0 ? current : 0;
        var refused = exists == (verb == HistoryVerb.Create);
        var outcome = refused ? HistoryOutcome.Refused : _random.Next(10) == 0 ? HistoryOutcome.Unknown : HistoryOutcome.Done;
        var happens = outcome == HistoryOutcome.Done || (outcome == HistoryOutcome.Unknown && _random.Next(2) == 0);
        if (happens)
        {
            _revision++;
            _log.Add(new HistoryEvent(verb switch { HistoryVerb.Create => WatchEventType.Added, HistoryVerb.Update => WatchEventType.Modified, _ => WatchEventType.Deleted }, target, _revision, value));
            if (verb == HistoryVerb.Delete) _alive.Remove(target);
            else _alive[target] = _revision;
        }
        history.Add(new HistoryWrite(client, target, verb, invoked, outcome == HistoryOutcome.Unknown ? long.MaxValue : Tick(), outcome)
        {
            Revision = outcome == HistoryOutcome.Done && verb != HistoryVerb.Delete ? _revision : 0,
            Precondition = precondition,
            Value = value,
        });
    }

    private void Read(ApiHistory history)
    {
        var client = $"client-{_random.Next(3)}";
        var invoked = Tick();
        if (_random.Next(2) == 0)
        {
            var target = Object(_random.Next(5));
            var revision = _alive.GetValueOrDefault(target);
            history.Add(new HistoryRead(client, invoked, Tick(), revision, revision > 0 ? [(target, revision)] : []) { Target = target });
        }
        else
        {
            var seen = _alive.OrderBy(pair => pair.Key.Key).Select(pair => (pair.Key, pair.Value)).ToList();
            history.Add(new HistoryRead(client, invoked, Tick(), _revision, seen) { Listed = (Resource, null) });
        }
    }

    private HistoryWatch Watch(string client, long from)
    {
        var watch = new HistoryWatch(client, Resource, null, from);
        foreach (var change in _log.Where(change => change.Revision > from))
        {
            watch.Events.Add(change);
            if (_random.Next(12) == 0) watch.Events.Add(new HistoryEvent(WatchEventType.Bookmark, default, change.Revision));
        }
        return watch;
    }
}

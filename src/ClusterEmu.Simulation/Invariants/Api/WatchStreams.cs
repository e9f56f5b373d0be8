using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>
/// Each watcher's stream is ordered, unique and complete: it brings every change of what it selects after the revision that it began at, each
/// as what it means for the selection (<see cref="WatchSelection"/>). Whoever watches on begins at a revision that it was told of before, so
/// that nothing is passed over between two streams. And no stream ends with 410 but one that is behind what the store still has to keep.
/// </summary>
public sealed class WatchStreams : IInvariant
{
    private readonly Dictionary<long, Stream> _open = [];
    private readonly Dictionary<string, Dictionary<string, long>> _told = new(StringComparer.Ordinal); // By client, then by resource.
    private static readonly long KeptBytes = new StoreOptions { Kinds = [] }.WindowBytes;

    /// <summary>The store counts a change's age from when it was made; that is so much before it reached the disk, at most.</summary>
    private const long DiskMicroseconds = 30_000_000;

    private SimulatedWorld _world = null!;

    public string Name => "watch-streams";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        _ = world.Log;
        world.Events.ApiAnswered.Add(answered =>
        {
            if (answered.Reply.Ok && answered.Reply.ResourceVersion is { } version) Tell(answered.Client, answered.Call.Kind, (long)ResourceVersions.Parse(version));
        });
        world.Events.WatchOpened.Add(Opened);
        world.Events.WatchDelivered.Add(Delivered);
        world.Events.WatchEnded.Add(Ended);
        world.Events.SiteKilled.Add(killed =>
        {
            foreach (var (id, _) in _open.Where(stream => stream.Value.Client == killed.Site.Name).ToList()) _open.Remove(id);
            _told.Remove(killed.Site.Name);
        });
    }

    /// <summary>After healing, no stream lags behind the store: what was written more than 5 s ago has arrived.</summary>
    public void Check(bool healed)
    {
        if (!healed) return;
        foreach (var (id, stream) in _open)
        {
            if (stream.Cursor is not null && Next(stream) is { } missing && missing.AtMicroseconds < _world.Now - 5_000_000)
                Report(id, stream, $"has not brought revision {missing.Revision} of {missing.Key} after {(_world.Now - missing.AtMicroseconds) / 1000} ms");
        }
    }

    private void Opened(WatchOpened opened)
    {
        var call = opened.Call;
        var from = (long)ResourceVersions.Parse(call.ResourceVersion);
        var stream = new Stream(opened.Client, call, _world.Log.Of(call.Kind)) { Last = from };
        if (from > 0)
        {
            if (from > Told(opened.Client, call.Kind))
                Report(opened.Stream, stream, $"begins at revision {from}, of which the client was never told");
            stream.Cursor = stream.Log.IndexAfter(from);
        }
        _open[opened.Stream] = stream;
    }

    private void Delivered(WatchDelivered delivered)
    {
        if (!_open.TryGetValue(delivered.Stream, out var stream)) return;
        var revision = delivered.Revision;
        if (delivered.Type == WatchEventType.Bookmark ? revision < stream.Last : revision <= stream.Last && stream.Cursor is not null)
            Report(delivered.Stream, stream, $"brought revision {revision} after {stream.Last}");
        stream.Last = revision;
        Tell(stream.Client, stream.Call.Kind, revision);
        if (stream.Cursor is null) return;
        var next = Next(stream);
        var isBookmark = delivered.Type == WatchEventType.Bookmark;
        if (next is not null && (next.Revision < revision || (isBookmark && next.Revision == revision)))
            Report(delivered.Stream, stream, $"brought revision {revision}, but never {next.Revision} of {next.Key}");
        else if (!isBookmark && (next is null || next.Revision != revision || next.Key != delivered.Key || stream.Selection.Expected(next) != delivered.Type))
            Report(delivered.Stream, stream, $"brought {delivered.Type} {delivered.Key} with revision {revision}; on disk there is {(next?.Revision != revision ? "no such change" : $"{stream.Selection.Expected(next)} {next.Key}")}");
        stream.Cursor = Math.Max(stream.Cursor.Value, stream.Log.IndexAfter(revision));
    }

    private void Ended(WatchEnded ended)
    {
        if (!_open.Remove(ended.Stream, out var stream) || ended.Code != 410 || ended.IsDrawn || _world.Log.Bytes > KeptBytes / 4) return;
        // The oldest change that the stream still lacks.
        if (_world.Log.WrittenAt(stream.Last + 1) is { } at && _world.Now - at > _world.Options.HistoryMicroseconds - DiskMicroseconds) return;
        Report(ended.Stream, stream, $"ended with 410 after revision {stream.Last}, although no later change is older than the {VirtualTime.Text(_world.Options.HistoryMicroseconds)} for which the store keeps them");
    }

    /// <summary>The next change that the stream must bring; null if there is none yet. What it need not bring is passed over for good.</summary>
    private static LoggedChange? Next(Stream stream)
    {
        for (; stream.Cursor < stream.Log.Changes.Count; stream.Cursor++)
        {
            var change = stream.Log.Changes[stream.Cursor.Value];
            if (stream.Selection.Expected(change) is not null) return change;
        }
        return null;
    }

    private void Tell(string client, KindInfo kind, long revision)
    {
        if (!_told.TryGetValue(client, out var kinds)) _told[client] = kinds = new(StringComparer.Ordinal);
        if (revision > kinds.GetValueOrDefault(kind.QualifiedPlural)) kinds[kind.QualifiedPlural] = revision;
    }

    private long Told(string client, KindInfo kind) => _told.TryGetValue(client, out var kinds) ? kinds.GetValueOrDefault(kind.QualifiedPlural) : 0;

    private void Report(long id, Stream stream, string what) => _world.Report(new Violation(
        Name, _world.Now, $"Watch {id} of {stream.Call.Kind.Plural} by {stream.Client} from revision {stream.Call.ResourceVersion} {what}."));

    private sealed class Stream(string client, WatchCall call, KindLog log)
    {
        public string Client => client;
        public WatchCall Call => call;
        public KindLog Log => log;
        public WatchSelection Selection { get; } = new(call, log);
        public long Last { get; set; }
        public int? Cursor { get; set; }
    }
}

using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Gives every durable change to the watches that it concerns, in order, and keeps the log for those that come late.</summary>
/// <remarks>
/// A watch whose sink is full becomes a cursor into the log; one that falls off the log's kept end is closed with 410. A
/// restart of the hub or of the writer ends all watches; they are opened again from where they were, or find 410.
/// </remarks>
public sealed class WatchHub : ReceiveActor, IWithTimers, IWithUnboundedStash, IHolder
{
    /// <summary>All that this actor accepts.</summary>
    public abstract record Command
    {
        private Command() { } // No cases outside this file.

        /// <summary>From the writer, first of all: the recovered objects and log.</summary>
        internal sealed record Begin(StoreSnapshot Objects, long Compacted, IReadOnlyList<StoreEvent> History, IActorRef Writer) : Command;

        /// <summary>From the writer: these changes are durable now.</summary>
        internal sealed record Publish(StoreSnapshot Objects, IReadOnlyList<StoreEvent> Changes) : Command;

        /// <summary>Opens a watch under a number chosen by the caller, which is unique in this hub.</summary>
        public sealed record Open(long Id, WatchRequest Request) : Command;

        /// <summary>The sink of this watch has room again.</summary>
        public sealed record Resume(long Id) : Command;

        /// <summary>The watcher has gone. Its sink hears nothing more.</summary>
        public sealed record Close(long Id) : Command;
    }

    private sealed record Tick;

    private readonly StoreOptions _options;
    private readonly Determinism _determinism;
    private readonly WatcherIndex _index = new();
    private readonly List<Watcher> _candidates = [];
    private EventWindow _window = new(Revisions.Empty);
    private StoreSnapshot _objects = StoreSnapshot.Empty;
    private IActorRef _writer = ActorRefs.Nobody;

    public WatchHub(StoreOptions options)
    {
        _options = options;
        _determinism = Determinism.For(Context.System);
        Receive<Command.Begin>(begin =>
        {
            Begin(begin);
            Timers.StartPeriodicTimer("tick", new Tick(), _options.Tick);
            Become(Open);
            Stash.UnstashAll();
        });
        ReceiveAny(_ => Stash.Stash());
    }

    public ITimerScheduler Timers { get; set; } = null!;
    public IStash Stash { get; set; } = null!;

    public void ListHoldings(List<Holding> holdings) => holdings.Add(new("bytes of the log for watches", _window.Size, _options.WindowBytes));

    public static Props PropsFor(StoreOptions options) => Props.Create(() => new WatchHub(options));

    protected override void PreRestart(Exception reason, object message)
    {
        base.PreRestart(reason, message);
        _writer.Tell(new StoreWriter.Command.BeginAgain());
    }

    protected override void PostStop()
    {
        foreach (var watcher in _index.All()) watcher.Sink.Close(0, "The API server is stopping.");
    }

    private void Begin(Command.Begin begin)
    {
        _objects = begin.Objects;
        _writer = begin.Writer;
        _window = new EventWindow(begin.Compacted);
        foreach (var change in begin.History) _window.Append(change);
    }

    private void Open()
    {
        Receive<Command.Begin>(begin =>
        {
            foreach (var watcher in _index.All()) End(watcher, 0, "The store was restarted. Watch again.");
            Begin(begin);
        });
        Receive<Command.Publish>(publish =>
        {
            if (publish.Objects.Revision <= _objects.Revision) return; // Told before a restart; the new beginning holds it.
            _objects = publish.Objects;
            foreach (var change in publish.Changes)
            {
                _window.Append(change);
                FanOut(change);
            }
            Trim(_determinism.Microseconds);
        });
        Receive<Command.Open>(open => Begin(open.Id, open.Request));
        Receive<Command.Resume>(resume =>
        {
            if (_index.Find(resume.Id) is { Lagging: true } watcher) CatchUp(watcher);
        });
        Receive<Command.Close>(close => _index.Remove(close.Id));
        Receive<Tick>(_ => OnTick(_determinism.Microseconds));
    }

    private void Begin(long id, WatchRequest request)
    {
        var now = _determinism.Microseconds;
        var watcher = new Watcher(id, request, now, Microseconds(_options.BookmarkPeriod));
        if (request.After is { } after)
        {
            if (after < _window.Compacted)
            {
                request.Sink.Close(410, TooOld(after));
                return;
            }
            watcher.Delivered = after;
        }
        else
        {
            try
            {
                foreach (var item in request.Filter.Candidates(_objects))
                {
                    if (request.Filter.Matches(item)) request.Sink.Deliver(new WatchDelivery(WatchEventType.Added, item, item.Revision));
                }
            }
            catch (Exception problem)
            {
                request.Sink.Close(500, $"The watch failed at its current state: {problem.Message}");
                return;
            }
            watcher.Delivered = _objects.Revision;
            if (request.EndInitialEvents)
                request.Sink.Deliver(new WatchDelivery(WatchEventType.Bookmark, null, _objects.Revision, InitialEventsEnd: true));
        }
        _index.Add(watcher);
        CatchUp(watcher);
    }

    private void FanOut(StoreEvent change)
    {
        _candidates.Clear();
        _index.Find(change, _candidates);
        foreach (var watcher in _candidates)
        {
            if (watcher.Lagging || change.Revision <= watcher.Delivered) continue;
            if (Judge(watcher, change) is not { } delivery) continue;
            if (watcher.Sink.IsFull)
            {
                watcher.Delivered = change.Revision - 1;
                watcher.Lagging = true;
                continue;
            }
            watcher.Sink.Deliver(delivery);
            watcher.Delivered = change.Revision;
        }
    }

    /// <summary>Gives a watch what the log holds for it, as far as its sink has room.</summary>
    private void CatchUp(Watcher watcher)
    {
        watcher.Lagging = false;
        for (var revision = Math.Max(watcher.Delivered, _window.Compacted) + 1; revision <= _window.Newest; revision++)
        {
            if (Judge(watcher, _window[revision]) is { } delivery)
            {
                if (watcher.Sink.IsFull)
                {
                    watcher.Lagging = true;
                    return;
                }
                watcher.Sink.Deliver(delivery);
            }
            if (_index.Find(watcher.Id) is null) return; // Its filter failed.
            watcher.Delivered = revision;
        }
    }

    /// <summary>What a change means for a watch. A filter that fails ends its own watch, not those of others.</summary>
    private WatchDelivery? Judge(Watcher watcher, StoreEvent change)
    {
        try
        {
            return watcher.Filter.Deliver(change);
        }
        catch (Exception problem)
        {
            Context.GetLogger().Error(problem, "Watch {0} of {1} failed at revision {2}", watcher.Id, change.Kind.Plural, change.Revision);
            End(watcher, 500, $"The watch failed at revision {change.Revision}: {problem.Message}");
            return null;
        }
    }

    private void OnTick(long now)
    {
        foreach (var watcher in _index.All())
        {
            var atEnd = now >= watcher.Deadline;
            if (watcher.Bookmarks && !watcher.Lagging && !watcher.Sink.IsFull && (atEnd || now >= watcher.NextBookmark))
            {
                watcher.NextBookmark = now + Microseconds(_options.BookmarkPeriod);
                var revision = Math.Max(watcher.Delivered, _objects.Revision);
                watcher.Sink.Deliver(new WatchDelivery(WatchEventType.Bookmark, null, revision));
            }
            if (atEnd) End(watcher, 0, "The watch's time is over.");
        }
        Trim(now);
    }

    private void Trim(long now)
    {
        var dropped = _window.Trim(_options.WindowBytes, now - Microseconds(_options.WindowAge));
        if (dropped.Count == 0) return;
        _writer.Tell(new StoreWriter.Command.Forget(_window.Compacted));
        foreach (var watcher in _index.All())
        {
            if (watcher.Lagging && watcher.Delivered < _window.Compacted) End(watcher, 410, TooOld(watcher.Delivered));
        }
    }

    private void End(Watcher watcher, int code, string message)
    {
        _index.Remove(watcher.Id);
        watcher.Sink.Close(code, message);
    }

    private string TooOld(long revision) => $"too old resource version: {revision} ({_window.Compacted})";

    private static long Microseconds(TimeSpan time) => (long)time.TotalMicroseconds;
}

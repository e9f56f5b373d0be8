using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>The only writer of a store. It answers a write once the journal has it, and batches what comes meanwhile.</summary>
/// <remarks>
/// Told <see cref="StoreWrite"/>s. Its parent is told <see cref="StoreRecovered"/> or <see cref="StoreBroken"/> once.
/// Writes that come before recovery is done wait for it. A restart fails the writes on their way, which may or may not
/// have become durable, and recovers from the journal.
/// </remarks>
public sealed class StoreWriter : ReceiveActor, IWithUnboundedStash
{
    /// <summary>All that this actor accepts beside <see cref="StoreWrite"/>.</summary>
    public abstract record Command
    {
        private Command() { } // No cases outside this file.

        /// <summary>The history up to <paramref name="Compacted"/> is not needed any more. No reply.</summary>
        public sealed record Forget(long Compacted) : Command;

        /// <summary>A hub that was restarted needs its beginning again. Answered with <see cref="WatchHub.Command.Begin"/>.</summary>
        internal sealed record BeginAgain : Command;
    }

    private readonly StoreOptions _options;
    private readonly IJournal _journal;
    private readonly StoreReader _reader;
    private readonly IActorRef _watches;
    private readonly IActorRef _owner;
    private readonly Determinism _determinism;
    private readonly JournalGarbage _garbage = new();
    private readonly List<(StoreWrite Write, object Answer)> _waiting = [];
    private readonly Queue<(StoreWrite Write, object Answer)> _answering = new();
    private List<(StoreWrite Write, object Answer)> _inFlight = [];
    private List<StoreEvent> _pending = [];
    private List<StoreEvent> _flying = [];
    private StoreRecovery _recovery;
    private StoreState _durable;
    private StoreState _flyingState;
    private StoreState _working;

    public StoreWriter(StoreOptions options, IJournal journal, StoreReader reader, IActorRef watches, IActorRef owner)
    {
        _options = options;
        _journal = journal;
        _reader = reader;
        _watches = watches;
        _owner = owner;
        _determinism = Determinism.For(Context.System);
        _recovery = new StoreRecovery(options, _determinism.Microseconds);
        _durable = _working = _flyingState = _recovery.State;
        Recovering();
    }

    public IStash Stash { get; set; } = null!;

    public static Props PropsFor(StoreOptions options, IJournal journal, StoreReader reader, IActorRef watches, IActorRef owner) =>
        Props.Create(() => new StoreWriter(options, journal, reader, watches, owner));

    protected override void PreStart() => _journal.Read(0, Self);

    /// <summary>Nobody who asked is left without an answer.</summary>
    protected override void PostStop()
    {
        var failure = new StoreUnavailableException("The store stopped before it could tell whether the write became durable. Read the object, then try again.", overloaded: false);
        foreach (var (write, _) in _answering.Concat(_inFlight).Concat(_waiting)) write.Fail(failure);
    }

    private void Recovering()
    {
        Receive<JournalPage>(page =>
        {
            try
            {
                _recovery.Add(page);
            }
            catch (Exception problem) when (problem is InvalidOperationException or System.Text.Json.JsonException)
            {
                Break(problem.Message);
                return;
            }
            if (page.Last) Recovered();
        });
        Receive<JournalFailed>(failure =>
        {
            if (failure.Operation == "read") Break(failure.Message); // Others are answers to what was asked before a restart.
        });
        Receive<JournalAppended>(_ => { });
        Receive<JournalCompacted>(_ => { });
        ReceiveAny(_ => Stash.Stash());
    }

    private void Recovered()
    {
        _durable = _working = _flyingState = _recovery.State;
        _reader.Publish(_durable.Objects, []);
        _watches.Tell(new WatchHub.Command.Begin(_durable.Objects, _recovery.Compacted, _recovery.History, Self));
        _owner.Tell(new StoreRecovered(_durable.Objects.Revision));
        foreach (var change in _recovery.Unforgotten) _garbage.Add(change);
        _recovery = null!; // What it read is not needed again.
        Become(Writing);
        Stash.UnstashAll();
    }

    private void Break(string message)
    {
        _owner.Tell(new StoreBroken(message));
        Become(() =>
        {
            Receive<StoreWrite>(write => write.Fail(new StoreUnavailableException(message, overloaded: false)));
            ReceiveAny(_ => { });
        });
        Stash.UnstashAll();
    }

    private void Writing()
    {
        Receive<StoreWrite>(write =>
        {
            Execute(write);
            Flush();
        });
        Receive<JournalAppended>(_ => Acknowledge());
        Receive<JournalFailed>(failure =>
        {
            if (failure.Operation == "append") RollBack(failure.Message);
            else
            {
                Context.GetLogger().Warning("{0} of the journal failed: {1}", failure.Operation, failure.Message);
                _garbage.Failed();
            }
        });
        Receive<Command.Forget>(forget => Compact(_garbage.Forget(forget.Compacted)));
        Receive<JournalCompacted>(_ => Compact(_garbage.Done()));
        Receive<Command.BeginAgain>(_ => _watches.Tell(new WatchHub.Command.Begin(_durable.Objects, _durable.Objects.Revision, [], Self)));
    }

    private void Compact((long Compacted, IReadOnlyList<long> Garbage)? next)
    {
        if (next is { } known) _journal.Compact(known.Compacted, known.Garbage, Self);
    }

    private void Execute(StoreWrite write)
    {
        if (Math.Max(_pending.Count, _waiting.Count) >= _options.MaxPending)
        {
            write.Fail(new StoreUnavailableException($"{Math.Max(_pending.Count, _waiting.Count)} changes wait for the journal already. Try again in a second.", overloaded: true));
            return;
        }
        var now = DateTimeOffset.FromUnixTimeSeconds(_determinism.UtcNow.ToUnixTimeSeconds());
        var transaction = new StoreTransaction(_working, _options.Fold, now, _determinism.Microseconds);
        object answer;
        try
        {
            answer = write.Execute(transaction);
        }
        catch (Exception problem)
        {
            // A bad request must not stop the writer; the write says what became of it.
            if (IsDurable) write.Fail(problem);
            else _waiting.Add((write, new Refusal(problem)));
            return;
        }
        if (transaction.Changes.Count == 0 && IsDurable)
        {
            write.Complete(answer);
            return;
        }
        // A write that changed nothing may rest on changes that are not durable yet, so it waits for them. So does one that was refused:
        // what it found gone, made or changed meanwhile may never come to be.
        _working = transaction.State;
        _pending.AddRange(transaction.Changes);
        _waiting.Add((write, answer));
    }

    /// <summary>Whether all that writes see now is in the journal.</summary>
    private bool IsDurable => _pending.Count == 0 && _flying.Count == 0;

    private void Flush()
    {
        if (_flying.Count > 0 || _inFlight.Count > 0 || _waiting.Count == 0) return;
        _flying = _pending;
        _pending = [];
        _inFlight = [.. _waiting];
        _waiting.Clear();
        _flyingState = _working;
        if (_flying.Count == 0)
        {
            Acknowledge();
            return;
        }
        var entries = new JournalEntry[_flying.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var change = _flying[i];
            entries[i] = new JournalEntry(change.Revision, change.Type, change.Kind.QualifiedPlural, change.Object.Json);
        }
        _journal.Append(new JournalBatch(entries), Self);
    }

    private void Acknowledge()
    {
        var changes = _flying;
        foreach (var answered in _inFlight) _answering.Enqueue(answered);
        _flying = [];
        _inFlight = [];
        _durable = _flyingState;
        foreach (var change in changes) _garbage.Add(change);
        _reader.Publish(_durable.Objects, changes);
        if (changes.Count > 0) _watches.Tell(new WatchHub.Command.Publish(_durable.Objects, changes));
        while (_answering.TryDequeue(out var next))
        {
            if (next.Answer is Refusal refusal) next.Write.Fail(refusal.Reason);
            else next.Write.Complete(next.Answer);
        }
        Flush();
    }

    /// <summary>The journal refused a batch: nothing since the last durable revision happened.</summary>
    private void RollBack(string message)
    {
        var failure = new StoreUnavailableException($"The write could not be made durable: {message}", overloaded: false);
        var refused = _inFlight.Concat(_waiting).ToList();
        _working = _flyingState = _durable;
        _flying = [];
        _pending = [];
        _inFlight = [];
        _waiting.Clear();
        Context.GetLogger().Error("{0} writes were refused. {1}", refused.Count, failure.Message);
        foreach (var (write, _) in refused) write.Fail(failure);
    }

    /// <summary>Stands for the answer of a write that was refused.</summary>
    private sealed record Refusal(Exception Reason);
}

/// <summary>Told to a store's owner once: it is ready, at this revision.</summary>
public sealed record StoreRecovered(long Revision);

/// <summary>Told to a store's owner once: its journal cannot be used, and why.</summary>
public sealed record StoreBroken(string Message);

using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A disk under the store, over all lives of the control plane: it takes its time, may stall and refuse, and never lies.</summary>
/// <remarks>
/// Calls are carried out one after the other, as the live journal's thread does. A crash keeps the call that is being carried out whole or
/// loses it whole, by a draw, and loses those behind it; none of them is answered.
/// </remarks>
public sealed class SimulatedJournal : IJournal
{
    private const int PageEntries = 500;

    /// <summary>How long a commit takes, in microseconds: an evenly drawn entry, so that one in sixteen is slow.</summary>
    private static readonly int[] Latencies = [60, 70, 80, 80, 90, 90, 100, 100, 110, 120, 130, 150, 180, 250, 600, 3000];

    private readonly SortedDictionary<long, JournalEntry> _entries = [];
    private readonly SimulatedWorld _world;
    private readonly RandomStream _random;
    private readonly Queue<Operation> _waiting = new();
    private readonly List<Active> _faults = [];
    private long _compacted;
    private Operation? _current;

    internal SimulatedJournal(SimulatedWorld world)
    {
        _world = world;
        _random = world.Stream("journal");
    }

    /// <summary>Entries that it holds, oldest first.</summary>
    public IReadOnlyCollection<JournalEntry> Entries => _entries.Values;

    /// <summary>Is told each batch as it reaches the disk, whether or not anybody hears of it.</summary>
    public Tap<JournalBatch> Written { get; } = new();

    /// <summary>Begins a fault; disposing the handle ends it.</summary>
    public IDisposable Add(JournalFault fault)
    {
        var active = new Active(fault, _world.Stream($"journal-fault/{fault.Name}"));
        _faults.Add(active);
        return new Handle(() =>
        {
            _faults.Remove(active);
            if (_current is { IsStalled: true } stalled && !IsStalled) Finish(stalled);
        });
    }

    public void Append(JournalBatch batch, IActorRef replyTo) => Post("append", replyTo, () =>
    {
        foreach (var entry in batch.Entries)
        {
            if (_entries.ContainsKey(entry.Revision))
                return new JournalFailed("append", $"Revision {entry.Revision} is in the journal already. Two writers use it: stop one.");
        }
        foreach (var entry in batch.Entries)
        {
            _entries.Add(entry.Revision, entry);
            _world.Executor.Note(SimulatedExecutor.HashOf(entry.Json));
        }
        Written.Publish(batch);
        return new JournalAppended(batch.LastRevision);
    });

    public void Read(long afterRevision, IActorRef replyTo) => Post("read", replyTo, () =>
    {
        var page = new List<JournalEntry>();
        foreach (var (revision, entry) in _entries)
        {
            if (revision <= afterRevision) continue;
            if (page.Count == PageEntries)
            {
                replyTo.Tell(new JournalPage(page, _compacted, Last: false), ActorRefs.NoSender);
                page = [];
            }
            page.Add(entry);
        }
        return new JournalPage(page, _compacted, Last: true);
    });

    public void Compact(long compacted, IReadOnlyList<long> garbage, IActorRef replyTo) => Post("compact", replyTo, () =>
    {
        foreach (var revision in garbage) _entries.Remove(revision);
        _compacted = Math.Max(_compacted, compacted);
        return new JournalCompacted(_compacted);
    });

    /// <summary>The entries stay for the next life of the control plane.</summary>
    public void Dispose()
    {
        // See above: whoever opens a store on this journal again finds what was synced.
    }

    /// <summary>The process died.</summary>
    internal void Crash()
    {
        if (_current is { Name: not "read" } interrupted && _random.Next(2) == 0) interrupted.Work(); // It reached the disk; nobody hears of it.
        _current = null;
        _waiting.Clear();
    }

    private bool IsStalled => _faults.Exists(active => active.Fault.Stalls);

    private void Post(string name, IActorRef replyTo, Func<object> work)
    {
        _world.Executor.VerifyThread("the journal was used");
        _waiting.Enqueue(new Operation(name, replyTo, work));
        if (_current is null) Next();
    }

    private void Next()
    {
        if (!_waiting.TryDequeue(out var operation)) return;
        _current = operation;
        long time = Latencies[_random.Next(Latencies.Length)];
        foreach (var (fault, random) in _faults)
        {
            if (fault.SlowMicroseconds > 0) time += 1 + random.Next((int)Math.Min(fault.SlowMicroseconds, int.MaxValue));
        }
        _world.Executor.At(_world.Now + time, () =>
        {
            if (!ReferenceEquals(_current, operation)) return; // A crash came first.
            if (IsStalled) operation.IsStalled = true;
            else Finish(operation);
        });
    }

    private void Finish(Operation operation)
    {
        var answer = Refusal(operation) ?? operation.Work();
        _current = null;
        operation.ReplyTo.Tell(answer, ActorRefs.NoSender);
        if (_current is null) Next();
    }

    private JournalFailed? Refusal(Operation operation)
    {
        if (operation.Name == "read") return null; // A store that cannot be read at all does not start; that is no fault that heals.
        foreach (var (fault, random) in _faults)
        {
            if (fault.FailPerMillion > 0 && random.Next(1_000_000) < fault.FailPerMillion)
                return new JournalFailed(operation.Name, "The simulation's fault: the disk refused it. Nothing was written; try again.");
        }
        return null;
    }

    private sealed record Active(JournalFault Fault, RandomStream Random);

    private sealed class Operation(string name, IActorRef replyTo, Func<object> work)
    {
        public string Name => name;
        public IActorRef ReplyTo => replyTo;
        public Func<object> Work => work;
        public bool IsStalled { get; set; }
    }
}

/// <summary>What goes wrong with the disk while it lasts. Plain data.</summary>
public sealed record JournalFault
{
    /// <summary>Names its random stream, so it must be unique among the run's faults.</summary>
    public required string Name { get; init; }

    /// <summary>Appends and compactions that are refused, per million. Nothing of them is written.</summary>
    public int FailPerMillion { get; init; }

    /// <summary>The longest additional time of a call, in microseconds; drawn evenly from 1.</summary>
    public long SlowMicroseconds { get; init; }

    /// <summary>Nothing completes until the fault ends.</summary>
    public bool Stalls { get; init; }
}

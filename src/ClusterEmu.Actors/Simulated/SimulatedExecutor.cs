using System.Buffers.Binary;

namespace ClusterEmu.Actors;

/// <summary>
/// Runs the actors of any number of systems in virtual time on one thread: the next message is chosen among all mailboxes that have one,
/// and time moves to the next timer when no message is left. The order of messages between two actors is kept.
/// </summary>
/// <remarks>
/// Equal choices give equal runs. What would escape (a Tell, a timer or a reading of the clock on another thread; work that takes the
/// simulation's execution context elsewhere) is remembered, and the next step throws <see cref="SimulationEscapedException"/>.
/// </remarks>
public sealed partial class SimulatedExecutor
{
    private static readonly AsyncLocal<SimulatedExecutor?> Inside = new(ContextMoved);

    [ThreadStatic]
    private static SimulatedExecutor? _active; // Whose run this thread is in.

    private readonly DueQueue _due = new();
    private readonly List<Runnable> _runnable = [];
    private readonly Dictionary<Type, ulong> _typeHashes = [];
    private Type? _lastType; // Most messages are of the type of the one before.
    private ulong _lastTypeHash;
    private readonly Func<int, int> _choose;
    private int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _escape;
    private ActorCell? _running;
    private object? _message;
    private volatile bool _runs;
    private long _stepLimit;
    private long _works; // Carried out in this instant.

    /// <param name="choose">Given n, draws a number from 0 to n - 1. Asked only where there is a choice.</param>
    public SimulatedExecutor(Func<int, int> choose) => _choose = choose;

    /// <summary>Virtual time since the beginning, in ticks of 100 ns.</summary>
    public long NowTicks { get; private set; }

    /// <summary>Virtual time since the beginning, in microseconds.</summary>
    public long NowMicroseconds => NowTicks / TimeSpan.TicksPerMicrosecond;

    /// <summary>
    /// How many messages may be handled, and how much other work be done, in one instant of virtual time before the run is taken to go round
    /// in circles. 1 or more. Default: 100,000.
    /// </summary>
    public int MostInAnInstant { get; set; } = 100_000;

    /// <summary>Messages handled so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Covers every step so far (when, which actor, which kind of message) and all that was <see cref="Note">noted</see>.</summary>
    public ulong TraceHash { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Mailboxes that have something to do now.</summary>
    public int RunnableCount => _runnable.Count;

    /// <summary>An actor whose mailbox holds so many messages or more, among those that could run now; null if there is none.</summary>
    public IActorRef? FindFullMailbox(int messages)
    {
        foreach (var runnable in _runnable)
        {
            if (runnable.Cell.CountMessages(messages) >= messages) return runnable.Cell;
        }
        return null;
    }

    /// <summary>Is told each step before it runs; null: nobody. The message is null for a signal of the runtime.</summary>
    public Action<SimulatedProcess, IActorRef, object?>? Observer { get; set; }

    /// <summary>A process: an actor system with a life of its own. See <see cref="SimulatedProcess.Runtime"/>.</summary>
    /// <param name="name">Part of the trace hash, so it must not change from run to run.</param>
    public SimulatedProcess StartProcess(string name) => new(this, name);

    /// <summary>Carries out <paramref name="work"/> at a time; works due at the same time in the order in which they were given.</summary>
    /// <param name="dueMicroseconds">Virtual time; what lies in the past is due now.</param>
    /// <param name="work">Runs between two messages.</param>
    public void At(long dueMicroseconds, Action work) => AtTicks(dueMicroseconds * TimeSpan.TicksPerMicrosecond, new SimulatedAction(work), 0);

    /// <summary>As <see cref="At(long, Action)"/>, for work that is an object.</summary>
    /// <param name="dueMicroseconds">Virtual time; what lies in the past is due now.</param>
    /// <param name="work">Runs between two messages.</param>
    /// <param name="tag">Handed to it: what it is to do, or which of its times has come.</param>
    public void At(long dueMicroseconds, SimulatedWork work, long tag) => AtTicks(dueMicroseconds * TimeSpan.TicksPerMicrosecond, work, tag);

    /// <summary>Adds something that has happened to <see cref="TraceHash"/>.</summary>
    public void Note(ulong value) => TraceHash = Mix(TraceHash, value);

    /// <summary>Runs until a time, or until nothing is left that could happen.</summary>
    /// <param name="microseconds">Virtual time. Afterwards it is exactly this, unless <paramref name="until"/> ended the run.</param>
    /// <param name="until">Asked after each step; true ends the run. Null: never.</param>
    /// <returns>Whether <paramref name="until"/> ended it.</returns>
    /// <exception cref="SimulationEscapedException">Something left the simulation.</exception>
    /// <exception cref="SimulationStuckException">Time does not move on: see <see cref="MostInAnInstant"/>.</exception>
    public bool RunUntil(long microseconds, Func<bool>? until = null)
    {
        _thread = Environment.CurrentManagedThreadId;
        var end = microseconds * TimeSpan.TicksPerMicrosecond;
        var (outer, outerActive) = (Inside.Value, _active);
        Inside.Value = this;
        _active = this;
        _runs = true;
        _stepLimit = Steps + MostInAnInstant;
        try
        {
            while (true)
            {
                if (_runnable.Count > 0) RunOne();
                else if (_due.NextTicks is var next && next <= end && _due.Count > 0) Advance(next);
                else break;
                if (until is not null && until()) return true;
            }
        }
        finally
        {
            _runs = false;
            _active = outerActive;
            Inside.Value = outer;
        }

        NowTicks = Math.Max(NowTicks, end);
        ThrowIfEscaped();
        return false;
    }

    /// <summary>
    /// Checks that the caller belongs to this simulation: it is called in a run of it, by what the run carries out, or between two runs, on the
    /// thread that makes them. For clocks, random sources and journals.
    /// </summary>
    /// <param name="what">What was called, for the report.</param>
    public void VerifyThread(string what)
    {
        if (!IsInside) Escaped(what);
    }

    /// <summary>As <see cref="VerifyThread"/>, for a message that is sent. False: the caller is outside.</summary>
    internal bool VerifyTell(IActorRef recipient)
    {
        if (IsInside) return true;
        Escaped($"a message was sent to {recipient.Path}");
        return false;
    }

    private bool IsInside => ReferenceEquals(_active, this) || (!_runs && _active is null && Environment.CurrentManagedThreadId == _thread);

    /// <summary>FNV-1a of UTF-16 units: the same on every machine.</summary>
    public static ulong HashOf(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var c in text) hash = (hash ^ c) * 0x100000001B3;
        return hash;
    }

    /// <summary>Of bytes: the same on every machine.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = Mix(0xCBF29CE484222325, (ulong)bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var rest in bytes) hash = Mix(hash, rest);
        return hash;
    }

    internal void AtTicks(long dueTicks, SimulatedWork work, long tag)
    {
        VerifyThread("a timer was set");
        _due.Add(Math.Max(dueTicks, NowTicks), work, tag);
    }

    internal void Add(ActorCell cell, SimulatedProcess process, bool continues) => _runnable.Add(new Runnable(cell, process, continues));

    internal void Remove(Predicate<(ActorCell Cell, SimulatedProcess Process)> which, Action<ActorCell, bool> taken)
    {
        var kept = 0;
        for (var i = 0; i < _runnable.Count; i++)
        {
            var runnable = _runnable[i];
            if (which((runnable.Cell, runnable.Process))) taken(runnable.Cell, runnable.Continues);
            else _runnable[kept++] = runnable;
        }

        _runnable.RemoveRange(kept, _runnable.Count - kept);
    }

    private void RunOne()
    {
        ThrowIfEscaped();
        var index = _runnable.Count == 1 ? 0 : _choose(_runnable.Count);
        var (cell, process, continues) = _runnable[index];
        var last = _runnable.Count - 1;
        _runnable[index] = _runnable[last];
        _runnable.RemoveAt(last);

        _running = cell;
        _message = cell.NextMessage;
        if (++Steps > _stepLimit) GoesRound(cell, _message);
        TraceHash = Mix(Mix(Mix(TraceHash, (ulong)NowTicks), process.TraceIdOf(cell)), TypeHash(_message));
        Observer?.Invoke(process, cell, _message);
        new RunnableActor(cell, continues).Run(messages: 1);
        _running = null;
        _message = null;
    }

    private void Advance(long ticks)
    {
        ThrowIfEscaped();
        if (ticks > NowTicks)
        {
            NowTicks = ticks;
            _works = 0;
            _stepLimit = Steps + MostInAnInstant;
        }

        while (_due.Count > 0 && _due.NextTicks <= NowTicks)
        {
            var (work, tag) = _due.Take();
            if (++_works > MostInAnInstant) GoesRound(work);
            work.Run(tag);
        }
    }

    private ulong TypeHash(object? message)
    {
        if (message is null) return 1;
        var type = message.GetType();
        if (ReferenceEquals(type, _lastType)) return _lastTypeHash;
        if (!_typeHashes.TryGetValue(type, out var hash)) _typeHashes[type] = hash = HashOf(type.ToString());
        (_lastType, _lastTypeHash) = (type, hash);
        return hash;
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    private void Escaped(string what)
    {
        var running = _running is { } cell ? $"{cell.Path} was handling {_message?.GetType().Name ?? "a signal"}" : "no actor was running";
        _escape ??= $"{what} {(Environment.CurrentManagedThreadId == _thread ? "from outside of its run" : "on another thread")} at step {Steps} (virtual time {NowTicks / (double)TimeSpan.TicksPerSecond:0.000000} s); {running}.";
    }

    private void ThrowIfEscaped()
    {
        if (_escape is { } escape)
            throw new SimulationEscapedException($"Something left the simulation: {escape} In simulation all work is done by messages; see docs/decisions/0003-rim.md.");
    }

    private static void ContextMoved(AsyncLocalValueChangedArgs<SimulatedExecutor?> change)
    {
        if (change is not { ThreadContextChanged: true, CurrentValue: { } executor }) return;
        if (Environment.CurrentManagedThreadId != executor._thread) executor.Escaped("work began with the simulation's execution context");
    }

    private readonly record struct Runnable(ActorCell Cell, SimulatedProcess Process, bool Continues);
}

/// <summary>Something in a simulation ran outside of its thread, so that the run cannot be repeated.</summary>
public sealed class SimulationEscapedException(string message) : Exception(message);

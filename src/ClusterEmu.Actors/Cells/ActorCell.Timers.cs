namespace ClusterEmu.Actors;

/// <summary>A timer's message on its way to its actor. Dropped there unless the timer still runs in this life of the actor.</summary>
internal sealed class TimerMessage(object key, int generation, bool influencesReceiveTimeout) : INoSerializationVerificationNeeded
{
    public readonly object Key = key;
    public readonly int Generation = generation;
    public readonly bool InfluencesReceiveTimeout = influencesReceiveTimeout;
}

internal sealed partial class ActorCell
{
    private Dictionary<object, RunningTimer>? _timers;
    private int _timerGenerations; // Never reset, so that no two timers of any two lives are taken for each other.

    private sealed record RunningTimer(int Generation, object Message, IActorRef? Sender, bool Repeats, Cancelable Cancelable);

    IReadOnlyCollection<object> ITimerScheduler.ActiveTimers => _timers is null ? [] : _timers.Keys.ToArray();

    void ITimerScheduler.StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        StartTimer(key, msg, interval, interval, null);

    void ITimerScheduler.StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        StartTimer(key, msg, interval, interval, sender);

    void ITimerScheduler.StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        StartTimer(key, msg, initialDelay, interval, null);

    void ITimerScheduler.StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        StartTimer(key, msg, initialDelay, interval, sender);

    void ITimerScheduler.StartSingleTimer(object key, object msg, TimeSpan timeout) => StartTimer(key, msg, timeout, null, null);

    void ITimerScheduler.StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) =>
        StartTimer(key, msg, timeout, null, sender);

    bool ITimerScheduler.IsTimerActive(object key) => _timers is not null && _timers.ContainsKey(key);

    void ITimerScheduler.Cancel(object key)
    {
        if (_timers is not null && _timers.Remove(key, out var timer)) timer.Cancelable.Cancel();
    }

    void ITimerScheduler.CancelAll() => CancelTimers();

    private void StartTimer(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        _timers ??= [];
        if (_timers.Remove(key, out var former)) former.Cancelable.Cancel();
        var generation = ++_timerGenerations;
        var cancelable = new Cancelable(_system.Scheduler);
        var wake = new TimerMessage(key, generation, message is not INotInfluenceReceiveTimeout);
        if (interval is { } period) _system.Scheduler.ScheduleTellRepeatedly(delay, period, this, wake, this, cancelable);
        else _system.Scheduler.ScheduleTellOnce(delay, this, wake, this, cancelable);
        _timers[key] = new RunningTimer(generation, message, sender, interval is not null, cancelable);
    }

    private void CancelTimers()
    {
        if (_timers is null) return;
        foreach (var timer in _timers.Values) timer.Cancelable.Cancel();
        _timers = null;
    }

    private void HandleTimer(TimerMessage wake)
    {
        if (_timers is null || !_timers.TryGetValue(wake.Key, out var timer) || timer.Generation != wake.Generation) return;
        if (!timer.Repeats) _timers.Remove(wake.Key);
        _currentMessage = timer.Message;
        _sender = timer.Sender;
        if (timer.Message is IAutoReceivedMessage) AutoReceive(timer.Message);
        else ReceiveMessage(timer.Message);
    }
}

namespace ClusterEmu.Actors;

internal sealed partial class ActorCell
{
    private ReceiveTimeoutState? _receiveTimeout;

    private sealed class ReceiveTimeoutState(TimeSpan duration)
    {
        public readonly TimeSpan Duration = duration;
        public Cancelable? Pending;
        public bool Changed; // By the handler of the current message.
    }

    TimeSpan? IActorContext.ReceiveTimeout => _receiveTimeout?.Duration;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        _receiveTimeout?.Pending?.Cancel();
        _receiveTimeout = timeout is { } duration && duration > TimeSpan.Zero ? new ReceiveTimeoutState(duration) { Changed = true } : null;
        if (_receiveTimeout is not null && _currentMessage is null) RestartReceiveTimeout(); // Set in a hook, not by a message.
    }

    private void RestartReceiveTimeout()
    {
        var state = _receiveTimeout!;
        state.Pending?.Cancel();
        state.Pending = new Cancelable(_system.Scheduler);
        state.Changed = false;
        _system.Scheduler.ScheduleTellOnce(state.Duration, this, global::ClusterEmu.Actors.ReceiveTimeout.Instance, this, state.Pending);
    }

    private static bool Influences(object message) =>
        message is not INotInfluenceReceiveTimeout and not TimerMessage { InfluencesReceiveTimeout: false };

    private void BeforeMessage(object message)
    {
        if (Influences(message)) _receiveTimeout!.Pending?.Cancel();
    }

    private void AfterMessage(object message)
    {
        if (_receiveTimeout is { } state && (state.Changed || Influences(message) || state.Pending is null))
            RestartReceiveTimeout();
    }
}

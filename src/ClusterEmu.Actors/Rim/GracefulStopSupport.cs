namespace ClusterEmu.Actors;

/// <summary>Stops an actor and waits until it has stopped. For code outside of actors only.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => GracefulStop(target, timeout, PoisonPill.Instance);

    /// <returns>True once the actor has stopped.</returns>
    /// <exception cref="TaskCanceledException">It had not stopped in time.</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        if (target is not IInternalActorRef { OwningSystem: { } system } watched) return true;
        var watcher = new DeathRef(system);
        watched.SendSignal(new Signal.Watch(watched, watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        var expired = new Cancelable(system.Scheduler.Advanced);
        system.Scheduler.Advanced.ScheduleOnce(timeout, watcher.Expire, expired);
        try
        {
            return await watcher.Died.ConfigureAwait(false);
        }
        finally
        {
            expired.Cancel();
            watched.SendSignal(new Signal.Unwatch(watched, watcher));
        }
    }

    private sealed class DeathRef(EmbeddedActorSystem system) : ActorRefBase
    {
        private readonly TaskCompletionSource<bool> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ActorPath Path { get; } = system.NewTempPath();

        public override EmbeddedActorSystem OwningSystem => system;

        public Task<bool> Died => _died.Task;

        public void Expire() => _died.TrySetCanceled();

        public override void SendSignal(Signal signal)
        {
            if (signal is Signal.Died) _died.TrySetResult(true);
        }

        protected override void TellInternal(object message, IActorRef? sender)
        {
        }
    }
}

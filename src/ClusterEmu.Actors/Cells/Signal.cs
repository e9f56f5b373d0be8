namespace ClusterEmu.Actors;

/// <summary>What the runtime says to a cell. Signals overtake all waiting messages. One object goes to one cell only.</summary>
internal abstract class Signal
{
    internal Signal? Next;

    internal sealed class Closed : Signal;

    internal sealed class Create : Signal;

    internal sealed class Recreate(Exception cause) : Signal
    {
        public readonly Exception Cause = cause;
    }

    internal sealed class Suspend : Signal;

    internal sealed class Resume(Exception? causedByFailure) : Signal
    {
        public readonly Exception? CausedByFailure = causedByFailure;
    }

    internal sealed class Terminate : Signal;

    internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : Signal
    {
        public readonly IInternalActorRef Watchee = watchee;
        public readonly IInternalActorRef Watcher = watcher;
    }

    internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : Signal
    {
        public readonly IInternalActorRef Watchee = watchee;
        public readonly IInternalActorRef Watcher = watcher;
    }

    internal sealed class Died(IActorRef actor, bool existenceConfirmed) : Signal
    {
        public readonly IActorRef Actor = actor;
        public readonly bool ExistenceConfirmed = existenceConfirmed;
    }

    internal sealed class Failed(ActorCell child, Exception cause) : Signal
    {
        public readonly ActorCell Child = child;
        public readonly Exception Cause = cause;
    }
}

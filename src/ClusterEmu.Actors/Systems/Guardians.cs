namespace ClusterEmu.Actors;

/// <summary>The root of the tree: stops the system's actors after the users', then itself.</summary>
internal sealed class RootGuardian : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WatchGuardians:
                foreach (var guardian in Context.GetChildren()) Context.Watch(guardian);
                if (Context.Child("user") is Nobody) StopSystem(); // It was stopped before this message came.
                break;
            case Terminated terminated when terminated.ActorRef.Path.Name == "user":
                StopSystem();
                break;
            case Terminated:
                Context.Stop(Self);
                break;
        }
    }

    private void StopSystem()
    {
        if (Context.Child("system") is Nobody) Context.Stop(Self);
        else Context.Stop(Context.Child("system"));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    public sealed class WatchGuardians
    {
        public static readonly WatchGuardians Instance = new();
    }
}

/// <summary>The parent of all top-level actors.</summary>
internal sealed class Guardian(SupervisorStrategy strategy, string name) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is StopChild stop) Context.Stop(stop.Child);
        else Context.System.DeadLetters.Tell(message, Sender);
    }

    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override SupervisorStrategy SupervisorStrategy() => strategy;

    public override string ToString() => name;

    public sealed record StopChild(IActorRef Child);
}

/// <summary>Above the root: learns that the tree is gone.</summary>
internal sealed class AboveRoot(EmbeddedActorSystem system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path => path;

    public override EmbeddedActorSystem OwningSystem => system;

    public override void SendSignal(Signal signal)
    {
        switch (signal)
        {
            case Signal.Died:
                system.FinishTermination();
                break;
            case Signal.Failed failed:
                LogWriter.WriteError($"The root guardian of {system.Name} failed, so the system stops: {failed.Cause}");
                failed.Child.SendSignal(new Signal.Terminate());
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef? sender) => system.ReportDeadLetter(message, sender, this);
}

/// <summary>The strategies that akka.actor.guardian-supervisor-strategy can name.</summary>
internal static class GuardianStrategies
{
    public static SupervisorStrategy ByName(string name) => name.Split(',')[0].Trim() switch
    {
        "Akka.Actor.DefaultSupervisorStrategy" => SupervisorStrategy.DefaultStrategy,
        "Akka.Actor.StoppingSupervisorStrategy" => SupervisorStrategy.StoppingStrategy,
        _ => throw new ConfigurationException(
            $"akka.actor.guardian-supervisor-strategy is \"{name}\". Use Akka.Actor.DefaultSupervisorStrategy or Akka.Actor.StoppingSupervisorStrategy."),
    };
}

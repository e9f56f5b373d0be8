namespace ClusterEmu.Actors;

/// <summary>Tells a logger to start. It answers <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    public LoggingBus LoggingBus { get; }
}

/// <summary>Answers <see cref="InitializeLogger"/>.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded;

/// <summary>Writes log events to standard output, one line each. The key akka.loggers names the actors that take its place.</summary>
public class DefaultLogger : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent) => LogWriter.Write(logEvent);
}

/// <summary>Logs the first dead letters of a system, up to the number in akka.log-dead-letters.</summary>
internal sealed class DeadLetterListener(Settings settings) : UntypedActor
{
    private int _count;

    protected override void OnReceive(object message)
    {
        if (message is not AllDeadLetters letter || message is SuppressedDeadLetter) return;
        if (((EmbeddedActorSystem)Context.System).IsQuietAboutDeadLetters) return;
        _count++;
        if (_count > settings.LogDeadLetters || letter.Message is LogEvent) return;
        var origin = letter.Sender is ActorCell ? $" from {letter.Sender}" : "";
        var fate = letter is UnhandledMessage ? "was unhandled" : "was not delivered";
        var rest = letter is UnhandledMessage
            ? ""
            : $"If this is not an expected behavior then {letter.Recipient} may have terminated unexpectedly. ";
        var last = _count == settings.LogDeadLetters ? ", no more dead letters will be logged" : "";
        Context.System.EventStream.Publish(new Info(
            letter.Recipient.Path.ToString(),
            letter.Recipient.GetType(),
            $"Message [{letter.Message.GetType().Name}]{origin} to {letter.Recipient} {fate}. [{_count}] dead letters encountered{last}. {rest}"
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and "
            + $"'akka.log-dead-letters-during-shutdown'. Message content: {letter.Message}"));
    }
}

using System.Globalization;

namespace ClusterEmu.Actors;

public enum LogLevel
{
    DebugLevel,
    InfoLevel,
    WarningLevel,
    ErrorLevel,
}

/// <summary>One line for the log.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    protected LogEvent()
    {
        Timestamp = ActorCell.Current is { } cell ? cell.System.UtcNow : LogClock.UtcNow;
        Thread = Thread.CurrentThread;
    }

    public Exception Cause { get; protected set; } = null!;

    /// <summary>UTC.</summary>
    public DateTime Timestamp { get; private set; }

    public Thread Thread { get; private set; }

    public string LogSource { get; protected set; } = "";

    public Type LogClass { get; protected set; } = typeof(object);

    public object Message { get; protected set; } = "";

    public abstract LogLevel LogLevel();

    public override string ToString()
    {
        var level = LogLevel() switch
        {
            Actors.LogLevel.DebugLevel => "DEBUG",
            Actors.LogLevel.InfoLevel => "INFO",
            Actors.LogLevel.WarningLevel => "WARNING",
            _ => "ERROR",
        };
        var time = Timestamp.ToString("MM/dd/yyyy HH:mm:ss.fffK", CultureInfo.InvariantCulture);
        var line = $"[{level}][{time}][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}";
        return Cause is null ? line : $"{line}{Environment.NewLine}Cause: {Cause}";
    }

    private protected void Fill(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause!;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }
}

/// <summary>A line for those who look for a fault.</summary>
public class Debug : LogEvent
{
    public Debug(string logSource, Type logClass, object message) => Fill(null, logSource, logClass, message);

    public Debug(Exception cause, string logSource, Type logClass, object message) => Fill(cause, logSource, logClass, message);

    public override LogLevel LogLevel() => Actors.LogLevel.DebugLevel;
}

/// <summary>A line about the normal course of things.</summary>
public class Info : LogEvent
{
    public Info(string logSource, Type logClass, object message) => Fill(null, logSource, logClass, message);

    public Info(Exception cause, string logSource, Type logClass, object message) => Fill(cause, logSource, logClass, message);

    public override LogLevel LogLevel() => Actors.LogLevel.InfoLevel;
}

/// <summary>A line about something odd that was coped with.</summary>
public class Warning : LogEvent
{
    public Warning(string logSource, Type logClass, object message) => Fill(null, logSource, logClass, message);

    public Warning(Exception cause, string logSource, Type logClass, object message) => Fill(cause, logSource, logClass, message);

    public override LogLevel LogLevel() => Actors.LogLevel.WarningLevel;
}

/// <summary>A line about a failure.</summary>
public class Error : LogEvent
{
    public Error(Exception cause, string logSource, Type logClass, object message) => Fill(cause, logSource, logClass, message);

    public override LogLevel LogLevel() => Actors.LogLevel.ErrorLevel;
}

namespace ClusterEmu.Actors;

/// <summary>Makes loggers and names log levels.</summary>
public static class Logging
{
    public static string SimpleName(object o) => SimpleName(o.GetType());

    public static string SimpleName(Type t) => t.Name;

    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentException($"Unknown LogLevel [{logLevel}]. Use one that LogLevel names.", nameof(logLevel)),
    };

    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        _ => throw new ArgumentException($"Unknown LogLevel [{logLevel}]. Use one that LogLevel names.", nameof(logLevel)),
    };

    /// <summary>A logger that names the actor as its source.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter? logMessageFormatter = null) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type, FormatterOr(logMessageFormatter));

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null) =>
        GetLogger(system.EventStream, logSourceObj is string name ? $"{name}({system})" : logSourceObj, logMessageFormatter);

    public static ILoggingAdapter GetLogger(LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null)
    {
        var (source, type) = logSourceObj switch
        {
            string name => (name, typeof(string)),
            Type t => (t.ToString(), t),
            IActorContext context => (context.Self.Path.ToString(), context.Props.Type),
            IActorRef actor => (actor.Path.ToString(), actor.GetType()),
            _ => (SimpleName(logSourceObj), logSourceObj.GetType()),
        };
        return new BusLogging(loggingBus, source, type, FormatterOr(logMessageFormatter));
    }

    /// <summary>The level of this name: DEBUG, INFO, WARNING, ERROR or OFF, in any case.</summary>
    public static LogLevel LogLevelFor(string logLevel) => logLevel.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" => Off,
        _ => throw new ArgumentException(
            $"Unknown LogLevel: \"{logLevel}\". Valid values are: \"DEBUG\", \"INFO\", \"WARNING\", \"ERROR\" and \"OFF\".", nameof(logLevel)),
    };

    public static LogLevel LogLevelFor<T>()
        where T : LogEvent => typeof(T).Name switch
        {
            nameof(Debug) => LogLevel.DebugLevel,
            nameof(Info) => LogLevel.InfoLevel,
            nameof(Warning) => LogLevel.WarningLevel,
            nameof(Error) => LogLevel.ErrorLevel,
            _ => throw new ArgumentException($"Unknown LogEvent type: \"{typeof(T).FullName}\". Use Debug, Info, Warning or Error."),
        };

    internal const LogLevel Off = (LogLevel)int.MaxValue;

    private static ILogMessageFormatter FormatterOr(ILogMessageFormatter? formatter) => formatter ?? DefaultLogMessageFormatter.Instance;
}

using System.Text.RegularExpressions;

namespace ClusterEmu.Actors.Testing;

/// <summary>Makes filters for the log: for the code given, so many events of a kind are expected.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly LogFilter[] _filters;

    public EventFilterFactory(TestKitBase testkit)
        : this(testkit, testkit.Sys)
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system)
        : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, LogFilter[] filters)
    {
        _testkit = testkit;
        _system = system;
        _filters = filters;
    }

    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        ForException(exceptionType, pattern.IsMatch, source, checkInnerExceptions);

    /// <summary>Errors logged with such an exception whose message fits.</summary>
    public IEventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public IEventFilterApplier Exception(
        Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null,
        bool checkInnerExceptions = false) =>
        ForException(exceptionType, text => Fits(text, message, start, contains), source, checkInnerExceptions);

    private IEventFilterApplier ForException(Type type, Predicate<string> fits, string? source, bool checkInnerExceptions) => Custom(logEvent =>
    {
        if (logEvent is not Error error || !FromSource(logEvent, source)) return false;
        for (var cause = error.Cause; cause is not null; cause = checkInnerExceptions ? cause.InnerException : null)
            if (type.IsInstanceOfType(cause) && (fits(cause.Message) || fits(error.Message?.ToString() ?? "")))
                return true;
        return false;
    });

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) =>
        new EventFilterApplier(_testkit, _system, [.. _filters, new LogFilter(predicate)]);

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Custom(logEvent => logEvent is TLogEvent typed && predicate(typed));

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLevel(logLevel, text => Fits(text, message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        ForLevel(logLevel, pattern.IsMatch, source);

    private IEventFilterApplier ForLevel(LogLevel level, Predicate<string> fits, string? source) => Custom(logEvent =>
        logEvent.LogLevel() == level && logEvent.Message is not AllDeadLetters && FromSource(logEvent, source)
        && fits(logEvent.Message?.ToString() ?? ""));

    public IEventFilterApplier DeadLetter() => DeadLetter(typeof(object), _ => true);

    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(typeof(TMessage), source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetter(typeof(TMessage), message => isMatch((TMessage)message), source);

    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetter(type, _ => true, source);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) => Custom(logEvent =>
        logEvent.Message is DeadLetter letter && FromSource(logEvent, source) && type.IsInstanceOfType(letter.Message) && isMatch(letter.Message));

    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    public IEventFilterApplier Error(Regex pattern, string? source = null) => ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    public IEventFilterApplier Warning(Regex pattern, string? source = null) => ForLogLevel(LogLevel.WarningLevel, pattern, source);

    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    public IEventFilterApplier Info(Regex pattern, string? source = null) => ForLogLevel(LogLevel.InfoLevel, pattern, source);

    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    public IEventFilterApplier Debug(Regex pattern, string? source = null) => ForLogLevel(LogLevel.DebugLevel, pattern, source);

    private static bool Fits(string text, string? message, string? start, string? contains) =>
        (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));

    /// <summary>A source is named whole, or as a path without the system's address.</summary>
    private static bool FromSource(LogEvent logEvent, string? source) => source is null || logEvent.LogSource == source
        || (ActorPath.TryParse(logEvent.LogSource, out var path) && path.ToStringWithoutAddress() == source);
}

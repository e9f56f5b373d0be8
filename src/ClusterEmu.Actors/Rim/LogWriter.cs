namespace ClusterEmu.Actors;

/// <summary>Writes whole lines to standard output and standard error.</summary>
internal static class LogWriter
{
    public static void Write(LogEvent logEvent) => Console.Out.WriteLine(logEvent.ToString());

    public static void WriteError(string line) => Console.Error.WriteLine(line);
}

/// <summary>The time of log events that are made outside of actors.</summary>
internal static class LogClock
{
    public static DateTime UtcNow => DateTime.UtcNow;
}

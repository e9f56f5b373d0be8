namespace ClusterEmu.Cli.Launching;

/// <summary>Reads the logs that the processes of a cluster write.</summary>
internal static class ProcessLog
{
    private const int MaxBytes = 8192;

    /// <summary>What was written after <paramref name="start"/>, at most the last 8 KiB; empty if the log is not there.</summary>
    public static string Tail(string path, long start)
    {
        if (!File.Exists(path)) return "";
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(Math.Min(stream.Length, Math.Max(start, stream.Length - MaxBytes)), SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }
}

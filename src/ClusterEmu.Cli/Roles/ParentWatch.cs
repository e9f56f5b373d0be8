namespace ClusterEmu.Cli.Roles;

/// <summary>Ends this process when the launcher closes our standard input, or dies: the pipe then ends either way.</summary>
internal sealed class ParentWatch : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public CancellationToken Token => _ended.Token;

    public static ParentWatch Start()
    {
        var watch = new ParentWatch();
        var thread = new Thread(watch.ReadToEnd) { IsBackground = true, Name = "parent-watch" };
        thread.Start();
        return watch;
    }

    public void Dispose()
    {
        // The reading thread may still cancel: the source is left to the collector.
    }

    private void ReadToEnd()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> buffer = stackalloc byte[64];
        while (input.Read(buffer) > 0)
        {
            // Nothing is said on this pipe; only its end matters.
        }
        _ended.Cancel();
    }
}

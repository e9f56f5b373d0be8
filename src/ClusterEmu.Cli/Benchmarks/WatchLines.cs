using ClusterEmu.Cli.ApiAccess;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>A watch over HTTPS, line by line.</summary>
internal sealed class WatchLines : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly StreamReader _reader;

    private WatchLines(StreamReader reader) => _reader = reader;

    /// <param name="api">The connection; the watch gets one of its own from its pool.</param>
    /// <param name="path">With <c>watch=true</c>.</param>
    /// <param name="accept">The form of the objects.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">The watch is refused.</exception>
    public static async Task<WatchLines> OpenAsync(ApiConnection api, string path, string accept, CancellationToken cancellationToken) =>
        new(new StreamReader(await api.OpenAsync(path, accept, cancellationToken)));

    /// <summary>Reads until a line fits.</summary>
    /// <exception cref="CommandFailure">The watch ended, or nothing that fits came within five minutes.</exception>
    public async Task UntilAsync(Func<string, bool> fits, string wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (await _reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (fits(line)) return;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new CommandFailure($"{wanted} did not come within {Patience.TotalMinutes:0} minutes.");
        }
        throw new CommandFailure($"The watch ended before {wanted} came.");
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }
}

using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Benchmarks;
using ClusterEmu.Client;

namespace ClusterEmu.Cli.Checks;

/// <summary>What <c>check history</c> did and found.</summary>
/// <param name="Writes">Writes that were sent.</param>
/// <param name="Acknowledged">Of those: acknowledged.</param>
/// <param name="Unknown">Of those: nobody knows.</param>
/// <param name="Reads">Gets and lists.</param>
/// <param name="Watches">Watches that were opened.</param>
/// <param name="Events">What they brought.</param>
/// <param name="Expired">How often a watcher found its history gone.</param>
/// <param name="Kills">How often the API server was killed.</param>
/// <param name="Problems">The promises that were not kept.</param>
internal sealed record HistoryFindings(int Writes, int Acknowledged, int Unknown, int Reads, int Watches, int Events, int Expired, int Kills, IReadOnlyList<HistoryProblem> Problems);

/// <summary>
/// Lets clients write, read and watch a cluster of their own over HTTPS while its API server is killed and its history is compacted away, and
/// holds what they were told against the API's promises.
/// </summary>
internal static class HistoryCheck
{
    public static async Task<HistoryFindings> RunAsync(HistoryOptions options, CancellationToken cancellationToken)
    {
        await using var cluster = await BenchCluster.StartAsync(1, 1, cancellationToken, HistoryOptions.Configuration);
        var history = new ApiHistory();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connections = new List<ApiConnection>();
        var watchers = Enumerable.Range(0, options.Watchers)
            .Select(i => new HistoryWatcher(Connect(), history, $"watcher-{i}", (WatcherHabit)(i % 3), options.Seed + 1000 + i)).ToList();
        var running = watchers.Select(watcher => watcher.RunAsync(stop.Token))
            .Concat(Enumerable.Range(0, options.Writers).Select(i => new HistoryWriter(Connect(), history, $"writer-{i}", options.Seed + i).RunAsync(stop.Token)))
            .ToList();
        try
        {
            await KillAsync(cluster, options, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running);
            foreach (var connection in connections) connection.Dispose();
        }
        var writes = history.Writes;
        return new HistoryFindings(
            writes.Count, writes.Count(write => write.Outcome == HistoryOutcome.Done), writes.Count(write => write.Outcome == HistoryOutcome.Unknown), history.Reads.Count,
            history.Watches.Count, watchers.Sum(watcher => watcher.Events), watchers.Sum(watcher => watcher.Expired), options.Kills, HistoryChecker.Check(history));

        ApiConnection Connect()
        {
            var connection = cluster.Connect();
            connections.Add(connection);
            return connection;
        }
    }

    /// <summary>Kills the API server at even distances, and lets the last life go on for as long.</summary>
    private static async Task KillAsync(BenchCluster cluster, HistoryOptions options, CancellationToken cancellationToken)
    {
        for (var kill = 0; kill < options.Kills; kill++)
        {
            await Task.Delay(options.Duration / (options.Kills + 1), cancellationToken);
            cluster.Kill("control-plane");
        }
        await Task.Delay(options.Duration / (options.Kills + 1), cancellationToken);
    }
}

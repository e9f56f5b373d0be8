namespace ClusterEmu.Cli.Benchmarks;

/// <summary>How long a cluster of three nodes takes to be ready, and what it weighs at rest.</summary>
internal static class StartupBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync(int runs, int restSeconds, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        var memory = 0.0;
        for (var run = 0; run < runs; run++)
        {
            await using var cluster = await BenchCluster.StartAsync(3, 2, cancellationToken);
            seconds.Add(cluster.ReadySeconds);
            if (run < runs - 1) continue;
            await Task.Delay(TimeSpan.FromSeconds(restSeconds), cancellationToken);
            memory = cluster.MemoryMiB();
        }
        return
        [
            new Figure("up until ready, median", Figure.Median(seconds), "s"),
            new Figure("up until ready, best", seconds.Min(), "s"),
            new Figure("up until ready, worst", seconds.Max(), "s"),
            new Figure($"memory of all processes {restSeconds} s after ready", memory, "MiB"),
        ];
    }
}

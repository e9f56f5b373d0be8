using System.Diagnostics;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>A Deployment's scale-up until all Pods are in Endpoints, and isolated selector changes until Endpoints follow.</summary>
/// <remarks>
/// What is written is seen by a watch. Each selector change sets a label of the Service too: it comes to the Endpoints in the
/// very write that follows the selector, so that the watch needs metadata only and the client's own work stays out of the figure.
/// </remarks>
internal static class PodBenchmark
{
    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"bench"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"bench"}},
         "template":{"metadata":{"labels":{"app":"bench"}},"spec":{"containers":[{"name":"c","image":"nginx:1.21","ports":[{"containerPort":8080}]}]}}}}
        """;

    private const string Service = """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"bench"},"spec":{"selector":{"app":"bench"},"ports":[{"port":80,"targetPort":8080}]}}
        """;

    private const string Watch = "/api/v1/namespaces/default/endpoints?watch=true&fieldSelector=metadata.name%3Dbench";
    private const string MetadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    /// <param name="replicas">2 or more.</param>
    /// <param name="flips">Selector changes, to nothing and back in turn; 2 or more.</param>
    /// <param name="pause">Between two of them: long enough, they are isolated.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(int replicas, int flips, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (replicas < 2) throw new CommandFailure($"--replicas is {replicas}, but must be 2 or more: the scale-up begins with 1. Usual: 300.", 2);
        if (flips < 2) throw new CommandFailure($"--flips is {flips}, but must be 2 or more: one to nothing and one back. Usual: 40.", 2);
        if (pause < TimeSpan.Zero) throw new CommandFailure($"--pause is {pause.TotalMilliseconds:0} ms, but must be 0 or more. Usual: 100.", 2);
        await using var cluster = await BenchCluster.StartAsync(Math.Max(3, (replicas / 100) + 1), 2, cancellationToken);
        await RequireAsync(cluster, HttpMethod.Post, "/apis/apps/v1/namespaces/default/deployments", Deployment, cancellationToken);
        await RequireAsync(cluster, HttpMethod.Post, "/api/v1/namespaces/default/services", Service, cancellationToken);
        var (scaleUp, perPod) = await ScaleUpAsync(cluster, replicas, cancellationToken);

        await using var marks = await WatchLines.OpenAsync(cluster.Api, Watch, MetadataOnly, cancellationToken);
        var (away, back) = (new List<double>(), new List<double>());
        for (var flip = 0; flip < flips; flip++)
        {
            await Task.Delay(pause, cancellationToken);
            var wrong = flip % 2 == 0;
            var patch = $$"""{ "metadata": { "labels": { "flip": "n{{flip}}" } }, "spec": { "selector": { "app": "{{(wrong ? "wrong" : "bench")}}" } } }""";
            var began = Stopwatch.GetTimestamp();
            await PatchAsync(cluster, "/api/v1/namespaces/default/services/bench", patch, cancellationToken);
            await marks.UntilAsync(line => line.Contains($"\"flip\":\"n{flip}\"", StringComparison.Ordinal), $"Endpoints with the label flip=n{flip}");
            (wrong ? away : back).Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        // That the mark came with the addresses, not before them, is looked at once.
        await using var last = await WatchLines.OpenAsync(cluster.Api, Watch, "application/json", cancellationToken);
        await last.UntilAsync(line => EndpointCount.Ready(line) == (flips % 2 == 0 ? replicas : 0), "Endpoints as the last selector change leaves them");
        return
        [
            new Figure($"Deployment scale-up to {replicas} Pods in Endpoints", (replicas - 1) / scaleUp, "Pods per s"),
            new Figure("CPU time of all processes per Pod", perPod, "ms"),
            new Figure($"selector change to {replicas} addresses until seen, p50", Figure.Median(back), "ms"),
            new Figure($"selector change to {replicas} addresses until seen, p99", Figure.Quantile(back, 0.99), "ms"),
            new Figure("selector change to none until seen, p50", Figure.Median(away), "ms"),
            new Figure("selector change to none until seen, p99", Figure.Quantile(away, 0.99), "ms"),
        ];
    }

    /// <returns>Seconds, and milliseconds of CPU time for each Pod.</returns>
    private static async Task<(double Seconds, double PerPod)> ScaleUpAsync(BenchCluster cluster, int replicas, CancellationToken cancellationToken)
    {
        await using var whole = await WatchLines.OpenAsync(cluster.Api, Watch, "application/json", cancellationToken);
        await whole.UntilAsync(line => EndpointCount.Ready(line) == 1, "Endpoints with 1 address");
        var cpu = cluster.ProcessorTime();
        var began = Stopwatch.GetTimestamp();
        await PatchAsync(cluster, "/apis/apps/v1/namespaces/default/deployments/bench", $"{{\"spec\":{{\"replicas\":{replicas}}}}}", cancellationToken);
        await whole.UntilAsync(line => EndpointCount.Ready(line) == replicas, $"Endpoints with {replicas} addresses");
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (seconds, (cluster.ProcessorTime() - cpu).TotalMilliseconds / (replicas - 1));
    }

    private static Task PatchAsync(BenchCluster cluster, string path, string patch, CancellationToken cancellationToken) =>
        RequireAsync(cluster, HttpMethod.Patch, path, patch, cancellationToken, "application/merge-patch+json");

    private static async Task RequireAsync(BenchCluster cluster, HttpMethod method, string path, string body, CancellationToken cancellationToken, string mediaType = "application/json")
    {
        var answer = await cluster.Api.SendAsync(method, path, body, mediaType, cancellationToken: cancellationToken);
        if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
    }
}

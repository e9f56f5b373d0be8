using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>A Deployment's scale-up until all Pods are in Endpoints, and a selector change until Endpoints follow.</summary>
internal static class PodBenchmark
{
    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"bench"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"bench"}},
         "template":{"metadata":{"labels":{"app":"bench"}},"spec":{"containers":[{"name":"c","image":"nginx:1.21","ports":[{"containerPort":8080}]}]}}}}
        """;

    private const string Service = """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"bench"},"spec":{"selector":{"app":"bench"},"ports":[{"port":80,"targetPort":8080}]}}
        """;

    public static async Task<IReadOnlyList<Figure>> RunAsync(int replicas, int flips, CancellationToken cancellationToken)
    {
        await using var cluster = await BenchCluster.StartAsync(Math.Max(3, (replicas / 100) + 1), 2, cancellationToken);
        await RequireAsync(cluster, HttpMethod.Post, "/apis/apps/v1/namespaces/default/deployments", Deployment, cancellationToken);
        await RequireAsync(cluster, HttpMethod.Post, "/api/v1/namespaces/default/services", Service, cancellationToken);
        await UntilAsync(cluster, 1, cancellationToken);

        var began = Stopwatch.GetTimestamp();
        await PatchAsync(cluster, "/apis/apps/v1/namespaces/default/deployments/bench", $"{{\"spec\":{{\"replicas\":{replicas}}}}}", cancellationToken);
        await UntilAsync(cluster, replicas, cancellationToken);
        var scaleUp = Stopwatch.GetElapsedTime(began).TotalSeconds;

        var followed = new List<double>();
        for (var flip = 0; flip < flips; flip++)
        {
            var wrong = flip % 2 == 0;
            began = Stopwatch.GetTimestamp();
            await PatchAsync(cluster, "/api/v1/namespaces/default/services/bench", $"{{\"spec\":{{\"selector\":{{\"app\":\"{(wrong ? "wrong" : "bench")}\"}}}}}}", cancellationToken);
            await UntilAsync(cluster, wrong ? 0 : replicas, cancellationToken);
            followed.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return
        [
            new Figure($"Deployment scale-up to {replicas} Pods in Endpoints", (replicas - 1) / scaleUp, "Pods per s"),
            new Figure("selector change until Endpoints are read, p50", Figure.Median(followed), "ms"),
            new Figure("selector change until Endpoints are read, p99", Figure.Quantile(followed, 0.99), "ms"),
        ];
    }

    private static async Task UntilAsync(BenchCluster cluster, int count, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var endpoints = await cluster.Api.GetAsync("/api/v1/namespaces/default/endpoints/bench", cancellationToken: cancellationToken);
            var now = endpoints.Ok ? (endpoints.Json["subsets"] as JsonArray ?? []).Sum(subset => (subset!["addresses"] as JsonArray)?.Count ?? 0) : -1;
            if (now == count) return;
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(5)) throw new CommandFailure($"Endpoints hold {now} addresses instead of {count} after 5 minutes.");
            if (count > 1) await Task.Delay(1, cancellationToken);
        }
    }

    private static Task PatchAsync(BenchCluster cluster, string path, string patch, CancellationToken cancellationToken) =>
        RequireAsync(cluster, HttpMethod.Patch, path, patch, cancellationToken, "application/merge-patch+json");

    private static async Task RequireAsync(BenchCluster cluster, HttpMethod method, string path, string body, CancellationToken cancellationToken, string mediaType = "application/json")
    {
        var answer = await cluster.Api.SendAsync(method, path, body, mediaType, cancellationToken: cancellationToken);
        if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
    }
}

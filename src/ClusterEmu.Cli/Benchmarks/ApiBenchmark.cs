using System.Diagnostics;
using ClusterEmu.Cli.ApiAccess;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>Durable writes and reads of the API over HTTPS.</summary>
internal static class ApiBenchmark
{
    private const int Clients = 8;
    private const string Collection = "/api/v1/namespaces/default/configmaps";

    public static async Task<IReadOnlyList<Figure>> RunAsync(int writes, CancellationToken cancellationToken)
    {
        await using var cluster = await BenchCluster.StartAsync(3, 2, cancellationToken);
        await WriteAsync(cluster, "warm", writes / 4, cancellationToken);
        var cpu = cluster.ProcessorTime();
        var began = Stopwatch.GetTimestamp();
        await WriteAsync(cluster, "w", writes, cancellationToken);
        var perSecond = writes / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var perWrite = (cluster.ProcessorTime() - cpu).TotalMicroseconds / writes;
        cpu = cluster.ProcessorTime();
        began = Stopwatch.GetTimestamp();
        await PatchAsync(cluster, "w", writes / 4, cancellationToken);
        var patched = writes / 4 / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var perPatch = (cluster.ProcessorTime() - cpu).TotalMicroseconds / (writes / 4.0);
        var all = await MedianAsync(cluster, Collection, cancellationToken);
        var byLabel = await MedianAsync(cluster, Collection + "?labelSelector=part%3D7", cancellationToken);
        var byName = await MedianAsync(cluster, "/api/v1/configmaps?fieldSelector=metadata.name%3Dw-7", cancellationToken);
        var walk = await WalkAsync(cluster, cancellationToken);
        var pods = writes / 4;
        await BindAsync(cluster, pods, cancellationToken);
        var allPods = await MedianAsync(cluster, "/api/v1/pods", cancellationToken);
        var onNode = await MedianAsync(cluster, "/api/v1/pods?fieldSelector=spec.nodeName%3Dnowhere-7", cancellationToken);
        return
        [
            new Figure($"durable writes, {Clients} clients", perSecond, "per s"),
            new Figure("CPU time of all processes per write", perWrite, "µs"),
            new Figure($"durable patches, {Clients} clients", patched, "per s"),
            new Figure("CPU time of all processes per patch", perPatch, "µs"),
            new Figure($"list of {writes + (writes / 4)} ConfigMaps, median", all, "ms"),
            new Figure("list of a hundredth of them by label, median", byLabel, "ms"),
            new Figure("list of one of them by name, median", byName, "ms"),
            new Figure("walk over all of them in chunks of 500", walk, "ms"),
            new Figure($"list of {pods} Pods, median", allPods, "ms"),
            new Figure("list of a hundredth of them by spec.nodeName, median", onNode, "ms"),
        ];
    }

    private static async Task<double> MedianAsync(BenchCluster cluster, string path, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await cluster.Api.GetAsync(path, cancellationToken: cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return Figure.Median(times);
    }

    private static async Task<double> WalkAsync(BenchCluster cluster, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var token = "";
        do
        {
            var chunk = await cluster.Api.GetAsync($"{Collection}?limit=500&continue={token}", cancellationToken: cancellationToken);
            token = (string?)chunk.Json["metadata"]?["continue"] ?? "";
        }
        while (token.Length > 0);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>Pods on nodes that are not there: nobody runs them, and nobody takes them away before 40 s have passed.</summary>
    private static Task BindAsync(BenchCluster cluster, int count, CancellationToken cancellationToken) => EachAsync(cluster, count, (api, i) =>
    {
        var body = $"{{\"metadata\":{{\"name\":\"bound-{i}\"}},\"spec\":{{\"nodeName\":\"nowhere-{i % 100}\",\"containers\":[{{\"name\":\"c\",\"image\":\"pause\"}}]}}}}";
        return api.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/pods", body, cancellationToken: cancellationToken);
    }, cancellationToken);

    private static Task WriteAsync(BenchCluster cluster, string prefix, int count, CancellationToken cancellationToken) => EachAsync(cluster, count, (api, i) =>
    {
        var body = $"{{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{{\"name\":\"{prefix}-{i}\",\"labels\":{{\"part\":\"{i % 100}\"}}}},\"data\":{{\"k\":\"{new string('v', 100)}\"}}}}";
        return api.SendAsync(HttpMethod.Post, Collection, body, cancellationToken: cancellationToken);
    }, cancellationToken);

    private static Task PatchAsync(BenchCluster cluster, string prefix, int count, CancellationToken cancellationToken) => EachAsync(cluster, count, (api, i) =>
        api.SendAsync(HttpMethod.Patch, $"{Collection}/{prefix}-{i}", """{"data":{"more":"of it"}}""", "application/merge-patch+json", cancellationToken: cancellationToken), cancellationToken);

    private static Task EachAsync(BenchCluster cluster, int count, Func<ApiConnection, int, Task<ApiAnswer>> send, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            using var api = cluster.Connect();
            for (var i = client; i < count; i += Clients)
            {
                var answer = await send(api, i);
                if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
            }
        }, cancellationToken)));
}

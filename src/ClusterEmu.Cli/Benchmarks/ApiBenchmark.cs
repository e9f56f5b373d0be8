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
        var lists = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            began = Stopwatch.GetTimestamp();
            await cluster.Api.GetAsync(Collection, cancellationToken: cancellationToken);
            lists.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return
        [
            new Figure($"durable writes, {Clients} clients", perSecond, "per s"),
            new Figure("CPU time of all processes per write", perWrite, "µs"),
            new Figure($"durable patches, {Clients} clients", patched, "per s"),
            new Figure("CPU time of all processes per patch", perPatch, "µs"),
            new Figure($"list of {writes + (writes / 4)} ConfigMaps, median", Figure.Median(lists), "ms"),
        ];
    }

    private static Task WriteAsync(BenchCluster cluster, string prefix, int count, CancellationToken cancellationToken) => EachAsync(cluster, count, (api, i) =>
    {
        var body = $"{{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{{\"name\":\"{prefix}-{i}\"}},\"data\":{{\"k\":\"{new string('v', 100)}\"}}}}";
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

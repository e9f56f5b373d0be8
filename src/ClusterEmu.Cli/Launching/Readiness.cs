using System.Diagnostics;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;

namespace ClusterEmu.Cli.Launching;

/// <summary>Waits until a cluster can be used: the API serves, all nodes are Ready, cluster DNS answers.</summary>
public static class Readiness
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <param name="api">The cluster's API.</param>
    /// <param name="nodes">How many nodes there must be.</param>
    /// <param name="refusal">What a process said that will never start; null while none did.</param>
    /// <param name="patience">After that it is a failure.</param>
    /// <param name="progress">Told of each stage as it is reached.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommandFailure">It took too long; the message says what is missing.</exception>
    public static async Task WaitAsync(ApiConnection api, int nodes, Func<string?> refusal, TimeSpan patience, Action<string> progress, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await UntilAsync("the API server did not become ready", async () => (await api.GetAsync("/readyz", cancellationToken: cancellationToken)).Ok);
        progress("API serves");
        await UntilAsync($"not all {nodes} nodes became Ready", async () =>
            (await api.GetAsync("/api/v1/nodes?resourceVersion=0", cancellationToken: cancellationToken)).Json["items"] is JsonArray items && items.Count(IsReady) >= nodes);
        progress(nodes == 1 ? "1 node Ready" : $"{nodes} nodes Ready");
        const string Probe = """{"url":"https://kubernetes.default.svc.cluster.local/readyz","from":"node/node-1","count":1,"timeoutMs":500}""";
        await UntilAsync("cluster DNS did not answer", async () =>
        {
            var answer = await api.SendAsync(HttpMethod.Post, "/api/v1/nodes/node-1/proxy/clusteremu/request", Probe, cancellationToken: cancellationToken);
            return answer.Ok && answer.Json["succeeded"]?.GetValue<int>() == 1;
        });
        progress("cluster DNS answers");

        async Task UntilAsync(string problem, Func<Task<bool>> condition)
        {
            CommandFailure? last = null;
            while (true)
            {
                try
                {
                    if (await condition()) return;
                }
                catch (CommandFailure failure)
                {
                    last = failure; // Not serving yet.
                }
                if (refusal() is { } said) throw new CommandFailure(said, 2);
                if (Stopwatch.GetElapsedTime(began) > patience)
                    throw new CommandFailure($"After {patience.TotalSeconds:0} s {problem}. {last?.Message}".TrimEnd() + " Logs are in the state directory under logs/.");
                await Task.Delay(Poll, cancellationToken);
            }
        }
    }

    private static bool IsReady(JsonNode? node) =>
        node?["status"]?["conditions"] is JsonArray conditions
        && conditions.Any(condition => condition?["type"]?.GetValue<string>() == "Ready" && condition["status"]?.GetValue<string>() == "True");
}

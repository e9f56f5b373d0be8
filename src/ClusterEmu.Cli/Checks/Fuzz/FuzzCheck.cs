using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Benchmarks;

namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>How much <c>check fuzz</c> does.</summary>
/// <param name="Requests">In all, 1 or more.</param>
/// <param name="WarmUp">Of these, before memory is weighed for the first time.</param>
/// <param name="Clients">That send side by side, 1 to 64.</param>
/// <param name="Seed">Of all that is drawn.</param>
internal sealed record FuzzOptions(int Requests, int WarmUp, int Clients, int Seed)
{
    /// <summary>Little is kept of the past, so that what stays is a leak; and half a request is not waited for long.</summary>
    public const string Configuration = "cluster-emu.control-plane { watch-window = 64KiB, watch-window-age = 1s, request-timeout = 5s }";

    /// <summary>How much more the heap may hold at the end than after the warm-up.</summary>
    public const double MostGrowth = 1.10;
}

/// <summary>What <c>check fuzz</c> found.</summary>
/// <param name="Requests">That were sent.</param>
/// <param name="Warm">The server after the warm-up.</param>
/// <param name="End">The server at the end.</param>
/// <param name="Problems">What was wrong, at most a hundred.</param>
internal sealed record FuzzFindings(int Requests, ServerWeight Warm, ServerWeight End, IReadOnlyList<string> Problems);

/// <summary>What the API server's process holds after a full collection.</summary>
internal sealed record ServerWeight(long HeapBytes, int Connections, int Watches);

/// <summary>
/// Sends generated requests, right and wrong, to a cluster of its own. Each must get a Status with the right code, never a 500 or silence, and
/// afterwards no connection, watch or memory may be left.
/// </summary>
internal static class FuzzCheck
{
    private const int MostProblems = 100;

    public static async Task<FuzzFindings> RunAsync(FuzzOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var cluster = await BenchCluster.StartAsync(1, 1, cancellationToken, FuzzOptions.Configuration);
        var problems = new List<string>();
        await CreateNamespaceAsync(cluster.Api, cancellationToken);
        var senders = Enumerable.Range(0, options.Clients).Select(_ => new FuzzSender(cluster.Record.ApiAddress, cluster.Pki.Authority, cluster.Pki.Token)).ToList();
        var generators = Enumerable.Range(0, options.Clients).Select(i => new FuzzGenerator(options.Seed + i)).ToList();
        try
        {
            await SendAsync(options.WarmUp);
            var warm = await SettledAsync(cluster, senders, problems, cancellationToken);
            progress($"{options.WarmUp} requests: heap {warm.HeapBytes / 1048576.0:0.0} MiB, {warm.Connections} connections, {warm.Watches} watches");
            await SendAsync(options.Requests - options.WarmUp);
            var end = await SettledAsync(cluster, senders, problems, cancellationToken);
            if (end.HeapBytes > warm.HeapBytes * FuzzOptions.MostGrowth)
                problems.Add($"The heap grew from {warm.HeapBytes} bytes after {options.WarmUp} requests to {end.HeapBytes}: by {(100.0 * end.HeapBytes / warm.HeapBytes) - 100:0.0} %, but 10 % are allowed.");
            if (end.Connections > warm.Connections) problems.Add($"{end.Connections} connections are open at the end, but {warm.Connections} were after the warm-up.");
            if (end.Watches > warm.Watches) problems.Add($"{end.Watches} watches are open at the end, but {warm.Watches} were after the warm-up.");
            return new FuzzFindings(options.Requests, warm, end, problems);
        }
        finally
        {
            foreach (var sender in senders) sender.Dispose();
        }

        Task SendAsync(int count) => Task.WhenAll(Enumerable.Range(0, options.Clients).Select(async client =>
        {
            for (var i = client; i < count; i += options.Clients)
            {
                var request = generators[client].Next();
                if (await senders[client].SendAsync(request, cancellationToken) is not { } problem) continue;
                lock (problems)
                {
                    if (problems.Count < MostProblems) problems.Add($"client {client}, {request} {problem}");
                }
            }
        }));
    }

    /// <summary>Takes away all that the requests have made, waits until the server has ended what was abandoned, and weighs it.</summary>
    private static async Task<ServerWeight> SettledAsync(BenchCluster cluster, IReadOnlyList<FuzzSender> senders, List<string> problems, CancellationToken cancellationToken)
    {
        foreach (var sender in senders)
        {
            foreach (var connection in sender.Abandoned)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(TimeSpan.FromSeconds(30));
                try
                {
                    await connection.WaitForEndAsync(limit.Token);
                }
                catch (IOException)
                {
                    // Ended by a reset: that is an end.
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    problems.Add("A connection that was left in the middle of a request was still open after 30 s.");
                }
            }
            sender.Dispose();
        }
        await CleanUpAsync(cluster.Api, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken); // Longer than the store's window, so that nothing of the past is kept.
        var weight = new ServerWeight(long.MaxValue, 0, 0);
        for (var i = 0; i < 5; i++)
        {
            var answer = await cluster.Api.GetAsync("/debug/clusteremu/weight?collect=true", cancellationToken: cancellationToken);
            if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
            var heap = answer.Json["heapBytes"]!.GetValue<long>();
            weight = new ServerWeight(Math.Min(weight.HeapBytes, heap), answer.Json["connections"]!.GetValue<int>(), answer.Json["watches"]!.GetValue<int>());
        }
        return weight;
    }

    private static async Task CreateNamespaceAsync(ApiConnection api, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces", $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{FuzzTargets.Namespace}}"} }""", cancellationToken: cancellationToken);
        if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
    }

    /// <summary>Deletes every object that a request may have made: those whose names begin with <c>fuzz</c>, wherever they are, but not the namespace.</summary>
    private static async Task CleanUpAsync(ApiConnection api, CancellationToken cancellationToken)
    {
        foreach (var kind in FuzzKinds.All)
        {
            if (await api.GetAsync($"{kind.Root}/{kind.Plural}", cancellationToken: cancellationToken) is not { Ok: true } list) continue;
            foreach (var item in list.Json["items"] as JsonArray ?? [])
            {
                var (name, ns) = (item?["metadata"]?["name"]?.ToString() ?? "", item?["metadata"]?["namespace"]?.ToString());
                if (ns != FuzzTargets.Namespace && (!name.StartsWith("fuzz", StringComparison.Ordinal) || name == FuzzTargets.Namespace)) continue;
                if (kind.Plural == "serviceaccounts" && name == "default") continue;
                var path = ns is null ? $"{kind.Root}/{kind.Plural}/{name}" : $"{kind.Root}/namespaces/{ns}/{kind.Plural}/{name}";
                await api.SendAsync(HttpMethod.Patch, path, """{"metadata":{"finalizers":null}}""", "application/merge-patch+json", cancellationToken: cancellationToken);
                await api.SendAsync(HttpMethod.Delete, path + "?gracePeriodSeconds=0", cancellationToken: cancellationToken);
            }
        }
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Commands;

namespace ClusterEmu.Cli.Demonstration;

/// <summary>What a chapter can do: apply samples, send requests, look, wait, and check.</summary>
internal sealed class DemoStage(ApiConnection api, DemoOutput output, string nameOption, int slot, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => _failures;
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The address of node i that the host reaches.</summary>
    public string NodeAddress(int index) => $"127.{18 + slot}.0.{1 + index}";

    /// <summary>The text of a manifest under samples/guide.</summary>
    public static string Sample(string path)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("samples/" + path)
            ?? throw new InvalidOperationException($"The program holds no sample '{path}'.");
        return new StreamReader(stream).ReadToEnd();
    }

    /// <summary>Shows a manifest and applies it.</summary>
    public async Task ApplyAsync(string path, bool show = true)
    {
        var text = Sample(path);
        output.Command($"kubectl apply -f samples/guide/{path}");
        if (show) output.Manifest(text);
        var said = new StringWriter();
        var files = await ManifestFiles.ReadAsync([ManifestFiles.StandardInput], new StringReader(text), cancellationToken);
        await ManifestCommands.ApplyAsync(api, files, said, cancellationToken);
        output.Result(said.ToString());
    }

    /// <summary>Sends requests and shows the report, with the trace of the first.</summary>
    public async Task<JsonObject> RequestAsync(string from, string url, int count = 1, bool trace = true, int timeoutMs = 5000)
    {
        output.Command($"clusteremu request {url} --from {from}{(count > 1 ? $" --count {count}" : "")}{(trace ? " --trace" : "")}{(timeoutMs == 5000 ? "" : $" --timeout {timeoutMs}ms")}{nameOption}");
        var report = await QuietRequestAsync(from, url, count, trace, timeoutMs);
        if (report["traces"] is JsonArray { Count: > 1 } traces) report["traces"] = new JsonArray(traces[0]!.DeepClone());
        var text = new StringWriter();
        RequestReportText.Print(text, report);
        output.Result(text.ToString());
        return report;
    }

    /// <summary>The same without showing it.</summary>
    public Task<JsonObject> QuietRequestAsync(string from, string url, int count = 1, bool trace = false, int timeoutMs = 5000) => RequestCommand.SendAsync(
        api,
        new JsonObject { ["url"] = url, ["from"] = from, ["count"] = count, ["method"] = "GET", ["headers"] = new JsonArray(), ["timeoutMs"] = timeoutMs, ["trace"] = trace, ["keepalive"] = false },
        cancellationToken);

    public void Expect(bool met, string text)
    {
        output.Expectation(met, text);
        if (!met) _failures.Add(text);
    }

    public void Say(string text) => output.Story(text);

    public void Show(string command, string text)
    {
        output.Command(command);
        output.Result(text);
    }

    public async Task<JsonObject> ReadAsync(string path)
    {
        var answer = await api.GetAsync(path, cancellationToken: cancellationToken);
        return answer.Ok ? answer.Json : [];
    }

    public async Task<JsonObject> PatchAsync(string command, string path, string patch)
    {
        output.Command(command);
        var answer = await api.SendAsync(HttpMethod.Patch, path, patch, "application/merge-patch+json", cancellationToken: cancellationToken);
        if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
        return answer.Json;
    }

    /// <summary>Waits until the condition holds; a failure of the chapter if it does not within 30 s.</summary>
    public async Task<bool> WaitAsync(string what, Func<Task<bool>> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            if (await condition()) return true;
            await Task.Delay(50, cancellationToken);
        }
        Expect(false, $"{what} (not within {Patience.TotalSeconds:0} s)");
        return false;
    }

    /// <summary>The ready addresses of a Service's Endpoints, <c>ip:port</c>, sorted.</summary>
    public async Task<IReadOnlyList<string>> EndpointsAsync(string service)
    {
        var endpoints = await ReadAsync($"/api/v1/namespaces/default/endpoints/{service}");
        return
        [
            .. (endpoints["subsets"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(subset =>
                (subset["addresses"] as JsonArray ?? []).SelectMany(address =>
                    (subset["ports"] as JsonArray ?? []).Select(port => $"{address!["ip"]}:{port!["port"]}"))).Order(StringComparer.Ordinal),
        ];
    }

    public async Task<bool> WaitForEndpointsAsync(string service, int count) =>
        await WaitAsync($"{service} has {count} endpoints", async () => (await EndpointsAsync(service)).Count == count);

    /// <summary>Waits until a node's table has as many endpoints as the API for a Service; changes propagate by themselves.</summary>
    public async Task<bool> WaitForAnswerAsync(string from, string url) =>
        await WaitAsync($"{url} answers from {from}", async () => (await QuietRequestAsync(from, url, timeoutMs: 1000))["succeeded"]!.GetValue<int>() == 1);

    /// <summary>Waits until 30 requests in a row are answered: then the sender's table leads to no Pod that is gone.</summary>
    public async Task<bool> WaitForAnswersAsync(string from, string url) =>
        await WaitAsync($"{url} always answers from {from}", async () => (await QuietRequestAsync(from, url, count: 30, timeoutMs: 1000))["succeeded"]!.GetValue<int>() == 30);

    public async Task ShowEndpointsAsync(string service)
    {
        var addresses = await EndpointsAsync(service);
        Show($"kubectl get endpoints {service}", $"{service}   {(addresses.Count == 0 ? "<none>" : string.Join(",", addresses))}");
    }

    public static int Succeeded(JsonObject report) => report["succeeded"]!.GetValue<int>();

    public static int Failed(JsonObject report, string kind) => report["failed"]?[kind]?.GetValue<int>() ?? 0;

    public static IReadOnlyDictionary<string, int> ByPod(JsonObject report) =>
        (report["byPod"] as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<int>(), StringComparer.Ordinal);

    /// <summary>All details of a report's traces, for looking a reason up.</summary>
    public static string Reasons(JsonObject report) =>
        string.Join("\n", (report["traces"] as JsonArray ?? []).SelectMany(trace => trace!["hops"] as JsonArray ?? []).Select(hop => hop!["detail"]!.ToString()));
}

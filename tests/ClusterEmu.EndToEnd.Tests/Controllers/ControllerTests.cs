using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests.Controllers;

/// <summary>A controller that knows the API alone, with leader election, while the API server is killed again and again.</summary>
public sealed class ControllerTests
{
    private const int Sources = 5;
    private const int Rounds = 4;
    private const int WritesPerRound = 60;

    [Fact]
    public async Task ControllersOfOthers_MissNothingWhileTheApiServerIsKilled()
    {
        await using var cluster = await RunningCluster.StartAsync();
        using var api = new PlainApi(cluster.Kubeconfig);
        using var stop = new CancellationTokenSource();
        using var stopFirst = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var (first, second) = (new CopyController(api, "default", "one"), new CopyController(api, "default", "two"));
        var running = new List<Task> { first.RunAsync(stopFirst.Token) };
        await cluster.EventuallyAsync(() => Task.FromResult($"{first.Leads}"), text => text == "True");
        running.Add(second.RunAsync(stop.Token));

        var acknowledged = new List<long>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            var writing = WriteAsync(api, acknowledged, values, round, stop.Token);
            await Task.Delay(100);
            await KillApiServerAsync(cluster);
            await writing;
            if (round == 1) await stopFirst.CancelAsync(); // The other one takes the Lease over once it has run out.
        }

        await cluster.EventuallyAsync(async () =>
        {
            var wrong = new List<string>();
            foreach (var (name, value) in values)
            {
                var (code, copy) = await api.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/default/configmaps/copy-of-{name}", null, stop.Token);
                var has = code == HttpStatusCode.OK ? copy["data"]!["v"]!.ToString() : $"{code}";
                if (has != value) wrong.Add($"copy-of-{name} has {has}, not {value}");
            }
            return string.Join(", ", wrong);
        }, text => text.Length == 0);
        Assert.True(second.Leads);
        await cluster.EventuallyAsync(() => Task.FromResult($"{acknowledged.Except(second.Seen).Count()} acknowledged revisions were never told"), text => text.StartsWith("0 ", StringComparison.Ordinal));
        await stop.CancelAsync();
        await Task.WhenAll(running);
        Assert.Equal(0, second.Relists);
        Assert.True(second.Watches > Rounds, $"the watch was hardly broken: {second.Watches} watches");
        Assert.Equal(second.Seen.Order(), second.Seen.Distinct());
        Assert.True(acknowledged.Count >= Rounds * WritesPerRound);
    }

    /// <summary>Writes sources; each write is repeated until somebody says that it is done.</summary>
    private static async Task WriteAsync(PlainApi api, List<long> acknowledged, Dictionary<string, string> values, int round, CancellationToken stop)
    {
        for (var i = 0; i < WritesPerRound; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"source-{i % Sources}");
            var value = string.Create(CultureInfo.InvariantCulture, $"{round}-{i}");
            var path = "/api/v1/namespaces/default/configmaps";
            var source = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["role"] = "source" } }, ["data"] = new JsonObject { ["v"] = value } };
            var (code, answer) = values.ContainsKey(name) ? await api.SendAsync(HttpMethod.Put, $"{path}/{name}", source, stop) : await api.SendAsync(HttpMethod.Post, path, source, stop);
            if (code == HttpStatusCode.Conflict) (code, answer) = await api.SendAsync(HttpMethod.Put, $"{path}/{name}", source, stop); // It had been created, but the answer was lost.
            Assert.True((int)code < 300, $"{code}: {answer}");
            acknowledged.Add(long.Parse(answer["metadata"]!["resourceVersion"]!.ToString(), CultureInfo.InvariantCulture));
            values[name] = value;
        }
    }

    private static async Task KillApiServerAsync(RunningCluster cluster)
    {
        var pid = 0;
        await cluster.EventuallyAsync(async () => $"{pid = (await KillTests.RecordAsync(cluster)).Single(process => process.Name == "control-plane").Pid}", text => text != "0");
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }
}

using System.Diagnostics;
using System.Globalization;
using ClusterEmu.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>kill -9 of any process, under writes: nothing acknowledged is lost, and the cluster comes back by itself.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const string SeedVariable = "CLUSTEREMU_KILL_SEED";

    [KubectlFact]
    public async Task AcknowledgedObjects_SurviveTwentyKills()
    {
        await using var cluster = await TrafficTests.WithWebAsync();
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"{SeedVariable}={seed} draws the same victims again");
        var random = new Random(seed);
        using var stop = new CancellationTokenSource();
        var acknowledged = new List<string>();
        var writer = WriteAsync(cluster, acknowledged, stop.Token);
        var killed = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var processes = (await RecordAsync(cluster)).Where(process => process.Pid > 0).ToList();
            var victim = processes[random.Next(processes.Count)];
            killed.Add(victim.Name);
            Kill(victim.Pid);
            await cluster.EventuallyAsync(
                async () => string.Join(' ', await RecordAsync(cluster)),
                _ => RecordAsync(cluster).Result is var now && now.Count == 4 && now.All(process => process.Pid > 0 && process.Pid != victim.Pid), 30);
            await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get --raw /readyz")).Output, text => text.Contains("ok", StringComparison.Ordinal));
        }
        await stop.CancelAsync();
        await writer;

        Assert.True(acknowledged.Count > Rounds, $"only {acknowledged.Count} writes were acknowledged; {SeedVariable}={seed}");
        var present = (await cluster.KubectlAsync("get configmaps -o name")).Succeeded().Output.Split('\n').Select(line => line.Replace("configmap/", "", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var lost = acknowledged.Where(name => !present.Contains(name)).ToList();
        Assert.True(lost.Count == 0, $"lost after killing {string.Join(", ", killed)} ({SeedVariable}={seed}): {string.Join(", ", lost)}");
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get nodes --no-headers")).Output, text => text.Split(" Ready ").Length == 4, 60);
        // A machine that needed long for a restart has lost its Pods to eviction, and nobody makes a Pod without owner anew.
        await cluster.ApplyAsync(TrafficTests.Client);
        await cluster.EventuallyAsync(async () => (await cluster.EmuAsync("request http://web-svc --from pod/default/client --count 30")).All, text => text.Contains("30 sent, 30 answered", StringComparison.Ordinal), 60);
    }

    private static async Task WriteAsync(RunningCluster cluster, List<string> acknowledged, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var name = $"kept-{i}";
            if ((await cluster.KubectlAsync($"create configmap {name} --from-literal=i={i}")).ExitCode == 0) acknowledged.Add(name);
        }
    }

    /// <summary>The processes as the launcher notes them.</summary>
    internal static async Task<IReadOnlyList<(string Name, int Pid)>> RecordAsync(RunningCluster cluster)
    {
        var file = Path.Combine(cluster.Folder, "state", cluster.Name, "cluster.json");
        var record = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        return [.. record["processes"]!.AsArray().Select(process => (process!["name"]!.ToString(), process["pid"]!.GetValue<int>()))];
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill(); // SIGKILL on Unix.
    }
}

using System.Text.Json.Nodes;
using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>The command <c>simulate</c>: seeds give the same hashes in whatever process they run.</summary>
public sealed class SimulationTests : IDisposable
{
    /// <summary>Whoever loses a process late has no time to become whole again, so that some seeds fail.</summary>
    private const string Hasty = """
        name: hasty
        topology: {nodes: 2, dnsReplicas: 1}
        manifests:
        - text: |
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: web, image: "nginx:1.27"}
        duration: 3s
        faults:
          kinds:
            crash: {percent: 60, longest: 3s}
            proxy-lag: {}
        expect: {converged: 150ms}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("clusteremu-simulate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task FiftySeeds_FailingOnesAmongThem_HaveTheSameHashesInOtherProcesses()
    {
        var file = await ScenarioAsync(Hasty);
        var together = await SeedsAsync("simulate", file, "--seeds", "50", "--parallel", "2");
        var apart = new List<(string Hash, string? Invariant)>();
        foreach (var first in (string[])["1", "18", "35"])
            apart.AddRange(await SeedsAsync("simulate", file, "--first", first, "--seeds", first == "35" ? "16" : "17", "--parallel", "1"));
        Assert.Equal(together, apart);
        Assert.Equal(50, together.Select(seed => seed.Hash).Distinct().Count());
        Assert.Contains(together, seed => seed.Invariant is not null);
        Assert.Contains(together, seed => seed.Invariant is null);
    }

    [Fact]
    public async Task FailingSeed_IsShrunkToAScenarioFile_ThatFailsTheSameWay()
    {
        var file = await ScenarioAsync(Hasty);
        var seeds = await SeedsAsync("simulate", file, "--seeds", "20");
        var seed = $"{1 + seeds.FindIndex(found => found.Invariant is not null)}";
        var shrink = await RunAsync("simulate", file, "--seed", seed, "--shrink", "--tries", "30");
        Assert.Contains($"Wrote hasty-seed-{seed}.yaml", shrink.Output, StringComparison.Ordinal);
        Assert.Contains("Replay: clusteremu simulate", shrink.Output, StringComparison.Ordinal);
        var again = await RunAsync("simulate", Path.Combine(_folder, $"hasty-seed-{seed}.yaml"), "--seed", seed, "-o", "json");
        Assert.Equal(1, again.ExitCode);
        Assert.Equal(seeds[int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture) - 1].Invariant, JsonNode.Parse(again.Output)!["seeds"]![0]!["violation"]!["invariant"]!.ToString());
    }

    [Theory]
    [InlineData("name: x\ntoplogy: {}\n", "has no key toplogy. The nearest is topology")]
    [InlineData("name: x\nfaults: {kinds: {crush: {}}}\n", "There is no fault crush. The nearest is crash")]
    public async Task Mistake_InAScenario_IsRefusedWithItsPlace(string scenario, string message)
    {
        var refused = await RunAsync("simulate", await ScenarioAsync(scenario));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
    }

    private async Task<string> ScenarioAsync(string text)
    {
        var file = Path.Combine(_folder, "scenario.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private async Task<List<(string Hash, string? Invariant)>> SeedsAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--keep-going", "-o", "json"]);
        Assert.True(result.ExitCode is 0 or 1, result.Error);
        return [.. JsonNode.Parse(result.Output)!["seeds"]!.AsArray().Select(seed => (seed!["hash"]!.ToString(), seed["violation"]?["invariant"]?.ToString()))];
    }

    private Task<Outcome> RunAsync(params string[] arguments) => Shell.RunAsync(Tools.Program, arguments, timeoutSeconds: 180, folder: _folder);
}

using System.Text.Json.Nodes;
using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>Short forms of <c>clusteremu check</c>.</summary>
public sealed class CheckTests
{
    [Fact]
    public async Task Histories_KeepTheApisPromisesWhileItsServerIsKilled()
    {
        var folder = Directory.CreateTempSubdirectory("clusteremu-check-").FullName;
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder, ["CLUSTEREMU_HOME"] = folder };
            var outcome = (await Shell.RunAsync(Tools.Program, ["check", "history", "--seconds", "12", "--kills", "2", "-o", "json"], environment, timeoutSeconds: 180)).Succeeded();
            var findings = JsonNode.Parse(outcome.Output)!;
            Assert.Empty(findings["problems"]!.AsArray());
            foreach (var counted in (string[])["acknowledged", "reads", "watches", "events"])
                Assert.True(findings[counted]!.GetValue<int>() > 20, $"hardly any {counted}:\n{outcome}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

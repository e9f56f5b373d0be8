using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>README's first command, to its end.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_MeetsEveryExpectation()
    {
        var home = Directory.CreateTempSubdirectory("clusteremu-demo-").FullName;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home, ["CLUSTEREMU_HOME"] = Path.Combine(home, "state"), ["KUBECONFIG"] = "" };
        var demo = await Shell.RunAsync(Tools.Program, ["demo", "--name", $"demo-{Environment.ProcessId}", "--exit"], environment, timeoutSeconds: 240);
        Assert.True(demo.ExitCode == 0, demo.ToString());
        Assert.DoesNotContain("NOT AS EXPECTED", demo.Output, StringComparison.Ordinal);
        for (var chapter = 1; chapter <= 12; chapter++) Assert.Contains($"== Chapter {chapter}:", demo.Output, StringComparison.Ordinal);
        Directory.Delete(home, recursive: true);
    }
}

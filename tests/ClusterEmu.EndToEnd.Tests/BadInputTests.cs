using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>Bad input gets a message that says what to do, and nothing else breaks.</summary>
public sealed class BadInputTests
{
    [KubectlFact]
    public async Task Mistakes_AreNamedAndHarmless()
    {
        await using var cluster = await RunningCluster.StartAsync();
        var folder = cluster.Folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "malformed.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: x\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "unknown.yaml"), "apiVersion: v1\nkind: Sevrice\nmetadata: {name: x}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "big.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata: {k: \"" + new string('x', 10 << 20) + "\"}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "overlap.conf"), "cluster-emu.network.pod-range = \"10.96.0.0/16\"\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "typo.conf"), "cluster-emu.fabric.prot = 1\n");
        var used = (await cluster.StatusAsync())["api"]!.ToString().Split(':')[^1];

        await RefusesAsync(cluster, ["apply", "-f", Path.Combine(folder, "malformed.yaml")], "line");
        await RefusesAsync(cluster, ["apply", "-f", Path.Combine(folder, "unknown.yaml")], "no matches for kind \"Sevrice\"");
        await RefusesAsync(cluster, ["apply", "-f", Path.Combine(folder, "missing.yaml")], "missing.yaml");
        await RefusesAsync(cluster, ["apply", "-f", Path.Combine(folder, "big.yaml")], "limit");
        await RefusesAsync(cluster, ["apply", "-f", Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName], "no objects found");
        await RefusesAsync(cluster, ["get", "pods", "x", "-A"], "-n NS");
        await RefusesAsync(cluster, ["request", "http://x", "--method", "A B"], "no HTTP method");
        await RefusesAsync(cluster, ["node", "stop", "node-9"], "There are: node-1, node-2, node-3");
        await RefusesAsync(cluster, ["request", "http://x", "--from", "nowhere"], "Use pod/NS/NAME");
        await RefusesAsync(cluster, ["up", "--kubeconfig", cluster.Kubeconfig], "running already");
        var other = new[] { "up", "--name", "other", "--kubeconfig", Path.Combine(folder, "other") };
        Assert.Contains("--api-port", await FailAsync(cluster, [.. other, "--api-port", used]), StringComparison.Ordinal);
        Assert.Contains("overlap", await FailAsync(cluster, [.. other, "--config", Path.Combine(folder, "overlap.conf")]), StringComparison.Ordinal);
        Assert.Contains("The nearest is cluster-emu.fabric.port", await FailAsync(cluster, [.. other, "--config", Path.Combine(folder, "typo.conf")]), StringComparison.Ordinal);
        Assert.Contains("Nothing was started", await FailAsync(cluster, [.. other, "-f", Path.Combine(folder, "malformed.yaml")]), StringComparison.Ordinal);
        Assert.Contains("--kubeconfig FILE", await FailAsync(cluster, ["up", "--name", "other", "--kubeconfig", Path.Combine(folder, "typo.conf", "below")]), StringComparison.Ordinal);
        Assert.Contains("See 'clusteremu up --help'", await FailAsync(cluster, ["up", "--nodes", "many"]), StringComparison.Ordinal);
        Assert.Contains("--state-dir", await FailAsync(cluster, [.. other, "--state-dir", "/proc/none"]), StringComparison.Ordinal);

        var server = (await cluster.StatusAsync())["api"]!.ToString();
        var wrongToken = await cluster.KubectlAsync(["--kubeconfig", "/dev/null", "--server", server, "--insecure-skip-tls-verify", "--token", "wrong", "get", "pods"]);
        Assert.NotEqual(0, wrongToken.ExitCode);
        Assert.Contains("Unauthorized", wrongToken.All.Replace("You must be logged in", "Unauthorized", StringComparison.Ordinal), StringComparison.Ordinal);
        var outOfRange = await cluster.KubectlAsync("create service nodeport x --tcp=80:80 --node-port=80");
        Assert.Contains("provided port is not in the valid range. The range of valid ports is 30000-32767", outOfRange.All, StringComparison.Ordinal);
        (await cluster.KubectlAsync("create service nodeport one --tcp=80:80 --node-port=30999")).Succeeded();
        var taken = await cluster.KubectlAsync("create service nodeport two --tcp=80:80 --node-port=30999");
        Assert.Contains("provided port is already allocated", taken.All, StringComparison.Ordinal);

        // kubectl validates the items of a List itself, by the server's OpenAPI.
        await File.WriteAllTextAsync(Path.Combine(folder, "list.yaml"), "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: x}, spec: {prots: []}}\n");
        Assert.Contains("unknown field \"prots\" in io.k8s.api.core.v1.ServiceSpec", (await cluster.KubectlAsync(["apply", "-f", Path.Combine(folder, "list.yaml")])).All, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "list.yaml"), "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: in-list}, data: {a: b}}\n");
        Assert.Equal("configmap/in-list created\n", (await cluster.KubectlAsync(["apply", "-f", Path.Combine(folder, "list.yaml")])).Succeeded().All);

        Assert.Equal(3, (await cluster.KubectlAsync("get nodes --no-headers")).Succeeded().Output.Split(" Ready ").Length - 1);
    }

    private static async Task RefusesAsync(RunningCluster cluster, IReadOnlyList<string> arguments, string message) =>
        Assert.Contains(message, await FailAsync(cluster, [.. arguments, "--name", cluster.Name]), StringComparison.Ordinal);

    private static async Task<string> FailAsync(RunningCluster cluster, IReadOnlyList<string> arguments)
    {
        var outcome = await cluster.RunAsync(arguments, 90);
        Assert.True(outcome.ExitCode != 0, outcome.ToString());
        Assert.DoesNotContain("   at ClusterEmu", outcome.All, StringComparison.Ordinal);
        return outcome.Error;
    }
}

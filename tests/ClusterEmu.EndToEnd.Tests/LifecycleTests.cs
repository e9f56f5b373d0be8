using System.Text.Json.Nodes;
using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>up, status, list, down: what a user sees of a cluster's life.</summary>
public sealed class LifecycleTests
{
    [KubectlFact]
    public async Task Processes_AreSeveral_AndBothClustersWorkAtOnce()
    {
        var clusters = await Task.WhenAll(RunningCluster.StartAsync(), RunningCluster.StartAsync());
        await using var one = clusters[0];
        await using var two = clusters[1];
        foreach (var cluster in clusters)
        {
            var status = await cluster.StatusAsync();
            var pids = status["processes"]!.AsArray().Select(process => process!["pid"]!.GetValue<int>()).Append(status["launcherPid"]!.GetValue<int>()).ToList();
            Assert.Equal(5, pids.Distinct().Count());
            Assert.DoesNotContain(0, pids);
            Assert.Equal(["control-plane", "nodes", "nodes", "edge"], status["processes"]!.AsArray().Select(process => process!["role"]!.ToString()));
            Assert.All(status["nodes"]!.AsArray(), node => Assert.Equal("Ready", node!["status"]!.ToString()));
            Assert.Equal(3, (await cluster.KubectlAsync("get nodes --no-headers")).Succeeded().Output.TrimEnd().Split('\n').Length);
        }
        var addresses = await Task.WhenAll(clusters.Select(async cluster => (await cluster.StatusAsync())["nodes"]![0]!["externalIP"]!.ToString()));
        Assert.NotEqual(addresses[0], addresses[1]);
    }

    [KubectlFact]
    public async Task DownAndUp_KeepObjectsAddressAndCredentials()
    {
        await using var cluster = await RunningCluster.StartAsync();
        (await cluster.KubectlAsync("create configmap kept --from-literal=a=b")).Succeeded();
        var kubeconfig = await File.ReadAllTextAsync(cluster.Kubeconfig);

        (await cluster.RunAsync(["down", "--name", cluster.Name])).Succeeded();
        Assert.Contains("Stopped", (await cluster.RunAsync(["list"])).Succeeded().Output, StringComparison.Ordinal);
        (await cluster.RunAsync(["up", "--name", cluster.Name, "--profile", "fast", "--kubeconfig", cluster.Kubeconfig, "--detach"], 120)).Succeeded();

        Assert.Equal(kubeconfig, await File.ReadAllTextAsync(cluster.Kubeconfig));
        Assert.Equal("b", (await cluster.KubectlAsync("get configmap kept -o jsonpath={.data.a}")).Succeeded().Output.Trim());
    }

    [KubectlFact]
    public async Task Up_MergesTheContextAndDownTakesItOut()
    {
        var home = Directory.CreateTempSubdirectory("clusteremu-home-").FullName;
        var kubeconfig = Path.Combine(home, "config");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home, ["CLUSTEREMU_HOME"] = Path.Combine(home, "state"), ["KUBECONFIG"] = kubeconfig };
        await File.WriteAllTextAsync(kubeconfig, "apiVersion: v1\nkind: Config\nclusters: []\nusers: []\ncontexts:\n- name: mine\n  context: {cluster: c, user: u}\ncurrent-context: mine\n");
        try
        {
            var config = Path.Combine(home, "own.conf");
            await File.WriteAllTextAsync(config, "cluster-emu { cluster.nodes = 1, kube-proxy.mode = ipvs, controllers.profile = default, network { node-external-range = \"127.77.0.0/16\", load-balancer-range = \"127.78.0.0/16\" } }\n");
            const string Given = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: given}\n";
            var up = (await Shell.RunAsync(Tools.Program, ["up", "--name", "merge", "--profile", "fast", "--config", config, "-f", "-", "--detach"], environment, Given, timeoutSeconds: 120)).Succeeded();
            Assert.Contains("is ready after", up.Output, StringComparison.Ordinal);
            Assert.Contains("1 node in 3 processes, kube-proxy mode ipvs, timing profile fast", up.Output, StringComparison.Ordinal);
            Assert.Contains("node-1 127.77.0.2 ", up.Output, StringComparison.Ordinal);
            Assert.Contains("load balancers  127.78.0.0/16", up.Output, StringComparison.Ordinal);
            Assert.Contains("configmap/given created", up.Output, StringComparison.Ordinal);
            (await Shell.RunAsync(Tools.Kubectl!, ["get", "configmap", "given"], environment)).Succeeded();
            Assert.Equal("clusteremu-merge", (await Shell.RunAsync(Tools.Kubectl!, ["config", "current-context"], environment)).Output.Trim());
            (await Shell.RunAsync(Tools.Kubectl!, ["get", "namespaces"], environment)).Succeeded();
        }
        finally
        {
            (await Shell.RunAsync(Tools.Program, ["down", "--name", "merge", "--purge"], environment)).Succeeded();
        }
        Assert.Equal("mine", (await Shell.RunAsync(Tools.Kubectl!, ["config", "current-context"], environment)).Output.Trim());
        Assert.DoesNotContain("clusteremu", await File.ReadAllTextAsync(kubeconfig), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home, "state", "merge")));
        Directory.Delete(home, recursive: true);
    }

    [KubectlFact]
    public async Task ANodeThatIsStopped_BecomesNotReadyAndRecovers()
    {
        await using var cluster = await TrafficTests.WithWebAsync();
        var victim = (await cluster.KubectlAsync("get pods -l app=web -o jsonpath={.items[0].spec.nodeName}")).Succeeded().Output.Trim();
        var sender = victim == "node-1" ? "node-2" : "node-1";
        (await cluster.EmuAsync($"node stop {victim}")).Succeeded();
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync($"get node {victim} --no-headers")).Output, text => text.Contains("NotReady", StringComparison.Ordinal));
        await cluster.EventuallyAsync(async () => (await cluster.RequestAsync("http://web-svc.default.svc.cluster.local", $"node/{sender}", 30, "--timeout 500ms")).ToJsonString(), text => JsonNode.Parse(text)!["succeeded"]!.GetValue<int>() == 30);
        (await cluster.EmuAsync($"node start {victim}")).Succeeded();
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync($"get node {victim} --no-headers")).Output, text => text.Contains(" Ready", StringComparison.Ordinal));
    }
}

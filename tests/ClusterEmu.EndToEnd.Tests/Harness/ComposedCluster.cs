using System.Globalization;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.Tests.Configuration;
using ClusterEmu.Tests;

namespace ClusterEmu.EndToEnd.Tests.Harness;

/// <summary>
/// The cluster of docker/compose.yaml without containers: its commands, configurations and variables, with each container's
/// host name replaced by a loopback address of its own, and its volumes by folders.
/// </summary>
public sealed class ComposedCluster : IAsyncDisposable
{
    private readonly string _root;
    private readonly int _number = 1 + (Environment.ProcessId % 250);
    private readonly IReadOnlyList<ComposeService> _services;
    private readonly string _folder = Directory.CreateTempSubdirectory("clusteremu-compose-").FullName;

    private ComposedCluster(string root)
    {
        _root = root;
        _services = ComposeFile.Read(Path.Combine(root, "docker", "compose.yaml"));
        Directory.CreateDirectory(State);
    }

    public List<HandStartedProcess> Processes { get; } = [];

    public string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    public string ExternalRange => string.Create(CultureInfo.InvariantCulture, $"127.9.{_number}.0/24");

    public string LoadBalancerRange => string.Create(CultureInfo.InvariantCulture, $"127.10.{_number}.0/24");

    private string Pki => Path.Combine(_folder, "pki");

    private string State => Path.Combine(_folder, "state");

    /// <summary>Makes the keys and a kubeconfig, then starts all processes at once.</summary>
    public static async Task<ComposedCluster> StartAsync()
    {
        var cluster = new ComposedCluster(CheckoutFolder.Root);
        try
        {
            var keys = cluster._services.Single(service => service.Name == "keys");
            (await Shell.RunAsync(Tools.Program, cluster.CommandOf(keys))).Succeeded();
            var processes = cluster._services.Where(service => service.Name != "keys").ToList();
            var port = processes[0].Environment["CLUSTEREMU_API_PORT"];
            (await Shell.RunAsync(Tools.Program, ["kubeconfig", "--dir", cluster.Pki, "--server", $"https://{cluster.AddressOf(processes[0].Name)}:{port}", "--output", cluster.Kubeconfig])).Succeeded();
            foreach (var service in processes) cluster.Processes.Add(HandStartedProcess.Start(service.Name, cluster.CommandOf(service), cluster.EnvironmentOf(service)));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address that stands for the container: 127.1.n.1 is the first's.</summary>
    public string AddressOf(string service) => string.Create(CultureInfo.InvariantCulture, $"127.1.{_number}.{_services.Where(one => one.Name != "keys").ToList().FindIndex(one => one.Name == service) + 1}");

    public Task<Outcome> KubectlAsync(string arguments, string? input = null)
    {
        Assert.True(Tools.Kubectl is not null, "kubectl is missing. On Debian: apt-get install kubernetes-client");
        return Shell.RunAsync(Tools.Kubectl, ["--kubeconfig", Kubeconfig, .. arguments.Split(' ')], new Dictionary<string, string> { ["HOME"] = _folder }, input);
    }

    /// <summary>Sends requests from a node or from outside, by the API server and the process that hosts the sender.</summary>
    public async Task<JsonObject> RequestAsync(string url, string from, int count)
    {
        var endpoint = from == "outside" ? "/apis/clusteremu.io/v1alpha1/processes/edge/proxy" : $"/api/v1/nodes/{from["node/".Length..]}/proxy";
        var spec = new JsonObject { ["url"] = url, ["from"] = from, ["count"] = count, ["timeoutMs"] = 5000 };
        return (JsonObject)JsonNode.Parse((await KubectlAsync($"create --raw {endpoint}/clusteremu/request -f -", spec.ToJsonString())).Succeeded().Output)!;
    }

    /// <summary>Asks again until the answer satisfies; fails at once if a process has ended.</summary>
    public async Task<string> EventuallyAsync(Func<Task<string>> ask, Func<string, bool> satisfied, int seconds = 60)
    {
        var until = Environment.TickCount64 + (seconds * 1000);
        while (true)
        {
            var answer = await ask();
            if (satisfied(answer)) return answer;
            var ended = Processes.Find(process => process.HasEnded);
            Assert.True(ended is null && Environment.TickCount64 < until, $"{(ended is null ? $"Not within {seconds} s" : $"{ended.Name} ended")}. The last answer was:\n{answer}\n{Logs()}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(Processes)) await process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public string Logs() => string.Join('\n', Processes.Select(process => $"--- {process.Name}\n{process.Log}"));

    private List<string> CommandOf(ComposeService service) =>
    [
        .. service.Command.Select((word, i) => i > 0 && service.Command[i - 1] == "--host" ? AddressOf(word) : OnThisMachine(word)),
    ];

    private Dictionary<string, string> EnvironmentOf(ComposeService service)
    {
        var environment = service.Environment.ToDictionary(
            pair => pair.Key,
            pair => pair.Key switch
            {
                "CLUSTEREMU_LISTEN" or "CLUSTEREMU_HOST" => AddressOf(service.Name),
                "CLUSTEREMU_API_SERVER" => pair.Value.Replace("control-plane", AddressOf("control-plane"), StringComparison.Ordinal),
                _ => OnThisMachine(pair.Value),
            },
            StringComparer.Ordinal);
        // Other clusters on this machine may hold the usual ranges.
        environment["CLUSTEREMU_NODE_EXTERNAL_RANGE"] = ExternalRange;
        environment["CLUSTEREMU_LOAD_BALANCER_RANGE"] = LoadBalancerRange;
        return environment;
    }

    private string OnThisMachine(string path) => path switch
    {
        "/pki" => Pki,
        "/var/lib/clusteremu" => State,
        _ when path.StartsWith("/etc/clusteremu/", StringComparison.Ordinal) => Path.Combine(_root, "hocon", Path.GetFileName(path)),
        _ => path,
    };
}

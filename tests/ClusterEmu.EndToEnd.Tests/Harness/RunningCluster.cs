using System.Text.Json.Nodes;

namespace ClusterEmu.EndToEnd.Tests.Harness;

/// <summary>A cluster of several processes, started by the built program with a state directory, home and kubeconfig of its own.</summary>
public sealed class RunningCluster : IAsyncDisposable
{
    private static int _number;
    private readonly Dictionary<string, string> _environment;

    private RunningCluster(string name, string folder)
    {
        Name = name;
        Folder = folder;
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = folder,
            ["CLUSTEREMU_HOME"] = Path.Combine(folder, "state"),
            ["KUBECONFIG"] = Kubeconfig,
        };
    }

    public string Name { get; }
    public string Folder { get; }
    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    public static async Task<RunningCluster> StartAsync(params string[] more)
    {
        var name = $"t{Environment.ProcessId}-{Interlocked.Increment(ref _number)}";
        var cluster = new RunningCluster(name, Directory.CreateTempSubdirectory($"clusteremu-{name}-").FullName);
        try
        {
            (await cluster.RunAsync(["up", "--name", name, "--profile", "fast", "--kubeconfig", cluster.Kubeconfig, "--detach", .. more], 120)).Succeeded();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of the program as it stands.</summary>
    public Task<Outcome> RunAsync(IEnumerable<string> arguments, int timeoutSeconds = 60) => Shell.RunAsync(Tools.Program, arguments, _environment, timeoutSeconds: timeoutSeconds);

    /// <summary>Runs a command of the program on this cluster; arguments are split at blanks.</summary>
    public Task<Outcome> EmuAsync(string arguments, int timeoutSeconds = 60) => RunAsync([.. arguments.Split(' '), "--name", Name], timeoutSeconds);

    public Task<Outcome> KubectlAsync(IEnumerable<string> arguments, string? input = null, int timeoutSeconds = 60)
    {
        Assert.True(Tools.Kubectl is not null, "kubectl is missing. On Debian: apt-get install kubernetes-client");
        return Shell.RunAsync(Tools.Kubectl, arguments, _environment, input, timeoutSeconds);
    }

    /// <summary>kubectl with arguments split at blanks.</summary>
    public Task<Outcome> KubectlAsync(string arguments, string? input = null) => KubectlAsync(arguments.Split(' '), input);

    public async Task ApplyAsync(string manifest) => (await KubectlAsync(["apply", "-f", "-"], manifest)).Succeeded();

    public Task<Outcome> CurlAsync(params string[] arguments)
    {
        Assert.True(Tools.Curl is not null, "curl is missing. On Debian: apt-get install curl");
        return Shell.RunAsync(Tools.Curl, ["-sS", "--max-time", "10", .. arguments]);
    }

    public async Task<JsonObject> RequestAsync(string url, string from, int count = 1, string more = "") =>
        (JsonObject)JsonNode.Parse((await EmuAsync($"request {url} --from {from} --count {count} -o json{(more.Length == 0 ? "" : " " + more)}", 300)).Output)!;

    public async Task<JsonObject> StatusAsync() => (JsonObject)JsonNode.Parse((await EmuAsync("status -o json")).Succeeded().Output)!;

    /// <summary>Asks again until the answer satisfies; a test failure with the last answer after the time.</summary>
    public async Task<string> EventuallyAsync(Func<Task<string>> ask, Func<string, bool> satisfied, int seconds = 30)
    {
        var until = Environment.TickCount64 + (seconds * 1000);
        while (true)
        {
            var answer = await ask();
            if (satisfied(answer)) return answer;
            Assert.True(Environment.TickCount64 < until, $"Not within {seconds} s. The last answer was:\n{answer}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(["down", "--name", Name]);
        if (Environment.GetEnvironmentVariable("CLUSTEREMU_KEEP") is not { Length: > 0 }) Directory.Delete(Folder, recursive: true);
    }
}

using System.Diagnostics;
using System.Globalization;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>A cluster that a benchmark or check starts for itself, with a state directory that goes with it.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private readonly Launcher _launcher;
    private readonly string _folder;

    private BenchCluster(Launcher launcher, string folder, double readySeconds)
    {
        _launcher = launcher;
        _folder = folder;
        ReadySeconds = readySeconds;
        Api = Connect();
    }

    /// <summary>From the first step to API, nodes and DNS ready.</summary>
    public double ReadySeconds { get; }
    public ApiConnection Api { get; }
    public ClusterRecord Record => _launcher.Record;

    /// <param name="nodes">How many nodes.</param>
    /// <param name="processes">How many processes share them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="configuration">HOCON over the defaults; empty for none.</param>
    public static async Task<BenchCluster> StartAsync(int nodes, int processes, CancellationToken cancellationToken, string configuration = "")
    {
        var folder = Directory.CreateTempSubdirectory("clusteremu-bench-").FullName;
        var file = Path.Combine(folder, "own.conf");
        await File.WriteAllTextAsync(file, configuration, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var options = new UpOptions
        {
            Name = $"bench-{Environment.ProcessId}",
            Nodes = nodes,
            NodeProcesses = processes,
            StateDirectory = folder,
            Kubeconfig = Path.Combine(folder, "kubeconfig.own"),
            ConfigFile = file,
        };
        var launcher = await Launcher.StartAsync(options, cancellationToken);
        try
        {
            await Commands.UpCommand.BringUpAsync(launcher, options, began, cancellationToken);
            return new BenchCluster(launcher, folder, launcher.Record.ReadySeconds);
        }
        catch
        {
            await launcher.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection of its own, for a client of its own.</summary>
    public ApiConnection Connect() => new(Record.ApiAddress, Pki);

    public ClusterPki Pki => ClusterPki.Open(_launcher.Folder.Pki);

    /// <summary>The sum over all processes, launcher included: PSS on Linux.</summary>
    public double MemoryMiB() =>
        Record.Processes.Select(process => process.Pid).Append(Environment.ProcessId).Sum(pid => ProcessIdentity.MemoryOf(pid) ?? 0) / 1048576.0;

    /// <summary>Ends a process with SIGKILL; the launcher starts it again.</summary>
    /// <param name="name">Such as <c>control-plane</c>.</param>
    public void Kill(string name)
    {
        using var process = Process.GetProcessById(Record.Processes.Single(process => process.Name == name).Pid);
        process.Kill();
    }

    /// <summary>User and kernel time that the cluster's processes have taken so far; the launcher, which is the client too, is left out.</summary>
    public TimeSpan ProcessorTime()
    {
        var sum = TimeSpan.Zero;
        foreach (var record in Record.Processes)
        {
            using var process = Process.GetProcessById(record.Pid);
            sum += process.TotalProcessorTime;
        }
        return sum;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _launcher.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Figures of a benchmark, printed as text or JSON.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record Figure(string Name, double Value, string Unit)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name,-48} {Value,14:#,0.###} {Unit}");

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Quantile(IEnumerable<double> values, double q)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(sorted.Count * q))];
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ClusterEmu.Cli.Kubeconfigs;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Launching;

/// <summary>Starts the processes of a cluster, keeps them running, and takes everything back at the end.</summary>
public sealed class Launcher : IAsyncDisposable
{
    private const int FirstApiPort = 20000;
    private const int LastApiPort = 29999;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly ClusterFolder _folder;
    private readonly IDisposable _lock;
    private readonly Socket _claim;
    private readonly Lock _recordLock = new();
    private readonly List<ChildProcess> _children = [];
    private readonly Dictionary<string, long> _logStarts = new(StringComparer.Ordinal);
    private ClusterRecord _record;

    private Launcher(ClusterFolder folder, IDisposable folderLock, Socket claim, ClusterRecord record)
    {
        _folder = folder;
        _lock = folderLock;
        _claim = claim;
        _record = record;
    }

    public ClusterRecord Record => _record;
    public ClusterFolder Folder => _folder;

    /// <summary>Prepares the state directory and starts every process. Readiness is <see cref="Readiness"/>'s affair.</summary>
    /// <exception cref="CommandFailure">The directory is in use, the port is occupied, or no slot is free.</exception>
    public static async Task<Launcher> StartAsync(UpOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        var folder = ClusterFolder.Of(options.Name, options.StateDirectory);
        folder.Prepare();
        var folderLock = folder.Lock();
        try
        {
            var former = folder.Read();
            if (options.Demo) folder.EmptyForDemo(former);
            var port = ChoosePort(options.ApiPort != 0 ? options.ApiPort : former?.ApiPort ?? 0);
            var (claim, slot, reachable) = AddressSlots.Take(former?.Slot ?? 0);
            var plans = ProcessPlan.For(options, folder, port, slot);
            var pki = ClusterPki.Ensure(folder.Pki, plans.Select(plan => plan.Name), []);
            var record = new ClusterRecord
            {
                Name = options.Name,
                LauncherPid = Environment.ProcessId,
                LauncherStart = ProcessIdentity.StartOf(Environment.ProcessId) ?? "",
                ApiPort = port,
                Slot = slot,
                LoopbackOnly = !reachable,
                ProxyMode = options.ProxyMode,
                Profile = options.Profile,
                Demo = options.Demo,
            };
            var launcher = new Launcher(folder, folderLock, claim, record);
            try
            {
                launcher.StartProcesses(plans);
                await launcher.WriteKubeconfigsAsync(options.Kubeconfig, former, pki, cancellationToken);
                return launcher;
            }
            catch
            {
                await launcher.DisposeAsync();
                throw;
            }
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>What a process said that refused its configuration; null if none did.</summary>
    public string? Refusal => _children.FirstOrDefault(child => child.Refused) is { } child ? ProcessLog.Tail(LogOf(child.Name), _logStarts[child.Name]) : null;

    /// <summary>Notes that the cluster is ready, for other commands to see.</summary>
    public void MarkReady(double seconds, IReadOnlyList<string> applied) => Update(record => record with { Ready = true, ReadySeconds = seconds, Applied = applied });

    /// <summary>Notes why the start failed, for the command that waits for a detached launcher.</summary>
    public void MarkFailed(string message) => Update(record => record with { Failure = message });

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_children.Where(child => child.Role != "control-plane").Select(child => child.StopAsync(StopPatience)));
        await Task.WhenAll(_children.Select(child => child.StopAsync(StopPatience)));
        var left = _record.MergedInto;
        try
        {
            if (left is not null) await KubeconfigFiles.RemoveAsync(left, ContextName, _record.FormerContexts, KubeconfigVariable, CancellationToken.None);
            left = null;
        }
        catch (CommandFailure failure)
        {
            await Console.Error.WriteLineAsync($"{failure.Message} The context {ContextName} stays in it until 'clusteremu down{_folder.Options}' takes it out.");
        }
        Update(record => record with { LauncherPid = 0, Ready = false, Processes = [], MergedInto = left });
        _claim.Dispose();
        _lock.Dispose();
    }

    private string LogOf(string process) => Path.Combine(_folder.Logs, process + ".log");

    private string ContextName => $"clusteremu-{_folder.Name}";

    private void StartProcesses(IReadOnlyList<ProcessPlan> plans)
    {
        foreach (var plan in plans)
        {
            var file = _folder.ConfigurationOf(plan.Name);
            File.WriteAllText(file, plan.Configuration);
            var log = LogOf(plan.Name);
            _logStarts[plan.Name] = File.Exists(log) ? new FileInfo(log).Length : 0;
            _children.Add(new ChildProcess(plan.Name, plan.Role, () => StartInfo(plan, file, log), Publish));
        }
        foreach (var child in _children) child.Start();
        Publish();
    }

    private static ProcessStartInfo StartInfo(ProcessPlan plan, string file, string log)
    {
        var info = SelfInvocation.Create(["run", plan.Role, "--config", file, "--log-file", log, "--supervised"]);
        info.Environment["DOTNET_gcServer"] = "0";
        info.Environment["DOTNET_TieredPGO"] = "0"; // Instrumented code costs start-up time on two cores.
        return info;
    }

    private static string? KubeconfigVariable => Environment.GetEnvironmentVariable("KUBECONFIG");

    private async Task WriteKubeconfigsAsync(string? explicitFile, ClusterRecord? earlier, ClusterPki pki, CancellationToken cancellationToken)
    {
        var entry = new KubeconfigEntry(ContextName, _record.ApiAddress.ToString().TrimEnd('/'), pki.AuthorityPem, pki.CertificatePem("admin"), pki.KeyPem("admin"));
        KubeconfigFiles.WriteOwn(_folder.Kubeconfig, entry);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var target = Path.GetFullPath(explicitFile ?? KubeconfigFiles.Target(KubeconfigVariable, home));
        var current = await KubeconfigFiles.MergeAsync(target, entry, cancellationToken);
        Update(record => record with { MergedInto = target, FormerContexts = Formers(current, earlier) });
    }

    /// <summary>The context that was current, and if it is a cluster's of ours, those before that cluster.</summary>
    private IReadOnlyList<string> Formers(string? current, ClusterRecord? earlier)
    {
        if (current is null) return [];
        if (current == ContextName) return earlier?.FormerContexts ?? []; // A launcher that was killed left it.
        var other = ClusterFolder.All().FirstOrDefault(folder => current == $"clusteremu-{folder.Name}")?.Read();
        return [current, .. (other?.FormerContexts ?? []).Where(context => context != ContextName)];
    }

    private void Publish() => Update(record => record with
    {
        Processes = [.. _children.Select(child => new ProcessRecord(child.Name, child.Role, child.Pid, child.Restarts))],
    });

    private void Update(Func<ClusterRecord, ClusterRecord> change)
    {
        lock (_recordLock)
        {
            _record = change(_record);
            _folder.Write(_record);
        }
    }

    /// <summary>
    /// The wanted port, or a free one below the range that the system gives out by itself: between now and the server's
    /// start, or while it is restarted, no other program then gets it by chance.
    /// </summary>
    private static int ChoosePort(int wanted)
    {
        const int Attempts = 100;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = wanted != 0 ? wanted : RandomNumberGenerator.GetInt32(FirstApiPort, LastApiPort + 1);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException cause) when (wanted != 0)
            {
                throw new CommandFailure($"API port {wanted} on 127.0.0.1 cannot be used: {cause.Message}. Free it, or name another with --api-port PORT (0 takes the state directory's port, or any free one the first time).");
            }
            catch (SocketException)
            {
                // Taken: the next draw.
            }
        }
        throw new CommandFailure($"No free port was found between {FirstApiPort} and {LastApiPort} in {Attempts} attempts. Name one with --api-port PORT.");
    }
}

using System.Diagnostics;
using System.Text;

namespace ClusterEmu.EndToEnd.Tests.Harness;

/// <summary>A process of the program that no launcher looks after; stopped at the end as a container engine would.</summary>
public sealed class HandStartedProcess : IAsyncDisposable
{
    private const int StopSeconds = 20;
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private HandStartedProcess(string name, Process process) => (Name, _process) = (name, process);

    public string Name { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>What it printed until now.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public static HandStartedProcess Start(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var info = new ProcessStartInfo(Tools.Program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        foreach (var variable in info.Environment.Keys.Where(key => key.StartsWith("CLUSTEREMU_", StringComparison.Ordinal)).ToList()) info.Environment.Remove(variable);
        foreach (var (variable, value) in environment) info.Environment[variable] = value;
        var process = new HandStartedProcess(name, Process.Start(info)!);
        process._process.OutputDataReceived += (_, line) => process.Append(line.Data);
        process._process.ErrorDataReceived += (_, line) => process.Append(line.Data);
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Asks it to end (SIGTERM) and waits.</summary>
    /// <returns>Its exit code; null if it had to be killed.</returns>
    public async Task<int?> StopAsync()
    {
        if (!_process.HasExited) await Shell.RunAsync("sh", ["-c", $"kill -TERM {_process.Id}"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(StopSeconds));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is null) return;
        lock (_log) _log.Append(line).Append('\n');
    }
}

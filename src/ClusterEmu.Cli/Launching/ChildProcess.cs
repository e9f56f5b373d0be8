using System.Diagnostics;

namespace ClusterEmu.Cli.Launching;

/// <summary>One process of the cluster: started, watched, and started again when it dies, until it is told to stop.</summary>
/// <remarks>Its standard input is a pipe that we hold: when it ends, the process ends itself, also if we were killed.</remarks>
public sealed class ChildProcess(string name, string role, Func<ProcessStartInfo> start, Action changed)
{
    /// <summary>What a process answers to a configuration that it cannot use.</summary>
    private const int RefusedExitCode = 2;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Process? _process;
    private Task _watching = Task.CompletedTask;

    public string Name => name;
    public string Role => role;

    /// <summary>0 while it is not running.</summary>
    public int Pid { get; private set; }
    public int Restarts { get; private set; }

    /// <summary>It ended with <see cref="RefusedExitCode"/>: its configuration cannot be used, and starting it again would not help.</summary>
    public bool Refused { get; private set; }

    public void Start()
    {
        Launch();
        _watching = WatchAsync();
    }

    /// <summary>Closes its input and waits; kills it if it is still there after <paramref name="patience"/>.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        Process? process;
        lock (_lock)
        {
            _stop.Cancel();
            process = _process;
        }
        if (process is not null && !process.HasExited)
        {
            try
            {
                process.StandardInput.Close();
                using var limit = new CancellationTokenSource(patience);
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
            catch (IOException)
            {
                process.Kill(); // Its end of the pipe is broken, so it can hear nothing.
            }
        }
        await _watching;
    }

    private void Launch()
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested) return;
            var info = start();
            info.RedirectStandardInput = true;
            _process = Process.Start(info) ?? throw new CommandFailure($"Process '{name}' could not be started from {info.FileName}. Build the program again.");
            Pid = _process.Id;
        }
    }

    private async Task WatchAsync()
    {
        var pause = FirstPause;
        while (!_stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await _process!.WaitForExitAsync();
            Pid = 0;
            if (_stop.IsCancellationRequested) return;
            Refused = _process.ExitCode == RefusedExitCode;
            changed();
            if (Refused) return;
            pause = Stopwatch.GetElapsedTime(began) > Healthy ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            try
            {
                await Task.Delay(pause, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            Restarts++;
            Launch();
            changed();
        }
    }
}

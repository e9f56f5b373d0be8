using System.Diagnostics;
using System.Text;

namespace ClusterEmu.EndToEnd.Tests.Harness;

/// <summary>What a command printed, and how it ended.</summary>
public sealed record Outcome(string Command, int ExitCode, string Output, string Error)
{
    public string All => Output + Error;

    /// <summary>This outcome, or a test failure that shows what was printed.</summary>
    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0, ToString());
        return this;
    }

    public override string ToString() => $"$ {Command}\n{All}# exit code {ExitCode}";
}

/// <summary>Runs programs to their end, within a bound.</summary>
public static class Shell
{
    public static async Task<Outcome> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null, int timeoutSeconds = 60, string folder = "")
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = folder };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) info.Environment[name] = value;
        var command = $"{Path.GetFileName(program)} {string.Join(' ', info.ArgumentList)}";
        using var process = Process.Start(info)!;
        var output = new StringBuilder();
        var error = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'{command}' did not end within {timeoutSeconds} s. It printed:\n{output}{error}");
        }
        return new Outcome(command, process.ExitCode, output.ToString(), error.ToString());
    }

    private static void Append(StringBuilder builder, string? line)
    {
        if (line is null) return;
        lock (builder) builder.Append(line).Append('\n');
    }
}

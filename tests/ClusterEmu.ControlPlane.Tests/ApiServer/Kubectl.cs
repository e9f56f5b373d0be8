using System.Diagnostics;
using System.Text;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>The real kubectl: one fixed binary, not a dispatcher that picks one by the server's version.</summary>
internal static class Kubectl
{
    /// <summary>The binary's path; null where this machine has none.</summary>
    public static string? Binary { get; } = Find();

    /// <summary>Runs kubectl against a server; standard input is given as text.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(ServerFixture server, string input, params string[] arguments)
    {
        var home = Path.Combine(server.StateDirectory, "kubectl");
        Directory.CreateDirectory(home);
        var config = Path.Combine(home, "config");
        if (!File.Exists(config)) await File.WriteAllTextAsync(config, ConfigOf(server));
        var start = new ProcessStartInfo(Binary!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = config;
        start.Environment["HOME"] = home;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
        return (process.ExitCode, await output, await errors);
    }

    private static string ConfigOf(ServerFixture server) => $$$$"""
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "{{{{server.Process.ApiAddress.AbsoluteUri.TrimEnd('/')}}}}", certificate-authority-data: {{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(server.Pki.AuthorityPem))}}}}}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        users: [{name: test, user: {token: "{{{{server.Pki.Token}}}}"}}]
        """;

    private static string? Find()
    {
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/lib/google-cloud-sdk/bin"))
        {
            foreach (var name in (string[])["kubectl.1.32", "kubectl.1.33", "kubectl.1.31"])
            {
                if (directory.Length > 0 && File.Exists(Path.Combine(directory, name))) return Path.Combine(directory, name);
            }
        }
        return null;
    }
}

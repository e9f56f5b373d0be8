using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests.Kubectl;

/// <summary>A case in its own folder, with a kubeconfig that points at its own namespace.</summary>
public sealed class CaseRun
{
    private const int PatienceSeconds = 40;
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;

    private CaseRun(string folder, Dictionary<string, string> environment) => (_folder, _environment) = (folder, environment);

    /// <summary>Where the files are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Kubectl", "Cases");

    /// <summary>Writes the case's files and makes its namespace, which is called as the case.</summary>
    public static async Task<CaseRun> PrepareAsync(RunningCluster cluster, CaseFile file)
    {
        var folder = Directory.CreateDirectory(Path.Combine(cluster.Folder, "cases", file.Name)).FullName;
        var bin = Directory.CreateDirectory(Path.Combine(cluster.Folder, "cases-bin")).FullName;
        var link = Path.Combine(bin, "kubectl");
        lock (typeof(CaseRun))
        {
            if (!File.Exists(link)) File.CreateSymbolicLink(link, Tools.Kubectl!);
        }
        foreach (var (name, text) in file.Files) await File.WriteAllTextAsync(Path.Combine(folder, name), text);
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        File.Copy(cluster.Kubeconfig, kubeconfig);
        var run = new CaseRun(folder, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KUBECONFIG"] = kubeconfig,
            ["HOME"] = folder,
            ["PATH"] = $"{bin}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["LANG"] = "C.UTF-8",
            ["NS"] = file.Name,
        });
        (await run.BashAsync($"kubectl create namespace {file.Name} && kubectl config set-context --current --namespace={file.Name}")).Succeeded();
        return run;
    }

    public async Task<Outcome> RunAsync(CaseStep step)
    {
        var until = Environment.TickCount64 + (PatienceSeconds * 1000);
        while (true)
        {
            var outcome = await BashAsync(step.Command);
            if (!step.Patient || Fits(step, outcome) || Environment.TickCount64 > until) return outcome;
            await Task.Delay(100);
        }
    }

    public static bool Fits(CaseStep step, Outcome outcome) =>
        outcome.ExitCode == step.ExitCode && LinePatterns.Match(step.Output, LinePatterns.Lines(outcome.Output)) && LinePatterns.Match(step.Error, LinePatterns.Lines(outcome.Error));

    public static string Difference(CaseFile file, CaseStep step, Outcome outcome) =>
        $"{file.Name}.txt, line {step.Line} (source: {step.Source})\n$ {step.Command}\n--- wanted (exit {step.ExitCode})\n{string.Join('\n', step.Output)}{string.Concat(step.Error.Select(line => $"\n! {line}"))}\n"
        + $"--- printed (exit {outcome.ExitCode})\n{string.Join('\n', LinePatterns.Lines(outcome.Output))}{string.Concat(LinePatterns.Lines(outcome.Error).Select(line => $"\n! {line}"))}";

    private Task<Outcome> BashAsync(string command) => Shell.RunAsync("bash", ["-c", command], _environment, folder: _folder);
}

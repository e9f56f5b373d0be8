using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClusterEmu.Cli.Launching;

/// <summary>The state directory of one cluster: keys, store, configuration, logs and <c>cluster.json</c>.</summary>
public sealed partial class ClusterFolder
{
    private ClusterFolder(string name, string path)
    {
        Name = name;
        Path = path;
    }

    public string Name { get; }
    public string Path { get; }
    public string Pki => System.IO.Path.Combine(Path, "pki");
    public string Kubeconfig => System.IO.Path.Combine(Path, "kubeconfig");
    public string Logs => System.IO.Path.Combine(Path, "logs");
    public string Configuration => System.IO.Path.Combine(Path, "config");

    /// <summary>The configuration file that the launcher writes for a process.</summary>
    public string ConfigurationOf(string process) => System.IO.Path.Combine(Configuration, process + ".conf");

    /// <summary>The options by which other commands find this cluster, with a blank before each; empty for the default one.</summary>
    public string Options =>
        (Name == "default" ? "" : $" --name {Name}")
        + (Path == System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, Name)) ? "" : $" --state-dir {Path}");

    private string RecordFile => System.IO.Path.Combine(Path, "cluster.json");

    /// <summary>~/.clusteremu, or CLUSTEREMU_HOME.</summary>
    public static string Root =>
        Environment.GetEnvironmentVariable("CLUSTEREMU_HOME")
        ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".clusteremu");

    /// <summary>Finds the directory of a cluster, whether it exists or not.</summary>
    /// <exception cref="CommandFailure">The name is no DNS label.</exception>
    public static ClusterFolder Of(string name, string? stateDirectory = null)
    {
        if (!ClusterName().IsMatch(name))
            throw new CommandFailure($"'{name}' cannot name a cluster: use 1 to 40 lower-case letters, digits and '-', beginning and ending with a letter or digit, such as 'default' or 'ci-2'.", 2);
        return new ClusterFolder(name, System.IO.Path.GetFullPath(stateDirectory ?? System.IO.Path.Combine(Root, name)));
    }

    /// <summary>All clusters below <see cref="Root"/> that have a record, sorted by name.</summary>
    public static IReadOnlyList<ClusterFolder> All() => !Directory.Exists(Root)
        ? []
        : [.. Directory.GetDirectories(Root)
            .Where(path => File.Exists(System.IO.Path.Combine(path, "cluster.json")))
            .Select(path => new ClusterFolder(System.IO.Path.GetFileName(path), path))
            .OrderBy(folder => folder.Name, StringComparer.Ordinal)];

    /// <exception cref="CommandFailure">The directory cannot be made or written.</exception>
    public void Prepare()
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
            else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.CreateDirectory(Logs);
            Directory.CreateDirectory(Configuration);
            var probe = System.IO.Path.Combine(Path, ".writable");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"The state directory {Path} cannot be used: {cause.Message} Name one that you may write with --state-dir DIR, or set CLUSTEREMU_HOME.");
        }
    }

    /// <summary>Takes the directory for this process until the handle is disposed.</summary>
    /// <exception cref="CommandFailure">Another process holds it.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            var holder = Read() is { LauncherPid: > 0 } record ? $" by process {record.LauncherPid}" : "";
            throw new CommandFailure($"Cluster '{Name}' is running already: its state directory {Path} is in use{holder}. Use it ('clusteremu status{Options}'), end it ('clusteremu down{Options}'), or start another with --name OTHER{(Path.StartsWith(Root, StringComparison.Ordinal) ? "" : " and a --state-dir of its own")}.");
        }
    }

    /// <summary>Deletes the objects that an earlier demo left.</summary>
    /// <exception cref="CommandFailure">The cluster is none of the demo's: its objects are not the demo's to delete.</exception>
    public void EmptyForDemo(ClusterRecord? former)
    {
        if (former is { Demo: false })
            throw new CommandFailure($"Cluster '{Name}' in {Path} was made by 'up', and the demo begins with an empty cluster. Name another with --name, or delete this one with 'clusteremu down{Options} --purge'.");
        foreach (var file in Directory.GetFiles(Path, "store.db*")) File.Delete(file);
    }

    public ClusterRecord? Read()
    {
        try
        {
            return File.Exists(RecordFile) ? JsonSerializer.Deserialize(File.ReadAllText(RecordFile), ClusterJson.Default.ClusterRecord) : null;
        }
        catch (JsonException)
        {
            return null; // Torn by a crash of the machine: as good as none, 'up' writes it anew.
        }
    }

    public void Write(ClusterRecord record)
    {
        var temporary = RecordFile + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(record, ClusterJson.Default.ClusterRecord));
        File.Move(temporary, RecordFile, overwrite: true);
    }

    /// <summary>The record of a running cluster.</summary>
    /// <exception cref="CommandFailure">There is no such cluster, or it is not running; the message says what runs.</exception>
    public ClusterRecord Running()
    {
        if (Read() is { } record && record.IsRunning) return record;
        var running = All().Where(folder => folder.Read() is { IsRunning: true }).Select(folder => folder.Name).ToList();
        var others = running.Count == 0 ? "No cluster is running." : $"Running: {string.Join(", ", running)}.";
        throw new CommandFailure($"Cluster '{Name}' is not running. {others} Start it with 'clusteremu up{Options}'; if it was started with --state-dir DIR, name that here too.");
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    private static partial Regex ClusterName();
}

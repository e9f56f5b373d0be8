using System.Text;

namespace ClusterEmu.Cli.Kubeconfigs;

/// <summary>Changes kubeconfig files as kubectl does: under <c>FILE.lock</c>, and atomically.</summary>
public static class KubeconfigFiles
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);

    /// <summary>The file that a new context goes to: of a KUBECONFIG list the first that exists, else its last; else ~/.kube/config.</summary>
    /// <remarks>The rule is kind's (pkg/cluster/internal/kubeconfig/internal/kubeconfig/paths.go).</remarks>
    public static string Target(string? kubeconfigVariable, string home)
    {
        var list = Listed(kubeconfigVariable);
        if (list.Length == 0) return Path.Combine(home, ".kube", "config");
        return list.FirstOrDefault(File.Exists) ?? list[^1];
    }

    /// <summary>Writes a file that holds this entry alone.</summary>
    public static void WriteOwn(string path, KubeconfigEntry entry)
    {
        var document = KubeconfigDocument.Empty();
        document.Add(entry);
        Save(path, document.ToString());
    }

    /// <summary>Adds the entry to <paramref name="path"/> and makes it current.</summary>
    /// <returns>The context that was current before, ours if a launcher died without taking it out; null if it was none.</returns>
    /// <exception cref="CommandFailure">The file is no kubeconfig, or cannot be written.</exception>
    public static async Task<string?> MergeAsync(string path, KubeconfigEntry entry, CancellationToken cancellationToken)
    {
        string? former = null;
        await ChangeAsync(path, document =>
        {
            former = document.CurrentContext is { Length: > 0 } current ? current : null;
            document.Add(entry);
        }, cancellationToken);
        return former;
    }

    /// <summary>Takes the entries called <paramref name="name"/> out of <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Of context, cluster and user.</param>
    /// <param name="formerContexts">Those that were current before, the latest first: the first that is still there becomes current, if ours still is.</param>
    /// <param name="kubeconfigVariable">The KUBECONFIG list: a context of another of its files counts too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">The file is no kubeconfig any more, or cannot be written.</exception>
    public static async Task RemoveAsync(string path, string name, IReadOnlyList<string> formerContexts, string? kubeconfigVariable, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return;
        var others = Listed(kubeconfigVariable).Where(file => File.Exists(file) && Path.GetFullPath(file) != Path.GetFullPath(path)).ToList();
        await ChangeAsync(path, document => document.Remove(name, formerContexts, context => others.Any(file => Has(file, context))), cancellationToken);
    }

    private static string[] Listed(string? kubeconfigVariable) =>
        (kubeconfigVariable ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Has(string file, string context)
    {
        try
        {
            return KubeconfigDocument.Parse(File.ReadAllText(file), file).HasContext(context);
        }
        catch (Exception cause) when (cause is CommandFailure or IOException or UnauthorizedAccessException)
        {
            return false; // kubectl cannot read it either.
        }
    }

    private static async Task ChangeAsync(string path, Action<KubeconfigDocument> change, CancellationToken cancellationToken)
    {
        try
        {
            path = ResolveLink(path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var lockFile = path + ".lock";
            await TakeLockAsync(lockFile, cancellationToken);
            try
            {
                var document = KubeconfigDocument.Parse(File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "", path);
                change(document);
                Save(path, document.ToString());
            }
            finally
            {
                File.Delete(lockFile);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"The kubeconfig {path} cannot be changed: {cause.Message} Name a file that you may write with --kubeconfig FILE.");
        }
    }

    private static async Task TakeLockAsync(string lockFile, CancellationToken cancellationToken)
    {
        var until = DateTime.UtcNow + LockPatience;
        while (true)
        {
            try
            {
                using (new FileStream(lockFile, FileMode.CreateNew, FileAccess.Write)) return;
            }
            catch (IOException cause) when (IsTaken(cause) && DateTime.UtcNow < until)
            {
                await Task.Delay(50, cancellationToken);
            }
            catch (IOException cause) when (IsTaken(cause))
            {
                throw new CommandFailure($"{lockFile} has been there for {LockPatience.TotalSeconds:0} s: another program is changing the kubeconfig, or died doing so. If none is, delete the file; or use --kubeconfig FILE.");
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure($"The kubeconfig {lockFile[..^5]} cannot be changed: {cause.Message} Use --kubeconfig FILE to write another.");
            }
        }
    }

    /// <summary>Whether the file was there already: EEXIST, or ERROR_FILE_EXISTS. By now it may be gone again.</summary>
    private static bool IsTaken(IOException cause) => cause.HResult is 17 or unchecked((int)0x80070050);

    private static string ResolveLink(string path) =>
        File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : path;

    private static void Save(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.Exists(path) ? File.GetUnixFileMode(path) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options)) stream.Write(Encoding.UTF8.GetBytes(text));
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}

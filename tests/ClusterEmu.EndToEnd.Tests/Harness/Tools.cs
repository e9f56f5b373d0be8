using System.Reflection;

namespace ClusterEmu.EndToEnd.Tests.Harness;

/// <summary>The programs that these tests drive.</summary>
public static class Tools
{
    /// <summary>The program as this build made it, or the one that CLUSTEREMU_PROGRAM names.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("CLUSTEREMU_PROGRAM") is { Length: > 0 } named ? named : Path.GetFullPath(Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Program").Value!);

    /// <summary>
    /// A fixed kubectl binary: CLUSTEREMU_KUBECTL, else the newest of 1.32 that lies beside <c>kubectl</c> (some
    /// installations put a dispatcher there that picks one by the server's version), else <c>kubectl</c> itself.
    /// </summary>
    public static string? Kubectl { get; } = FindKubectl();

    public static string? Curl { get; } = Find("curl");

    private static string? FindKubectl()
    {
        if (Environment.GetEnvironmentVariable("CLUSTEREMU_KUBECTL") is { Length: > 0 } named) return named;
        if (Find("kubectl") is not { } found) return null;
        var real = new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found;
        var beside = Path.Combine(Path.GetDirectoryName(real)!, "kubectl.1.32");
        return File.Exists(beside) ? beside : real;
    }

    /// <summary>Where the program lies on the PATH; null if it does not.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

/// <summary>A fact that needs kubectl. Without it: skipped with a message; a failure where CI=true.</summary>
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        if (Tools.Kubectl is null && Environment.GetEnvironmentVariable("CI") != "true") Skip = "kubectl is not on the PATH. On Debian: apt-get install kubernetes-client";
    }
}

/// <summary>A fact that needs curl. Without it: skipped with a message; a failure where CI=true.</summary>
public sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute()
    {
        if (Tools.Curl is null && Environment.GetEnvironmentVariable("CI") != "true") Skip = "curl is not on the PATH. On Debian: apt-get install curl";
    }
}

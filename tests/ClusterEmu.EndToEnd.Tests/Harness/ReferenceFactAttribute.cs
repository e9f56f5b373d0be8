namespace ClusterEmu.EndToEnd.Tests.Harness;

/// <summary>
/// A fact that needs recordings of a real cluster, which are kept beside the checkout (or where CLUSTEREMU_REFERENCE
/// points) and not in it. Skipped with a message where they are not at hand.
/// </summary>
public sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute(params string[] files)
    {
        if (Array.Find(files, file => Find(file) is null) is { } missing) Skip = $"{missing} is not at hand. Set CLUSTEREMU_REFERENCE to the folder that holds it.";
        else if (Tools.Kubectl is null && Environment.GetEnvironmentVariable("CI") != "true") Skip = "kubectl is not on the PATH. On Debian: apt-get install kubernetes-client";
    }

    public static string? Find(string file)
    {
        if (Environment.GetEnvironmentVariable("CLUSTEREMU_REFERENCE") is { Length: > 0 } named) return File.Exists(Path.Combine(named, file)) ? Path.Combine(named, file) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "ClusterEmu.sln"))) continue;
            var beside = Path.Combine(folder.Parent?.FullName ?? "", "shared", file);
            return File.Exists(beside) ? beside : null;
        }
        return null;
    }
}

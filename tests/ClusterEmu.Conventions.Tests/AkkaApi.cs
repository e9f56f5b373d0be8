namespace ClusterEmu.Conventions.Tests;

/// <summary>The file that lists the public and protected members of the Akka.NET types, where it is at hand.</summary>
internal static class AkkaApi
{
    /// <summary>The file, or null. It lies beside the checkout, or where CLUSTEREMU_AKKA_API says.</summary>
    public static string? FindFile()
    {
        if (Environment.GetEnvironmentVariable("CLUSTEREMU_AKKA_API") is { Length: > 0 } named) return File.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "ClusterEmu.sln"))) continue;
            var file = Path.Combine(folder.FullName, "..", "shared", "reference", "akka-net-1.5-api.txt");
            return File.Exists(file) ? Path.GetFullPath(file) : null;
        }

        return null;
    }

    /// <summary>The member lines of each type, by the type's name without its namespace (<c>Status.Failure</c>, <c>IExtensionId&lt;T&gt;</c>).</summary>
    public static Dictionary<string, (string Header, HashSet<string> Members)> Read(string file)
    {
        var types = new Dictionary<string, (string, HashSet<string>)>(StringComparer.Ordinal);
        HashSet<string>? members = null;
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith("Akka", StringComparison.Ordinal))
            {
                var header = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
                members = new HashSet<string>(StringComparer.Ordinal);
                types[NameIn(header)] = (header, members);
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                members?.Add(line.Trim());
            }
        }

        return types;
    }

    private static string NameIn(string header)
    {
        var words = header.Split(':')[0].Trim();
        var at = words.LastIndexOf(' ', words.Contains('<') ? words.IndexOf('<') : words.Length - 1);
        return words[(at + 1)..];
    }
}

/// <summary>A fact that is skipped, with a message, where the list of the Akka.NET API is not at hand.</summary>
internal sealed class AkkaApiFactAttribute : FactAttribute
{
    public AkkaApiFactAttribute()
    {
        if (AkkaApi.FindFile() is null)
            Skip = "akka-net-1.5-api.txt is neither in ../shared/reference beside the checkout nor where CLUSTEREMU_AKKA_API says.";
    }
}

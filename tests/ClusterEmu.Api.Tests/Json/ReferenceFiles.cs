using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

/// <summary>Exchanges with a real API server, kept outside the repository.</summary>
internal static class ReferenceFiles
{
    public static string? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "reference", "api-exchanges-1.20", file);
            if (File.Exists(path)) return path;
        }
        return null;
    }

    public static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllBytes(Find(file)!))!;
}

/// <summary>A theory that is skipped, and says so, where the reference exchanges are not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute()
    {
        if (ReferenceFiles.Find("errors.json") is null) Skip = "needs shared/reference/api-exchanges-1.20 in a folder above the tests";
    }
}

/// <inheritdoc cref="ReferenceTheoryAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute()
    {
        if (ReferenceFiles.Find("errors.json") is null) Skip = "needs shared/reference/api-exchanges-1.20 in a folder above the tests";
    }
}

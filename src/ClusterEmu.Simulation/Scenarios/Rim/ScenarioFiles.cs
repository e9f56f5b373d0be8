namespace ClusterEmu.Simulation;

/// <summary>Reads scenario files and the manifests that they name.</summary>
public static class ScenarioFiles
{
    /// <param name="path">The file. Manifests in it are relative to its folder.</param>
    /// <exception cref="ScenarioException">A file cannot be read or used.</exception>
    public static Scenario Load(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            return ScenarioReader.Read(TextOf(path), file => TextOf(Path.Combine(folder, file))) with { Command = $"clusteremu simulate {path}" };
        }
        catch (ScenarioException refused)
        {
            throw new ScenarioException($"{path}: {refused.Message}");
        }
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{path} cannot be read: {cause.Message}");
        }
    }
}

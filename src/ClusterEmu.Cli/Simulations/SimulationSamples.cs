using System.Reflection;
using ClusterEmu.Simulation;

namespace ClusterEmu.Cli.Simulations;

/// <summary>Finds the scenario that a command names.</summary>
internal static class SimulationSamples
{
    /// <param name="file">A file; null: the guide's Services, which the program carries with it.</param>
    /// <exception cref="CommandFailure">The scenario cannot be used.</exception>
    public static Scenario Load(string? file)
    {
        try
        {
            return file is null ? Carried("simulation/guide.yaml") with { Command = "clusteremu simulate" } : ScenarioFiles.Load(file);
        }
        catch (ScenarioException refused)
        {
            throw new CommandFailure(refused.Message, 2);
        }
    }

    /// <param name="sample">Relative to the folder samples.</param>
    public static Scenario Carried(string sample) => ScenarioReader.Read(TextOf(sample), file => TextOf(file.Replace("../", "", StringComparison.Ordinal)));

    private static string TextOf(string sample)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("samples/" + (sample.StartsWith("guide/", StringComparison.Ordinal) ? sample["guide/".Length..] : sample))
            ?? throw new ScenarioException($"The program carries no sample {sample}. Name a file instead.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

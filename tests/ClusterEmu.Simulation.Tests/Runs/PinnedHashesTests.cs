using System.Runtime.CompilerServices;

namespace ClusterEmu.Simulation.Tests;

/// <summary>Ten seeds whose hashes lie in pinned-hashes.txt: they are the same on every machine, until the product or the simulation changes.</summary>
public sealed class PinnedHashesTests
{
    private const string Update = "CLUSTEREMU_UPDATE_PINS";

    [Fact]
    public async Task TenSeeds_HaveThePinnedHashes()
    {
        var results = await Simulation.RunAsync(Some.Short, seeds: 10);
        var lines = results.Select(result => $"{result.Seed} {result.HashText}").ToList();
        var file = Pins();
        if (Environment.GetEnvironmentVariable(Update) == "1") await File.WriteAllLinesAsync(file, [.. Comments(file), .. lines]);
        var pinned = (await File.ReadAllLinesAsync(file)).Where(line => !line.StartsWith('#')).ToList();
        Assert.True(
            pinned.SequenceEqual(lines),
            $"The hashes of {pinned.Except(lines).Count()} of 10 seeds are not those in pinned-hashes.txt. If this change alters what the cluster does, or how the simulation draws, that is so: "
            + $"run this test with {Update}=1, and say in the commit why they changed. If it should not, or the hashes differ between machines, something escaped the seed: find it with 'clusteremu simulate --hashes'.\n"
            + string.Join('\n', lines));
    }

    private static IEnumerable<string> Comments(string file) => File.ReadAllLines(file).Where(line => line.StartsWith('#'));

    private static string Pins([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "pinned-hashes.txt");
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Xunit.Abstractions;

namespace ClusterEmu.Simulation.Tests;

/// <summary>
/// The simulation finds bugs. What finds which is in first-seeds.txt, and is replayed here. The long form looks for each in up to 1,000 seeds
/// and writes that file: <c>CLUSTEREMU_PLANTED=all dotnet test --filter TheLongForm</c>. With the names of some instead of <c>all</c>, commas
/// between, it looks for those and holds them against the file.
/// </summary>
public sealed class PlantedBugsTests(ITestOutputHelper output)
{
    private const int MostSeeds = 1000;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Planted");

    public static TheoryData<string> Names() => [.. PlantedBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void APlantedBug_IsFound_ByTheRecordedSeed(string name)
    {
        var bug = PlantedBugs.Find(name);
        var (seed, rule) = Recorded().TryGetValue(name, out var known) ? known : throw new InvalidOperationException($"first-seeds.txt does not have {name}. Run the long form.");
        Assert.Contains(rule, bug.FoundBy);
        Assert.Equal(rule, PlantedScenario.Run(bug, seed).Violation?.Invariant);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void TheUnplantedBuild_KeepsAllInvariants(int number)
    {
        // Always these; and from where CLUSTEREMU_FRESH_SEEDS says, for runs that are to see others.
        var fresh = ulong.TryParse(Environment.GetEnvironmentVariable("CLUSTEREMU_FRESH_SEEDS"), CultureInfo.InvariantCulture, out var first);
        foreach (var seed in fresh ? (ulong[])[(ulong)number, first + (ulong)number] : [(ulong)number])
        {
            var result = PlantedScenario.Run(null, seed);
            Assert.True(result.Violation is null, $"Seed {seed}: {result.Violation}\n{string.Join('\n', result.Log)}");
        }
    }

    [Fact]
    public void TheLongForm_FindsEachBugWithinItsSeeds()
    {
        var wanted = (Environment.GetEnvironmentVariable("CLUSTEREMU_PLANTED") ?? "local-policy-ignored").Split(',');
        var found = new List<string>();
        foreach (var bug in PlantedBugs.All.Where(bug => wanted.Contains(bug.Name) || wanted.Contains("all")))
        {
            var (seed, violation) = Search(bug);
            Assert.True(violation is not null, $"{bug.Name} was not found within {MostSeeds} seeds.");
            Assert.True(bug.FoundBy.Contains(violation.Invariant), $"{bug.Name} was found by seed {seed}, but by another rule than {string.Join(", ", bug.FoundBy)}: {violation}");
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{bug.Name} {seed} {violation.Invariant}"));
            output.WriteLine($"{bug.Name}: seed {seed}, {violation.Invariant}: {violation.What}");
        }
        Assert.NotEmpty(found);
        if (wanted.Contains("all")) File.WriteAllLines(Source(), [.. File.ReadLines(Source()).Where(line => line.StartsWith('#')), .. found]);
        else Assert.All(found, line => Assert.Contains(line, File.ReadLines(Path.Combine(Folder, "first-seeds.txt"))));
    }

    private static string Source([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "first-seeds.txt");

    private static (ulong Seed, Violation? Violation) Search(PlantedBug bug)
    {
        for (var seed = 1UL; seed <= MostSeeds; seed++)
            if (PlantedScenario.Run(bug, seed).Violation is { } violation) return (seed, violation);
        return (0, null);
    }

    private static Dictionary<string, (ulong Seed, string Rule)> Recorded() => File.ReadLines(Path.Combine(Folder, "first-seeds.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => (ulong.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]), StringComparer.Ordinal);
}

using ClusterEmu.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace ClusterEmu.EndToEnd.Tests.Kubectl;

/// <summary>One cluster for all cases; each case has a namespace and a folder of its own.</summary>
public sealed class KubectlCluster : IAsyncLifetime
{
    /// <summary>Null where there is no kubectl: then no case is run.</summary>
    public RunningCluster? Cluster { get; private set; }

    public async Task InitializeAsync()
    {
        if (Tools.Kubectl is not null) Cluster = await RunningCluster.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null) await Cluster.DisposeAsync();
    }
}

/// <summary>
/// The real kubectl against a cluster of ours: what it prints on standard output and standard error, and how it ends, is what the files in Cases/
/// say. <c>CLUSTEREMU_CASES=name</c> runs those whose names contain it and shows what every command printed.
/// </summary>
public sealed class KubectlCaseTests(KubectlCluster shared, ITestOutputHelper output) : IClassFixture<KubectlCluster>
{
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("CLUSTEREMU_CASES") is { Length: > 0 } name ? name : null;

    public static TheoryData<string> Cases() => [.. Files().Select(file => Path.GetFileNameWithoutExtension(file))];

    [KubectlTheory]
    [MemberData(nameof(Cases))]
    public async Task Kubectl_PrintsWhatItShould(string name)
    {
        var file = CaseFile.Read(Files().Single(file => Path.GetFileNameWithoutExtension(file) == name));
        Assert.True(shared.Cluster is not null, "kubectl is missing. On Debian: apt-get install kubernetes-client");
        var run = await CaseRun.PrepareAsync(shared.Cluster, file);
        var problems = new List<string>();
        foreach (var step in file.Steps)
        {
            var outcome = await run.RunAsync(step);
            if (Chosen is not null) output.WriteLine($"line {step.Line}: {outcome}");
            if (!CaseRun.Fits(step, outcome)) problems.Add(CaseRun.Difference(file, step, outcome));
        }
        Assert.True(problems.Count == 0, $"{problems.Count} of {file.Steps.Count} commands differ:\n\n{string.Join("\n\n", problems)}");
    }

    [Fact]
    public void EveryStepNamesItsSource()
    {
        var steps = Directory.GetFiles(CaseRun.Folder, "*.txt").Select(CaseFile.Read).SelectMany(file => file.Steps).ToList();
        var ours = steps.Count(step => step.Source == "ours");
        output.WriteLine($"{steps.Count} commands: {steps.Count - ours} with a source, {ours} of our own.");
        Assert.True(ours * 2 < steps.Count, $"{ours} of {steps.Count} expectations are 'ours': look for sources (the transcript of a real server, kubectl's tests, the documentation).");
    }

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(CaseRun.Folder, "*.txt").Where(file => Chosen is null || Path.GetFileName(file).Contains(Chosen, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}

/// <summary>A theory that needs kubectl. Without it: skipped with a message; a failure where CI=true.</summary>
public sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute() => Skip = new KubectlFactAttribute().Skip;
}

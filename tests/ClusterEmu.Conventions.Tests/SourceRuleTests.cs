using System.Text.RegularExpressions;

namespace ClusterEmu.Conventions.Tests;

/// <summary>House rules that the compiler does not know.</summary>
public sealed partial class SourceRuleTests
{
    [Fact]
    public void NoPlaceholders()
    {
        foreach (var file in Repository.Sources())
        {
            var match = Placeholder().Match(File.ReadAllText(file));
            Assert.False(match.Success, $"{Repository.Relative(file)} holds '{match.Value}'. Finish it, or take it out and open an issue.");
        }
    }

    [Fact]
    public void NoSwallowedExceptions()
    {
        foreach (var file in Repository.Sources())
        {
            var match = EmptyCatch().Match(File.ReadAllText(file));
            Assert.False(match.Success, $"{Repository.Relative(file)} swallows an exception: '{match.Value.ReplaceLineEndings(" ")}'. Catch what is expected, and say in a comment why nothing need be done.");
        }
    }

    [Fact]
    public void ActorsWaitByMessage()
    {
        foreach (var file in Repository.Sources().Where(file => !IsRim(file)))
        {
            var match = Waiting().Match(File.ReadAllText(file));
            Assert.False(match.Success, $"{Repository.Relative(file)} holds '{match.Value.Trim()}'. An actor waits by message: use PipeTo, Timers or Tell, or move the code to a Rim folder.");
        }
    }

    /// <summary>Their last bits differ between machines, and with them what a seed does. The rim too: nothing here needs them.</summary>
    [Fact]
    public void NoTranscendentalFunctions()
    {
        foreach (var file in Repository.Sources())
        {
            var match = Transcendental().Match(File.ReadAllText(file));
            Assert.False(match.Success, $"{Repository.Relative(file)} uses '{match.Value}', whose last bits differ between machines: the same seed would go another way there. Use integers or a table, as LatencyTable and DomainWeight do.");
        }
    }

    [Theory]
    [InlineData("Math.Log(x)", true)]
    [InlineData("Math.Sqrt(x)", true)]
    [InlineData("MathF.Sin(x)", true)]
    [InlineData("double.Exp2(x)", true)]
    [InlineData("using static System.Math;", true)]
    [InlineData("Math.Max(x, y)", false)]
    [InlineData("Math.Round(x)", false)]
    [InlineData("BitOperations.Log2(x)", false)]
    public void TranscendentalFunctions_AreKnown(string code, bool isOne) => Assert.Equal(isOne, Transcendental().IsMatch(code));

    /// <summary>Their order goes by hash codes, which differ from process to process. A few are looked up only, and are named here.</summary>
    [Fact]
    public void NoCollectionsInTheOrderOfHashCodes()
    {
        string[] lookedUpOnly =
        [
            "src/ClusterEmu.ControlPlane/ApiServer/Reads/SnapshotPins.cs", "src/ClusterEmu.Api/OpenApi/OpenApiDocuments.cs", "src/ClusterEmu.Api/Schemas/RecordSchema.cs",
            "src/ClusterEmu.Api/Apply/FieldType.cs", "src/ClusterEmu.Api/Apply/DeclaredElements.cs", "src/ClusterEmu.Api/Apply/RecordFieldType.cs",
        ];
        foreach (var file in Repository.Sources().Where(file => !IsRim(file) && !lookedUpOnly.Contains(Repository.Relative(file))))
        {
            var match = HashOrdered().Match(File.ReadAllText(file));
            Assert.False(match.Success, $"{Repository.Relative(file)} uses {match.Value}, whose order differs from process to process. Use a Dictionary or HashSet, or a sorted collection with a named comparer.");
        }
    }

    [Fact]
    public void NoHelpersOrCommonFolders()
    {
        foreach (var file in Repository.Sources())
        {
            var segment = Repository.Relative(file).Split('/').FirstOrDefault(part => part is "Helpers" or "Common" or "Utils" or "Misc");
            Assert.True(segment is null, $"{Repository.Relative(file)} lies in a folder '{segment}'. Put it beside what uses it.");
        }
    }

    /// <summary>Rim: folders of that name, and projects that are rim as a whole (docs/architecture.md).</summary>
    private static bool IsRim(string file)
    {
        var parts = Repository.Relative(file).Split('/');
        return parts.Contains("Rim") || parts[1] is "ClusterEmu.Cli" or "ClusterEmu.Testing" or "ClusterEmu.Actors" or "ClusterEmu.Actors.TestKit";
    }

    [GeneratedRegex(@"\b(Math|MathF|double|float|Double|Single|Half)\.(A?(Sin|Cos|Tan)h?|Atan2|SinCos|\w*Pi|Exp\w*|Log\w*|I?Pow\w*|Sqrt|Cbrt|RootN|Hypot|ReciprocalSqrt\w*)\(|using static System\.MathF?;")]
    private static partial Regex Transcendental();

    [GeneratedRegex(@"\bImmutable(HashSet|Dictionary)\b|\bFrozen(Set|Dictionary)\b|\bConcurrent(Dictionary|Bag)\b|\bHashtable\b")]
    private static partial Regex HashOrdered();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"ReceiveAsync<|ReceiveAnyAsync|\.Ask(<[^>]*>)?\(|\bawait\s|\.GetAwaiter\(\)|Receive<\w+>\(\s*async|\.ContinueWith\(|\.ConfigureAwait\(|\bTask\.(Run|Delay|Factory)\b|\.AsParallel\(")]
    private static partial Regex Waiting();
}

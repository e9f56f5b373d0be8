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

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"ReceiveAsync<|ReceiveAnyAsync|\.Ask(<[^>]*>)?\(|\bawait\s|\.GetAwaiter\(\)|Receive<\w+>\(\s*async")]
    private static partial Regex Waiting();
}

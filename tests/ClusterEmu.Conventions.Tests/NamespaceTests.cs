using System.Text.RegularExpressions;
using ClusterEmu.Api;

namespace ClusterEmu.Conventions.Tests;

/// <summary>Inside <c>ClusterEmu.*</c> a namespace wins over a type of its name, so no segment may be called like one.</summary>
public sealed partial class NamespaceTests
{
    private static readonly string[] AkkaTypes =
    [
        "Props", "ActorSystem", "Address", "Status", "Receive", "Terminated", "Envelope", "Config", "Setup", "Settings", "TestKit", "TestProbe",
        "EventStream", "Directive", "Decider", "Kill", "Futures", "Logging", "Nobody", "Identify", "Scheduler", "Debug", "Info", "Warning", "Error",
    ];

    [Fact]
    public void NoSegment_IsNamedLikeAKindOrAnAkkaType()
    {
        var taken = KindCatalog.All.Select(kind => kind.Kind).Concat(AkkaTypes).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Repository.Sources().Concat(Repository.Sources("tests")))
        {
            var match = Declaration().Match(File.ReadAllText(file));
            if (!match.Success) continue;
            foreach (var segment in match.Groups[1].Value.Split('.'))
                Assert.False(taken.Contains(segment), $"{Repository.Relative(file)}: namespace {match.Groups[1].Value} has the segment '{segment}', which is a Kubernetes kind or an Akka type. Use a plural or another noun, such as '{segment}s'.");
        }
    }

    [Fact]
    public void Namespaces_BeginWithTheirProject()
    {
        foreach (var file in Repository.Sources())
        {
            var project = Repository.Relative(file).Split('/')[1];
            var root = project == "ClusterEmu.Actors.TestKit" ? "ClusterEmu.Actors" : project;
            var match = Declaration().Match(File.ReadAllText(file));
            if (match.Success)
                Assert.True(match.Groups[1].Value == root || match.Groups[1].Value.StartsWith(root + ".", StringComparison.Ordinal), $"{Repository.Relative(file)} declares {match.Groups[1].Value}. Begin it with {root}.");
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}

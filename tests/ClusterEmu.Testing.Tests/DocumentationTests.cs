using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace ClusterEmu.Testing.Tests;

/// <summary>docs/testing.md shows a test that really runs, and what it really prints.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page = Texts.Read("docs/testing.md");

    [Fact]
    public void ThePageShowsTheExampleAsItIsCompiled()
    {
        var shown = Fence("csharp", Texts.Read("ExampleTests.cs")[..40]);
        Assert.True(shown == Texts.Read("ExampleTests.cs"), "docs/testing.md shows another example than tests/ClusterEmu.Testing.Tests/ExampleTests.cs. Copy that file into the page.");
    }

    [Fact]
    public async Task ThePageShowsWhatTheExamplePrints()
    {
        var recorder = new Recorder();
        await new ExampleTests(recorder).RequestsAreSpreadOverThePods();
        var printed = string.Join('\n', recorder.Lines) + "\n";
        var shown = Fence("text", "30 of 30");
        // Addresses, times and the random parts of names differ from run to run.
        Assert.True(Normal(shown) == Normal(printed), $"docs/testing.md shows other output than the example prints. It printed:\n{printed}");
    }

    private static string Fence(string language, string beginning)
    {
        var start = Page.IndexOf($"```{language}\n{beginning}", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/testing.md has no block ```{language} that begins with '{beginning}'.");
        start += language.Length + 4;
        return Page[start..Page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Normal(string text) => Numbers().Replace(PodNames().Replace(text, "web-POD"), "0");

    [GeneratedRegex(@"web-[a-z0-9]+-[a-z0-9]{5}\b")]
    private static partial Regex PodNames();

    [GeneratedRegex(@"\d+(\.\d+)*")]
    private static partial Regex Numbers();

    private sealed class Recorder : ITestOutputHelper
    {
        public List<string> Lines { get; } = [];

        public void WriteLine(string message) => Lines.Add(message);

        public void WriteLine(string format, params object[] args) => Lines.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
    }
}

namespace ClusterEmu.EndToEnd.Tests.Kubectl;

public sealed class LinePatternsTests
{
    [Theory]
    [InlineData("a b", "a   b", true)]
    [InlineData("a <*> c", "a b c", true)]
    [InlineData("a <*> c", "a b b c", false)]
    [InlineData("a <...> c", "a b b c", true)]
    [InlineData("...|z", "x|y|z", true)]
    [InlineData("...|z", "x|y", false)]
    [InlineData("a|...", "a", true)]
    [InlineData("a", "a|b", false)]
    [InlineData("a|b", "a", false)]
    [InlineData("(a.b)*", "(a.b)*", true)]
    [InlineData("(a.b)*", "(axb)*", false)]
    public void Patterns_FitLines(string patterns, string lines, bool fits) => Assert.Equal(fits, LinePatterns.Match(patterns.Split('|'), lines.Split('|')));

    [Fact]
    public void ACaseFile_IsReadLineByLine()
    {
        var file = CaseFile.Parse("x", ["# comment", "file a.yaml", "kind: Pod", "end", "source: ours", "$ one", "out", "! err", "| exit 3", "exit 1", "source: a page", "$~ two"]);
        Assert.Equal("kind: Pod\n", file.Files["a.yaml"]);
        Assert.Equal(("one", "ours", 1, false), (file.Steps[0].Command, file.Steps[0].Source, file.Steps[0].ExitCode, file.Steps[0].Patient));
        Assert.Equal(["out", "exit 3"], file.Steps[0].Output);
        Assert.Equal(["err"], file.Steps[0].Error);
        Assert.Equal(("two", "a page", true), (file.Steps[1].Command, file.Steps[1].Source, file.Steps[1].Patient));
    }

    [Fact]
    public void AStepWithoutSource_IsRefused() => Assert.Contains("needs a line 'source: …'", Assert.Throws<FormatException>(() => CaseFile.Parse("x", ["$ one"])).Message, StringComparison.Ordinal);
}

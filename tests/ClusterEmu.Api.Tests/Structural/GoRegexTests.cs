namespace ClusterEmu.Api.Tests;

public class GoRegexTests
{
    [Theory] // The pattern, a text, whether Go's regexp finds a match
    [InlineData(@"^(\d+|\*)(/\d+)?(\s+(\d+|\*)(/\d+)?){4}$", "* * * * */5", true)]
    [InlineData(@"^(\d+|\*)(/\d+)?(\s+(\d+|\*)(/\d+)?){4}$", "* * * *", false)]
    [InlineData(@"^\d$", "٣", false)] // An Arabic digit: Go's are ASCII.
    [InlineData(@"^[\w.]+$", "a_b.c", true)]
    [InlineData("a$", "a\n", false)]
    [InlineData("^[[:alpha:]]+$", "abc", true)]
    [InlineData("^[[:alpha:]]+$", "ab1", false)]
    [InlineData("^(?P<name>x)$", "x", true)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a-z&&[^b]]", "b]", true)]
    [InlineData(@"\$5", "$5", true)]
    public void Patterns_MatchAsInGo(string pattern, string text, bool expected)
    {
        Assert.True(GoRegex.TryParse(pattern, out var regex, out var problem), problem);
        Assert.Equal(expected, regex.IsMatch(text));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a(?=b)")]
    [InlineData(@"(a)\1")]
    [InlineData("[z-a]")]
    public void WhatGoCannotRead_IsRefused(string pattern)
    {
        Assert.False(GoRegex.TryParse(pattern, out _, out var problem));
        Assert.StartsWith("error parsing regexp: ", problem);
    }

    [Fact]
    public void APatternThatBacktracksForever_IsMatchedInTime()
    {
        Assert.True(GoRegex.TryParse("^(a+)+$", out var regex, out _));
        Assert.DoesNotMatch(regex, new string('a', 50_000) + "b");
    }
}

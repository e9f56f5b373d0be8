using System.Text;

namespace ClusterEmu.Api.Tests;

public class YamlPrinterTests
{
    [Theory]
    [InlineData("""{"b":1,"a":{"c":[]},"d":{}}""", "a:\n  c: []\nb: 1\nd: {}\n")]
    [InlineData("""{"ports":[{"port":80,"name":"http"},{"port":81}]}""", "ports:\n- name: http\n  port: 80\n- port: 81\n")]
    [InlineData("""{"a":[["x","z"],[]]}""", "a:\n- - x\n  - z\n- []\n")]
    [InlineData("""{"a":{"b":["x"]}}""", "a:\n  b:\n  - x\n")]
    [InlineData("""{"a":null,"b":true,"c":"true","d":"","e":"5","f":"a b"}""", "a: null\nb: true\nc: \"true\"\nd: \"\"\ne: \"5\"\nf: a b\n")]
    [InlineData("""{"t":"2026-01-02T03:04:05Z","ip":"10.0.0.1","q":"500m","p":"25%"}""", "ip: 10.0.0.1\np: 25%\nq: 500m\nt: \"2026-01-02T03:04:05Z\"\n")]
    [InlineData("""{"a":"x: y","b":"# no","c":"it's","d":"- x","e":"*","f":"a#b","g":"null","h":"yes","i":"12:30"}""", "a: 'x: y'\nb: '# no'\nc: it's\nd: '- x'\ne: '*'\nf: a#b\ng: \"null\"\nh: \"yes\"\ni: \"12:30\"\n")]
    [InlineData("""{"a":"x\ny\n","b":"x\ny","c":"x\n\n"," d":1}""", "' d': 1\na: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\n")]
    [InlineData("""{"a":"tab\there","b":"back\\slash"}""", "a: \"tab\\there\"\nb: back\\slash\n")]
    [InlineData("""{"a10":1,"a9":2,"aB":3,"a":4}""", "a: 4\na9: 2\na10: 1\naB: 3\n")]
    [InlineData("""{"a":"=","b":"<<","<<":"c","d":"2001-12-14 21:59:43.10 -5","e":"2026-01-02","f":"é 😀"}""", "\"<<\": c\na: =\nb: <<\nd: 2001-12-14 21:59:43.10 -5\ne: \"2026-01-02\"\nf: \"é \\U0001F600\"\n")]
    [InlineData("\"x\"", "x\n")]
    public void LooksLikeKubectl(string json, string yaml) => Assert.Equal(yaml, YamlPrinter.Print(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void LongTextsAreFoldedPastColumnEighty()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 30));
        var lines = YamlPrinter.Print(Encoding.UTF8.GetBytes("{\"status\":{\"message\":\"" + words + "\"}}")).Split('\n');
        Assert.Equal("status:", lines[0]);
        Assert.StartsWith("  message: word", lines[1], StringComparison.Ordinal);
        Assert.InRange(lines[1].Length, 80, 86);
        Assert.StartsWith("    word", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsPrintedReadsBackAsItWas()
    {
        var texts = new[] { "", " ", "a ", "\n", "a\n b", " a\nb", "é", "😀", "\u0007", "a: b", "'", "\"", "0x1", "1e3", "~", "|", "a \nb", "\t", "---", "...", "y", string.Join(' ', Enumerable.Repeat("it's", 40)), string.Join("  ", Enumerable.Repeat("two: ", 40)), string.Join(" ", Enumerable.Repeat("bell\u0007", 40)) };
        var json = System.Text.Json.JsonSerializer.Serialize(texts.Select(text => new Dictionary<string, string> { ["k"] = text, [text + "!"] = text }).ToArray());
        var yaml = YamlPrinter.Print(Encoding.UTF8.GetBytes(json));
        JsonDifference.AssertSame(json, Encoding.UTF8.GetString(Assert.Single(YamlManifests.ToJson(yaml)).Json));
    }
}

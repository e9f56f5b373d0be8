using System.Text;

namespace ClusterEmu.Api.Tests;

public class GoJsonSyntaxTests
{
    [Theory]
    [InlineData("{}", null)]
    [InlineData(""" {"a":[1,-2.5e+3,true,false,null,"\u00e9\n"]} """, null)]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("{\"a\":1", "unexpected end of JSON input")]
    [InlineData("{a:1}", "invalid character 'a' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 \"b\"", "invalid character '\"' after object key:value pair")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("{} x", "invalid character 'x' after top-level value")]
    [InlineData("x", "invalid character 'x' looking for beginning of value")]
    [InlineData("tru!", "invalid character '!' in literal true (expecting 'e')")]
    [InlineData("-x", "invalid character 'x' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1ex", "invalid character 'x' in exponent of numeric literal")]
    [InlineData("\"a\nb\"", "invalid character '\\n' in string literal")]
    [InlineData("\"\\q\"", "invalid character 'q' in string escape code")]
    [InlineData("\"\\u00g0\"", "invalid character 'g' in \\u hexadecimal character escape")]
    public void ProblemsAreNamedAsGoNamesThem(string text, string? problem) =>
        Assert.Equal(problem, GoJsonSyntax.FindProblem(Encoding.UTF8.GetBytes(text)));
}

namespace ClusterEmu.Api.Tests;

public class LabelQueryTests
{
    [Theory] //  selector              labels            matches
    [InlineData("", "", true)]
    [InlineData("a=b", "a=b", true)]
    [InlineData("a==b", "a=b", true)]
    [InlineData("a=b", "a=c", false)]
    [InlineData("a=b", "", false)]
    [InlineData("a=", "a=", true)]
    [InlineData("a=,b", "a=,b=1", true)]
    [InlineData("a!=b", "", true)]
    [InlineData("a!=b", "a=b", false)]
    [InlineData("a", "a=x", true)]
    [InlineData("a", "b=x", false)]
    [InlineData("!a", "b=x", true)]
    [InlineData("! a", "a=x", false)]
    [InlineData("a in (x,y)", "a=y", true)]
    [InlineData("a in ( x , y )", "a=z", false)]
    [InlineData("a in ()x", "a=z", null)]
    [InlineData("a in (,x)", "a=", true)]
    [InlineData("a in (x,,y)", "a=", true)]
    [InlineData("a notin (x)", "a=y", true)]
    [InlineData("a notin (x)", "", true)]
    [InlineData("a notin (x)", "a=x", false)]
    [InlineData("in in (in)", "in=in", true)]
    [InlineData("notin=in", "notin=in", true)]
    [InlineData("a>5", "a=6", true)]
    [InlineData("a<5", "a=6", false)]
    [InlineData("a>5", "a=x", false)]
    [InlineData("example.com/app=web,tier", "example.com/app=web,tier=1", true)]
    public void Matches(string selector, string labels, bool? matches)
    {
        var map = labels.Split(',', StringSplitOptions.RemoveEmptyEntries).ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);
        if (matches is null) Assert.Throws<SelectorException>(() => LabelQuery.Parse(selector));
        else Assert.Equal(matches, LabelQuery.Parse(selector).Matches(map));
    }

    [Theory]
    [InlineData("a in", "unable to parse requirement: found '' expected: '('")]
    [InlineData("a in (", "unable to parse requirement: found '', expected: ',', ')' or identifier")]
    [InlineData("a in (x", "unable to parse requirement: found '', expected: ',' or ')'")]
    [InlineData("a in (x y)", "unable to parse requirement: found 'y', expected: ',' or ')'")]
    [InlineData("a in ()", "unable to parse requirement: values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty")]
    [InlineData("=a", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("a=b,", "found '', expected: identifier after ','")]
    [InlineData("a=b c", "found 'c', expected: ',' or 'end of string'")]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("!", "unable to parse requirement: found '', expected: identifier")]
    [InlineData("a=(", "unable to parse requirement: found '(', expected: identifier")]
    [InlineData("a>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer")]
    [InlineData("a=b_", "unable to parse requirement: values[0][a]: Invalid value: \"b_\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    [InlineData("-a=b", "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")]
    public void WhatIsNoSelectorIsRefusedInKubernetesWords(string selector, string message) =>
        Assert.Equal(message, Assert.Throws<SelectorException>(() => LabelQuery.Parse(selector)).Message);

    [Theory]
    [InlineData("b=1,a in (y,x,y),!c", "a in (x,y),b=1,!c")]
    [InlineData("a == b , c>1", "a=b,c>1")]
    public void TextIsCanonical(string selector, string canonical) => Assert.Equal(canonical, LabelQuery.Parse(selector).ToString());

    [Fact]
    public void WorkloadSelectorsBecomeQueries()
    {
        var query = LabelQuery.OfSelector(new LabelSelector
        {
            MatchLabels = new Dictionary<string, string> { ["app"] = "web" },
            MatchExpressions = [new LabelSelectorRequirement { Key = "tier", Operator = "NotIn", Values = ["db", "cache"] }],
        });
        Assert.Equal("app=web,tier notin (cache,db)", query.ToString());
        Assert.True(LabelQuery.OfSelector(new LabelSelector()).Matches(EmptyMap.Strings));
        Assert.False(LabelQuery.OfSelector(null).Matches(EmptyMap.Strings));
        var unknown = new LabelSelector { MatchExpressions = [new LabelSelectorRequirement { Key = "a", Operator = "Like" }] };
        Assert.Equal("\"Like\" is not a valid label selector operator", Assert.Throws<SelectorException>(() => LabelQuery.OfSelector(unknown)).Message);
    }
}

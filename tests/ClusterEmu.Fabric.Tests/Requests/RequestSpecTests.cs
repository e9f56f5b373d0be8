using System.Text.Json;

namespace ClusterEmu.Fabric.Tests;

public sealed class RequestSpecTests
{
    [Theory]
    [InlineData("""{"url":"http://x"}""", "GET")]
    [InlineData("""{"url":"http://x","data":"a"}""", "POST")]
    [InlineData("""{"url":"http://x","data":"a","method":"PUT"}""", "PUT")]
    [InlineData("""{"url":"http://x","data":"a","method":null}""", "POST")]
    public void Method_IsPostWhereThereIsDataAndNoneIsGiven(string json, string method) =>
        Assert.Equal(method, JsonSerializer.Deserialize(json, RequestJson.Default.RequestSpec)!.Method);

    [Fact]
    public void Hops_HaveEveryKey()
    {
        var json = JsonSerializer.Serialize(Report(new RequestHop("node/node-1", "dnat", "to a Pod", 7, 12), new RequestHop("edge", "drop", "no route", null, 13)), RequestJson.Default.RequestReport);
        Assert.Contains(
            "\"hops\":" + """[{"at":"node/node-1","what":"dnat","detail":"to a Pod","tableRevision":7,"t":12},{"at":"edge","what":"drop","detail":"no route","tableRevision":null,"t":13}]""",
            json, StringComparison.Ordinal);
    }

    private static RequestReport Report(params RequestHop[] hops) => new()
    {
        Url = "http://x",
        From = "outside",
        Sent = 1,
        Succeeded = 1,
        Failed = new RequestFailures(0, 0, 0, 0),
        ByPod = new Dictionary<string, int>(),
        LatencyMs = new RequestLatencies(0, 0),
        Traces = [new RequestTrace(hops)],
        Answers = new RequestAnswers { StatusCodes = new Dictionary<string, int>(), Errors = new Dictionary<string, int>() },
    };
}

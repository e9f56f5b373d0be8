using System.Text;
using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class AgnhostImageTests
{
    [Theory]
    [InlineData("/hostname", 200, "web-1")]
    [InlineData("/hostName", 200, "web-1")]
    [InlineData("/clientip", 200, "172.17.1.9:40000")]
    [InlineData("/healthz", 200, "")]
    [InlineData("/echo?msg=hello%20there+you", 200, "hello there you")]
    [InlineData("/echo?msg=no&code=404", 404, "no")]
    [InlineData("/echo?code=x", 200, "argument 'code' must be an integer or empty, got \"x\"\n")]
    [InlineData("/header?key=x-forwarded-for", 200, "10.0.0.1")]
    [InlineData("/header?key=none", 200, "")]
    [InlineData("/redirect?location=%2Fecho", 302, "")]
    [InlineData("/", 200, "NOW: 2026-01-02 03:04:05.000000 +0000 UTC")]
    [InlineData("/anything", 200, "NOW: 2026-01-02 03:04:05.000000 +0000 UTC")]
    public void Netexec_Answers(string target, int code, string body)
    {
        var answer = Answer(Plan("agnhost", "netexec"), 8080, Ask(target, "GET", default, ("X-Forwarded-For", "10.0.0.1")));
        Assert.Equal((code, body), (answer.Code, answer.Body));
        Assert.Null(answer.Exit);
    }

    [Theory]
    [InlineData("/exit", 0, 0)]
    [InlineData("/exit?code=3&wait=2s", 2, 3)]
    [InlineData("/shutdown", 0, 0)]
    public void Netexec_EndsWhenAsked(string target, int after, int code) =>
        Assert.Equal(new ProcessExit(TimeSpan.FromSeconds(after), code), Answer(Plan("agnhost", "netexec"), 8080, Ask(target)).Exit);

    [Fact]
    public void Netexec_DoesNotEndOnANonsensicalCode() => Assert.Null(Answer(Plan("agnhost", "netexec"), 8080, Ask("/exit?code=200")).Exit);

    [Theory]
    [InlineData("hostname\n", "web-1")]
    [InlineData("echo a b", "a b")]
    [InlineData("clientip", "172.17.1.9:40000")]
    [InlineData("nonsense", null)]
    public void Netexec_AnswersDatagrams(string sent, string? expected)
    {
        var reply = NetexecProgram.AnswerDatagram(Encoding.UTF8.GetBytes(sent), Caller, Facts);
        Assert.Equal(expected, reply is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null);
    }

    [Fact]
    public void Porter_AnswersItsVariablesValue()
    {
        var plan = Plan("agnhost", "porter", "SERVE_PORT_8080=web,SERVE_TLS_PORT_8443=tls");
        Assert.Equal("web", Answer(plan, 8080, Ask("/any")).Body);
        Assert.Equal("tls", Answer(plan, 8443, Ask("/")).Body);
        var json = Plan("agnhost", "porter --json-response", "SERVE_PORT_80=a\"b");
        Assert.Equal("{\"Method\":\"PUT\",\"Body\":\"a\\u0022b\"}", Answer(json, 80, Ask("/", "PUT")).Body);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(10, 200)]
    [InlineData(11, 500)]
    public void Liveness_FailsAfterTenSeconds(int seconds, int code) =>
        Assert.Equal(code, Answer(Plan("agnhost", "liveness"), 8080, Ask("/healthz", "GET", TimeSpan.FromSeconds(seconds))).Code);

    [Theory]
    [InlineData(8080, "/health", 200)]
    [InlineData(8181, "/ready", 200)]
    [InlineData(9153, "/metrics", 200)]
    [InlineData(8181, "/other", 404)]
    public void Coredns_ServesHealthReadinessAndMetrics(int port, string path, int code) => Assert.Equal(code, Answer(Plan("coredns"), port, Ask(path)).Code);
}

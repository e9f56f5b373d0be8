using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class NginxImageTests
{
    [Theory]
    [InlineData("GET", "/", 200, "<h1>Welcome to nginx!</h1>")]
    [InlineData("GET", "/index.html", 200, "<title>Welcome to nginx!</title>")]
    [InlineData("GET", "/missing", 404, "<h1>404 Not Found</h1>")]
    [InlineData("POST", "/", 405, "<h1>405 Not Allowed</h1>")]
    public void Answer_IsNginxs(string method, string path, int code, string part)
    {
        var answer = Answer(Plan("nginx:1.21"), 80, Ask(path, method));
        Assert.Equal(code, answer.Code);
        Assert.Equal("text/html", answer.ContentType);
        Assert.Contains(part, answer.Body);
        Assert.Contains(answer.Headers, header => header is { Key: "Server", Value: "nginx/1.21.6" });
    }

    [Theory]
    [InlineData("1.21", "1.21.6")]
    [InlineData("1.21.3", "1.21.3")]
    [InlineData("1.14.2-alpine", "1.14.2")]
    [InlineData("latest", "1.27.5")]
    [InlineData("alpine", "1.27.5")]
    public void VersionOf_ReadsTheTag(string tag, string version) => Assert.Equal(version, NginxImage.VersionOf(tag));
}

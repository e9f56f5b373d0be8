using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Watches over HTTPS: what a real server streams.</summary>
public sealed class HttpWatchTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task AWatchFromAList_StreamsEachChange_AndLeavingTheSelectorIsADelete()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        var revision = (string?)(await server.Send("GET", path)).Body["metadata"]!["resourceVersion"];
        var all = Stream($"{path}?watch=true&resourceVersion={revision}", 4);
        var some = Stream($"{path}?watch=1&labelSelector=w%3D1&resourceVersion={revision}", 3);
        await server.Send("POST", path, """{"metadata":{"name":"w","labels":{"w":"1"}},"data":{"a":"1"}}""");
        await server.Send("PATCH", $"{path}/w", """{"data":{"a":"2"}}""", "application/merge-patch+json");
        await server.Send("PATCH", $"{path}/w", """{"metadata":{"labels":{"w":"2"}}}""", "application/merge-patch+json");
        await server.Send("DELETE", $"{path}/w");
        Assert.Equal(["ADDED 1", "MODIFIED 1", "MODIFIED 2", "DELETED 2"], (await all).Select(Short));
        Assert.Equal(["ADDED 1", "MODIFIED 1", "DELETED 1"], (await some).Select(Short));
    }

    [Fact]
    public async Task WithoutRevision_TheCurrentStateComesFirst_AndInitialEventsHaveAnEnd()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        foreach (var name in (string[])["b", "a"]) await server.Send("POST", path, $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        var now = await Stream($"{path}?watch=true", 2);
        Assert.Equal(["ADDED a", "ADDED b"], now.Select(item => $"{item["type"]} {item["object"]!["metadata"]!["name"]}"));
        var ended = await Stream($"{path}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan", 3);
        Assert.Equal("BOOKMARK", (string?)ended[2]["type"]);
        Assert.Equal("true", (string?)ended[2]["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]);
    }

    [Theory] // path (NS is the namespace), revision; what comes
    [InlineData("/api/v1/watch/namespaces/NS/configmaps?timeoutSeconds=1", "ADDED a, ADDED b")]
    [InlineData("/api/v1/watch/namespaces/NS/configmaps/b?timeoutSeconds=1", "ADDED b")]
    [InlineData("/api/v1/namespaces/NS/configmaps/b?watch&timeoutSeconds=1", "ADDED b")]
    [InlineData("/api/v1/namespaces/NS/configmaps?watch=1&timeoutSeconds=1&resourceVersion=0&fieldSelector=metadata.name%3Da", "ADDED a")]
    [InlineData("/api/v1/namespaces/NS/configmaps?watch=1&timeoutSeconds=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan", "")]
    [InlineData("/api/v1/namespaces/NS/configmaps?watch=1&timeoutSeconds=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan", "ADDED a, ADDED b")]
    [InlineData("/api/v1/namespaces/NS/configmaps?watch=1&timeoutSeconds=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true", "ADDED a, ADDED b, BOOKMARK , BOOKMARK ")]
    public async Task WhereAWatchBegins(string path, string expected)
    {
        var ns = await server.NewNamespace();
        foreach (var name in (string[])["a", "b"]) await server.Send("POST", $"/api/v1/namespaces/{ns}/configmaps", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        var events = await Stream(path.Replace("NS", ns, StringComparison.Ordinal), int.MaxValue);
        Assert.Equal(expected, string.Join(", ", events.Select(item => $"{item["type"]} {item["object"]!["metadata"]!["name"]}")));
    }

    [Fact]
    public async Task ATimeOut_SendsABookmark_AndEndsTheStream()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        var revision = (string?)(await server.Send("GET", path)).Body["metadata"]!["resourceVersion"];
        var events = await Stream($"{path}?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion={revision}", int.MaxValue);
        Assert.Equal(["BOOKMARK"], events.Select(item => (string?)item["type"]));
    }

    [Fact]
    public async Task ATableWatch_SendsItsColumnsOnce()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        foreach (var name in (string[])["a", "b"]) await server.Send("POST", path, $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        var events = await Stream($"{path}?watch=true", 2, "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.Equal(3, events[0]["object"]!["columnDefinitions"]!.AsArray().Count);
        Assert.Null(events[1]["object"]!["columnDefinitions"]);
        Assert.Equal("b", (string?)events[1]["object"]!["rows"]![0]!["cells"]![0]);
    }

    [Fact]
    public async Task AManyEventBurst_ArrivesWhole_ThroughASlowReader()
    {
        var ns = await server.NewNamespace();
        var path = $"/api/v1/namespaces/{ns}/configmaps";
        var revision = (string?)(await server.Send("GET", path)).Body["metadata"]!["resourceVersion"];
        using var response = await server.Http.GetAsync(new Uri($"{path}?watch=true&resourceVersion={revision}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        const int count = 3000;
        var big = new string('x', 2000);
        for (var i = 0; i < count; i += 50)
        {
            await Task.WhenAll(Enumerable.Range(i, 50).Select(n => server.Must(Client.ApiCall.Create(new Api.ConfigMap
            {
                Metadata = new Api.ObjectMeta { Name = $"m{n}", Namespace = ns },
                Data = new Dictionary<string, string> { ["big"] = big },
            }))));
        }
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var revisions = new List<long>();
        while (revisions.Count < count)
        {
            var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.NotNull(line);
            revisions.Add(long.Parse((string)JsonNode.Parse(line)!["object"]!["metadata"]!["resourceVersion"]!, System.Globalization.CultureInfo.InvariantCulture));
        }
        Assert.Equal(revisions.Order(), revisions);
        Assert.Equal(count, revisions.Distinct().Count());
    }

    private static string Short(JsonNode item) => $"{item["type"]} {item["object"]!["metadata"]!["labels"]!["w"]}";

    private async Task<List<JsonNode>> Stream(string path, int count, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var events = new List<JsonNode>();
        while (events.Count < count && await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line) events.Add(JsonNode.Parse(line)!);
        return events;
    }
}

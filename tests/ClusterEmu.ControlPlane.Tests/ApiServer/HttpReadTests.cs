using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Gets and lists over HTTPS: resource versions, chunks, paths and forms.</summary>
public sealed class HttpReadTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    [Fact]
    public async Task AnExactList_ShowsTheStateThatWasThen_AndALaterOneDoesNot()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        var first = await Create(path, "a");
        var second = await Create(path, "b");
        await server.Send("DELETE", $"{path}/a");
        Assert.Equal("a", await Names($"{path}?resourceVersionMatch=Exact&resourceVersion={first}"));
        Assert.Equal("a b", await Names($"{path}?resourceVersionMatch=Exact&resourceVersion={second}"));
        Assert.Equal("a b", await Names($"{path}?limit=5&resourceVersion={second}"));
        Assert.Equal("b", await Names($"{path}?resourceVersion={second}"));
        Assert.Equal("b", await Names($"{path}?limit=5&resourceVersionMatch=NotOlderThan&resourceVersion={second}"));
    }

    [Fact]
    public async Task AChunkedList_ShowsOneState_AndSaysHowManyAreLeft()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        foreach (var name in (string[])["a", "b", "c", "d", "e"]) await Create(path, name);
        var (_, chunk) = await server.Send("GET", path + "?limit=2");
        Assert.Equal((3, "a b"), ((int)chunk["metadata"]!["remainingItemCount"]!, NamesOf(chunk)));
        await Create(path, "bb");
        var token = (string?)chunk["metadata"]!["continue"];
        var (_, next) = await server.Send("GET", $"{path}?limit=2&continue={token}");
        Assert.Equal(("c d", 1), (NamesOf(next), (int)next["metadata"]!["remainingItemCount"]!));
        Assert.Equal((string?)chunk["metadata"]!["resourceVersion"], (string?)next["metadata"]!["resourceVersion"]);
        (_, next) = await server.Send("GET", $"{path}?limit=2&continue={next["metadata"]!["continue"]}");
        Assert.Equal(("e", null), (NamesOf(next), next["metadata"]!["continue"]));
        Assert.Null((await server.Send("GET", path + "?limit=2&labelSelector=!x")).Body["metadata"]!["remainingItemCount"]);
        Assert.Equal("a b bb c d e", await Names(path + "?limit=2&resourceVersion=0"));
        var (code, status) = await server.Send("GET", $"{path}?limit=2&continue={token}&resourceVersion=5");
        Assert.Equal((400, "specifying resource version is not allowed when using continue"), (code, (string?)status["message"]));
    }

    [Theory] // method, path below /api/v1 (NS is the namespace); code, and the message or what is answered
    [InlineData("GET", "namespaces/NS/configmaps/a", 200, "ConfigMap")]
    [InlineData("GET", "namespaces/NS/configmaps/a/", 200, "ConfigMap")]
    [InlineData("GET", "namespaces/NS/configmaps/a?resourceVersion=0", 200, "ConfigMap")]
    [InlineData("GET", "namespaces/NS/configmaps/%61", 200, "ConfigMap")]
    [InlineData("GET", "namespaces/NS%2Fconfigmaps%2fa", 200, "ConfigMap")]
    [InlineData("GET", "namespaces/NS/configmaps/a%25b", 400, "Name parameter invalid: \"a%b\": may not contain '%'")]
    [InlineData("GET", "namespaces/NS//configmaps", 404, "the server could not find the requested resource")]
    [InlineData("GET", "/namespaces", 404, "the server could not find the requested resource")]
    [InlineData("GET", "namespaces/NS/configmaps/a/b", 404, "the server could not find the requested resource")]
    [InlineData("GET", "namespaces/NS/configmaps/a?resourceVersion=99999999", 504, null)]
    [InlineData("GET", "namespaces/NS/configmaps/nosuch?resourceVersion=99999999", 504, null)]
    [InlineData("GET", "namespaces/NS/configmaps/a?resourceVersion=x", 400, "resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax")]
    [InlineData("OPTIONS", "namespaces/NS/configmaps", 405, "the server does not allow this method on the requested resource")]
    [InlineData("BREW", "namespaces/NS/configmaps", 405, "the server does not allow this method on the requested resource")]
    [InlineData("PUT", "namespaces/NS/configmaps", 405, "the server does not allow this method on the requested resource")]
    [InlineData("PATCH", "namespaces/NS/configmaps", 405, "the server does not allow this method on the requested resource")]
    [InlineData("POST", "watch/namespaces/NS/configmaps", 405, "the server does not allow this method on the requested resource")]
    [InlineData("GET", "namespaces/NS/configmaps/a?watch=1&fieldSelector=metadata.name%3Db", 400, "fieldSelector metadata.name doesn't match requested name")]
    [InlineData("POST", "namespaces/NS/configmaps?dryRun=some", 422, "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: []string{\"some\"}: supported values: \"All\"")]
    [InlineData("POST", "namespaces/NS/configmaps?fieldValidation=Never", 422, "CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value: \"Never\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"")]
    [InlineData("DELETE", "namespaces/NS/configmaps/a?dryRun=some", 422, "DeleteOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: []string{\"some\"}: supported values: \"All\"")]
    [InlineData("DELETE", "namespaces/NS/configmaps/a?dryRun=All", 200, "Status")]
    public async Task Paths(string method, string path, int code, string? expected)
    {
        var ns = await server.NewNamespace();
        await Create($"/api/v1/namespaces/{ns}/configmaps", "a");
        var (answered, body) = await server.Send(method, "/api/v1/" + path.Replace("NS", ns, StringComparison.Ordinal), method is "POST" or "PUT" ? """{"metadata":{"name":"n"}}""" : null);
        Assert.Equal(code, answered);
        if (expected is not null) Assert.Equal(expected, (string?)(code == 200 ? body["kind"] : body["message"]));
        Assert.Equal(200, (await server.Send("GET", $"/api/v1/namespaces/{ns}/configmaps/a")).Code);
    }

    [Fact]
    public async Task Head_IsRefusedForObjects_AndServedForPages()
    {
        foreach (var (path, code) in ((string, int)[])[("/api/v1/pods", 405), ("/healthz", 200), ("/version", 200)])
            Assert.Equal(code, await HeadAsync(path));
    }

    [Theory] // Accept; watch; code and kind, with apiVersion
    [InlineData("application/json;as=Table;v=v1beta1;g=meta.k8s.io", "", 200, "meta.k8s.io/v1beta1 Table")]
    [InlineData("application/json;as=Table;v=v9;g=meta.k8s.io,application/json;as=PartialObjectMetadataList;v=v1beta1;g=meta.k8s.io", "", 200, "meta.k8s.io/v1beta1 PartialObjectMetadataList")]
    [InlineData("application/json;q=0.1,application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "", 200, "meta.k8s.io/v1 PartialObjectMetadataList")]
    [InlineData("application/json;as=Nonsense;v=v1;g=meta.k8s.io,*/*;q=0.5", "", 200, "v1 ConfigMapList")]
    [InlineData("application/json;as=Nonsense;v=v1;g=meta.k8s.io", "", 406, "only the following media types are accepted: application/json, application/yaml")]
    [InlineData("application/vnd.kubernetes.protobuf", "", 406, "only the following media types are accepted: application/json, application/yaml")]
    [InlineData("application/yaml", "?watch=1", 406, "only the following media types are accepted: application/json;stream=watch")]
    [InlineData("application/json;stream=other", "", 406, "only the following media types are accepted: application/json, application/yaml")]
    public async Task Forms(string accept, string query, int code, string expected)
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        await Create(path, "a");
        var (answered, body) = await server.Send("GET", path + query, accept: accept);
        Assert.Equal(code, answered);
        Assert.Equal(expected, code == 200 ? $"{body["apiVersion"]} {body["kind"]}" : (string?)body["message"]);
    }

    [Theory]
    [InlineData("None", null)]
    [InlineData("Metadata", "PartialObjectMetadata")]
    [InlineData("", "PartialObjectMetadata")]
    [InlineData("Object", "ConfigMap")]
    public async Task RowsCarry_WhatIsAskedFor(string include, string? kind)
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        await Create(path, "a");
        var (_, table) = await server.Send("GET", $"{path}?includeObject={include}", accept: Table);
        Assert.Equal(kind, (string?)table["rows"]![0]!["object"]?["kind"]);
        var (code, status) = await server.Send("GET", path + "?includeObject=Some", accept: Table);
        Assert.Equal((422, "TableOptions.meta.k8s.io \"\" is invalid: includeObject: Invalid value: \"Some\": must be 'Metadata', 'Object', 'None', or empty"), (code, (string?)status["message"]));
    }

    [Theory] // Accept-Encoding; what comes
    [InlineData("gzip", "gzip")]
    [InlineData("deflate, gzip", "gzip")]
    [InlineData("deflate, br", "")]
    [InlineData("identity", "")]
    public async Task LargeAnswers_AreZipped_ForThoseWhoTakeGzip(string accepted, string expected)
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        await server.Send("POST", path, $$$"""{"metadata":{"name":"big"},"data":{"k":"{{{new string('x', 200_000)}}}"}}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, path + "/big");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(expected, string.Join(',', response.Content.Headers.ContentEncoding));
        if (expected.Length > 0) Assert.InRange((await response.Content.ReadAsByteArrayAsync()).Length, 100, 20_000);
    }

    [Theory] // User-Agent, query, Accept; indented
    [InlineData("curl/8.0", "", "*/*", true)]
    [InlineData("kubectl/v1.32", "", "application/json", false)]
    [InlineData("kubectl/v1.32", "?pretty=true", "application/json", true)]
    [InlineData("kubectl/v1.32", "?pretty=yes", "application/json", false)]
    [InlineData("curl/8.0", "?pretty=0", "*/*", false)]
    [InlineData("kubectl/v1.32", "", "application/json;pretty=1", true)]
    public async Task ThoseWhoRead_GetIndentedText(string agent, string query, string accept, bool indented)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces/default" + query);
        request.Headers.UserAgent.Add(ProductInfoHeaderValue.Parse(agent));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.StartsWith(indented ? "{\n  \"kind\"" : "{\"kind\"", text, StringComparison.Ordinal);
        Assert.Equal(!indented, text.EndsWith('\n'));
    }

    [Fact]
    public void MetadataCutOutOfTheJson_IsWhatTheRecordHas()
    {
        var map = StoreFixture.Map("a", "v", "l") with { Metadata = StoreFixture.Map("a", "v", "l").Metadata with { Annotations = new Dictionary<string, string> { ["metadata"] = "{\"metadata\":{}}" } } };
        var stored = StoredObject.Encode(Api.Kinds.ConfigMap, map, 7);
        var only = new ApiServer.MetadataOnly("v1");
        Assert.Equal(JsonNode.Parse(only.Of(stored.Decode()))!.ToJsonString(), JsonNode.Parse(only.Of(stored))!.ToJsonString());
    }

    private async Task<int> HeadAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await server.Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task<string> Create(string path, string name)
    {
        var (code, body) = await server.Send("POST", path, $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        Assert.Equal(201, code);
        return (string)body["metadata"]!["resourceVersion"]!;
    }

    private async Task<string> Names(string path) => NamesOf((await server.Send("GET", path)).Body);

    private static string NamesOf(JsonNode list) => string.Join(' ', list["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"]).Where(name => name != "kube-root-ca.crt"));
}

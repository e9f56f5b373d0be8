using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Refusals, word for word as a real API server gives them.</summary>
public sealed class HttpErrorTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory] // method, path below /api/v1/namespaces/NS, body, type; code, reason, message (NS is the namespace)
    [InlineData("GET", "services/nosuch", null, null, 404, "NotFound", "services \"nosuch\" not found")]
    [InlineData("GET", "nosuch", null, null, 404, "NotFound", "the server could not find the requested resource")]
    [InlineData("POST", "services", """{"metadata":{"name":"plain"},"spec":{"ports":[{"port":80}]}}""", null, 409, "AlreadyExists", "services \"plain\" already exists")]
    [InlineData("POST", "services", "{bad json", null, 400, "BadRequest", "the object provided is unrecognized (must be of type Service): couldn't get version/kind; json parse error: invalid character 'b' looking for beginning of object key string ({bad json)")]
    [InlineData("POST", "services", """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x"}}""", null, 400, "BadRequest", "Pod in version \"v1\" cannot be handled as a Service: converting (v1.Pod) to (core.Service): unknown conversion")]
    [InlineData("POST", "services", """{"metadata":{"name":"x","namespace":"other"},"spec":{"ports":[{"port":80}]}}""", null, 400, "BadRequest", "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData("POST", "services", """{"spec":{"ports":[{"port":80}]}}""", null, 422, "Invalid", "Service \"\" is invalid: metadata.name: Required value: name or generateName is required")]
    [InlineData("POST", "services", """{"metadata":{"name":"x"},"spec":{}}""", null, 422, "Invalid", "Service \"x\" is invalid: spec.ports: Required value")]
    [InlineData("POST", "services", """{"metadata":{"name":"x"},"spec":{"clusterIP":"1.2.3.4","ports":[{"port":80}]}}""", null, 422, "Invalid", "Service \"x\" is invalid: spec.clusterIPs: Invalid value: []string{\"1.2.3.4\"}: failed to allocate IP 1.2.3.4: the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.96.0.0/12")]
    [InlineData("PUT", "services/plain", """{"metadata":{"name":"other"},"spec":{"ports":[{"port":80}]}}""", null, 400, "BadRequest", "the name of the object (other) does not match the name on the URL (plain)")]
    [InlineData("PUT", "services/plain", """{"metadata":{"name":"plain","resourceVersion":"1"},"spec":{"ports":[{"port":80}]}}""", null, 409, "Conflict", "Operation cannot be fulfilled on services \"plain\": the object has been modified; please apply your changes to the latest version and try again")]
    [InlineData("PATCH", "services/plain", """{"a":1}""", "text/plain", 415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml")]
    [InlineData("POST", "services", "{}", "text/plain", 415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    [InlineData("POST", "services", "{}", "application/vnd.kubernetes.protobuf", 400, "BadRequest", "the object provided is unrecognized (must be of type Service): provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({})")]
    [InlineData("POST", "services", "", "application/vnd.kubernetes.protobuf", 400, "BadRequest", "the object provided is unrecognized (must be of type Service): empty data (<empty>)")]
    [InlineData("DELETE", "services/plain", "{}", "application/vnd.kubernetes.protobuf", 400, "BadRequest", "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")]
    [InlineData("PATCH", "services/plain", """[{"op":"test","path":"/spec/type","value":"X"}]""", "application/json-patch+json", 422, "Invalid", "the server rejected our request due to an error in our request")]
    [InlineData("PATCH", "services/nosuch", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json", 404, "NotFound", "services \"nosuch\" not found")]
    [InlineData("DELETE", "services/nosuch", null, null, 404, "NotFound", "services \"nosuch\" not found")]
    [InlineData("POST", "services/plain", "{}", null, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource")]
    [InlineData("GET", "services?labelSelector=a%20in", null, null, 400, "BadRequest", "unable to parse requirement: found '' expected: '('")]
    [InlineData("GET", "services?fieldSelector=spec.nosuch%3Dx", null, null, 400, "BadRequest", null)]
    [InlineData("GET", "services?continue=garbage", null, null, 400, "BadRequest", null)]
    [InlineData("GET", "services?resourceVersion=99999999", null, null, 504, "Timeout", null)]
    [InlineData("GET", "services?resourceVersion=abc", null, null, 400, "BadRequest", null)]
    [InlineData("POST", "pods/nosuch/binding", """{"metadata":{"name":"nosuch"},"target":{"kind":"Node","name":"n"}}""", null, 404, "NotFound", "pods \"nosuch\" not found")]
    public async Task Refusal(string method, string path, string? body, string? type, int code, string reason, string? message)
    {
        var ns = await NamespaceWithPlain();
        var (answered, status) = await server.Send(method, $"/api/v1/namespaces/{ns}/{path}", body, type ?? "application/json");
        Assert.Equal((code, reason), (answered, (string?)status["reason"]));
        Assert.Equal(code, (int)status["code"]!);
        if (message is not null) Assert.Equal(message, (string?)status["message"]);
    }

    [Fact]
    public async Task AWrongUidPrecondition_StopsADelete()
    {
        var ns = await NamespaceWithPlain();
        var (code, status) = await server.Send("DELETE", $"/api/v1/namespaces/{ns}/services/plain", """{"preconditions":{"uid":"wrong"}}""");
        Assert.Equal(409, code);
        Assert.StartsWith("Operation cannot be fulfilled on Service \"plain\": the UID in the precondition (wrong) does not match", (string?)status["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImmortalNamespacesStay_AndContentNeedsANamespace()
    {
        var (code, status) = await server.Send("DELETE", "/api/v1/namespaces/default");
        Assert.Equal((403, "namespaces \"default\" is forbidden: this namespace may not be deleted"), (code, (string?)status["message"]));
        (code, status) = await server.Send("POST", "/api/v1/namespaces/nosuch/configmaps", """{"metadata":{"name":"x"}}""");
        Assert.Equal((404, "namespaces \"nosuch\" not found"), (code, (string?)status["message"]));
        var ns = await server.NewNamespace();
        (code, status) = await server.Send("DELETE", $"/api/v1/namespaces/{ns}");
        Assert.Equal((200, "Terminating"), (code, (string?)status["status"]!["phase"]));
        (code, status) = await server.Send("POST", $"/api/v1/namespaces/{ns}/configmaps", """{"metadata":{"name":"late"}}""");
        Assert.Equal((403, $"configmaps \"late\" is forbidden: unable to create new content in namespace {ns} because it is being terminated"), (code, (string?)status["message"]));
    }

    [Theory]
    [InlineData("Warn", 201)]
    [InlineData("Ignore", 201)]
    [InlineData("Strict", 400)]
    public async Task UnknownFields_AreWarnedOf_OrRefused(string validation, int expected)
    {
        var ns = await server.NewNamespace();
        using var content = new StringContent("""{"metadata":{"name":"x"},"data":{"a":"b"},"bogus":1}""", Encoding.UTF8, "application/json");
        using var response = await server.Http.PostAsync(new Uri($"/api/v1/namespaces/{ns}/configmaps?fieldValidation={validation}", UriKind.Relative), content);
        Assert.Equal(expected, (int)response.StatusCode);
        var warning = response.Headers.TryGetValues("Warning", out var values) ? values.Single() : "";
        Assert.Equal(validation == "Warn" ? "299 - \"unknown field \\\"bogus\\\"\"" : "", warning);
        if (validation == "Strict") Assert.Contains("strict decoding error: unknown field \\\"bogus\\\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gr\u00f6\u00dfe")]
    [InlineData("a\\\\b")]
    [InlineData("a\\nb\\tc")]
    [InlineData("\ud83d\ude00")]
    public async Task FieldsOfAnyName_AreWarnedOf(string name)
    {
        var ns = await server.NewNamespace();
        using var content = new StringContent($"{{\"metadata\":{{\"name\":\"x\"}},\"{name}\":1}}", Encoding.UTF8, "application/json");
        using var response = await server.Http.PostAsync(new Uri($"/api/v1/namespaces/{ns}/configmaps", UriKind.Relative), content);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        Assert.StartsWith("299 - \"unknown field ", Assert.Single(response.Headers.GetValues("Warning")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ABodyBeyond3MiB_IsRefusedWith413_AndNothingElseBreaks(bool chunked)
    {
        var ns = await server.NewNamespace();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/namespaces/{ns}/configmaps");
        request.Content = new ByteArrayContent(new byte[10 << 20]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("RequestEntityTooLarge", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["reason"]);
        await server.Must(ApiCall.Get(Kinds.Namespace, null, ns));
    }

    [Theory] // credentials; path; code
    [InlineData("none", "/healthz", 200)]
    [InlineData("none", "/readyz?verbose", 200)]
    [InlineData("none", "/version", 200)]
    [InlineData("none", "/api", 401)]
    [InlineData("none", "/api/v1/namespaces", 401)]
    [InlineData("wrong token", "/version", 401)]
    [InlineData("wrong token", "/api/v1/namespaces", 401)]
    [InlineData("certificate", "/api/v1/namespaces", 200)]
    [InlineData("foreign certificate", "/api/v1/namespaces", 401)]
    public async Task Access_IsByTokenOrCertificate(string credentials, string path, int code)
    {
        using var foreign = Directory.Exists(server.StateDirectory) && credentials == "foreign certificate"
            ? Hosting.ClusterPki.Ensure(Path.Combine(server.StateDirectory, "foreign"), [], []).Certificate("admin")
            : null;
        using var http = server.NewHttp(credentials == "certificate" ? server.Pki.Certificate("admin") : foreign);
        if (credentials == "wrong token") http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(code, (int)response.StatusCode);
        if (code == 401) Assert.Equal("Unauthorized", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["reason"]);
    }

    private async Task<string> NamespaceWithPlain()
    {
        var ns = await server.NewNamespace();
        await server.Must(ApiCall.Create(new Service
        {
            Metadata = new ObjectMeta { Name = "plain", Namespace = ns },
            Spec = new ServiceSpec { Ports = [new ServicePort { Port = 80 }] },
        }));
        return ns;
    }
}

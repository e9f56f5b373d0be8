using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What holds for writes of every kind: preconditions, dry runs, propagation, deletes of many.</summary>
public sealed class HttpWriteRuleTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory] // plural path below the namespace, body; code of a PUT where there is nothing. Source: AllowCreateOnUpdate of pkg/registry/*/strategy.go
    [InlineData("api/v1", "configmaps", "{}", 404)]
    [InlineData("api/v1", "secrets", "{}", 404)]
    [InlineData("api/v1", "serviceaccounts", "{}", 404)]
    [InlineData("api/v1", "endpoints", "{}", 201)]
    [InlineData("api/v1", "services", """{"spec":{"ports":[{"port":80}]}}""", 201)]
    [InlineData("apis/coordination.k8s.io/v1", "leases", "{}", 201)]
    [InlineData("apis/discovery.k8s.io/v1", "endpointslices", """{"addressType":"IPv4"}""", 404)]
    public async Task APut_CreatesSomeKinds(string group, string plural, string body, int code)
    {
        var ns = await server.NewNamespace();
        Assert.Equal(code, (await server.Send("PUT", $"/{group}/namespaces/{ns}/{plural}/x", body)).Code);
        Assert.Equal(code == 201 ? 200 : 404, (await server.Send("GET", $"/{group}/namespaces/{ns}/{plural}/x")).Code);
    }

    [Fact]
    public async Task APutWithoutRevision_Overwrites_ButNotALease()
    {
        var ns = await server.NewNamespace();
        var (maps, leases) = ($"/api/v1/namespaces/{ns}/configmaps", $"/apis/coordination.k8s.io/v1/namespaces/{ns}/leases");
        await server.Send("POST", maps, """{"metadata":{"name":"x"},"data":{"a":"1"}}""");
        Assert.Equal(200, (await server.Send("PUT", maps + "/x", """{"metadata":{"name":"x"},"data":{"a":"2"}}""")).Code);
        await server.Send("POST", leases, """{"metadata":{"name":"x"}}""");
        var (code, status) = await server.Send("PUT", leases + "/x", """{"metadata":{"name":"x"}}""");
        Assert.Equal((422, "Lease.coordination.k8s.io \"x\" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update"), (code, (string?)status["message"]));
    }

    [Theory] // options of a delete, as query or body; code and message
    [InlineData("?propagationPolicy=Sideways", null, 422, "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"Sideways\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"")]
    [InlineData("?orphanDependents=true&propagationPolicy=Orphan", null, 422, "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value: \"Orphan\": orphanDependents and deletionPropagation cannot be both set")]
    [InlineData("", """{"dryRun":["Some"]}""", 422, "DeleteOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: []string{\"Some\"}: supported values: \"All\"")]
    [InlineData("?gracePeriodSeconds=soon", null, 400, "strconv.ParseInt: parsing \"soon\": invalid syntax")]
    [InlineData("?propagationPolicy=Sideways", "{}", 200, null)]
    [InlineData("?dryRun=All", null, 200, null)]
    [InlineData("", """{"dryRun":["All"]}""", 200, null)]
    public async Task DeleteOptions(string query, string? body, int code, string? message)
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        await server.Send("POST", path, """{"metadata":{"name":"x"}}""");
        var (answered, status) = await server.Send("DELETE", path + "/x" + query, body);
        Assert.Equal((code, message), (answered, code == 200 ? null : (string?)status["message"]));
        var stays = code != 200 || $"{query}{body}".Contains("All", StringComparison.Ordinal);
        Assert.Equal(stays ? 200 : 404, (await server.Send("GET", path + "/x")).Code);
    }

    [Theory] // options; the finalizers of the object afterwards, or nothing if it is gone
    [InlineData("""{"propagationPolicy":"Orphan"}""", "orphan")]
    [InlineData("""{"orphanDependents":true}""", "orphan")]
    [InlineData("""{"propagationPolicy":"Foreground"}""", "foregroundDeletion")]
    [InlineData("""{"propagationPolicy":"Background"}""", null)]
    [InlineData("""{"orphanDependents":false}""", null)]
    [InlineData("{}", null)]
    public async Task Propagation_IsAFinalizer(string options, string? finalizer)
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        await server.Send("POST", path, """{"metadata":{"name":"x"}}""");
        await server.Send("DELETE", path + "/x", options);
        var (code, found) = await server.Send("GET", path + "/x");
        Assert.Equal(finalizer is null ? 404 : 200, code);
        if (finalizer is not null) Assert.Equal(finalizer, (string?)found["metadata"]!["finalizers"]!.AsArray().Single());
    }

    [Fact]
    public async Task ARevisionAsPrecondition_StopsADelete_UnlessItIsTheObjects()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        var (_, made) = await server.Send("POST", path, """{"metadata":{"name":"x"}}""");
        var revision = (string?)made["metadata"]!["resourceVersion"];
        var (code, status) = await server.Send("DELETE", path + "/x", """{"preconditions":{"resourceVersion":"1"}}""");
        Assert.Equal((409, $"Operation cannot be fulfilled on ConfigMap \"x\": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record ({revision}). The object might have been modified"), (code, (string?)status["message"]));
        Assert.Equal(200, (await server.Send("DELETE", path + "/x", $$$"""{"preconditions":{"resourceVersion":"{{{revision}}}"}}""")).Code);
    }

    [Theory] // query, body; what is left of a1 a2 b1
    [InlineData("?labelSelector=l%3Da", null, "b1")]
    [InlineData("?labelSelector=l+notin+(a)", null, "a1 a2")]
    [InlineData("?fieldSelector=metadata.name%3Da2", null, "a1 b1")]
    [InlineData("?labelSelector=l%3Da&dryRun=All", null, "a1 a2 b1")]
    [InlineData("?labelSelector=l%3Da", """{"dryRun":["All"]}""", "a1 a2 b1")]
    [InlineData("?labelSelector=l", """{"propagationPolicy":"Background"}""", "")]
    public async Task ADeleteOfMany_TakesThoseSelected(string query, string? body, string left)
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        foreach (var name in (string[])["a1", "a2", "b1"]) await server.Send("POST", path, $$$$"""{"metadata":{"name":"{{{{name}}}}","labels":{"l":"{{{{name[0]}}}}"}}}""");
        var (code, deleted) = await server.Send("DELETE", path + query, body);
        Assert.Equal((200, "ConfigMapList"), (code, (string?)deleted["kind"]));
        var (_, rest) = await server.Send("GET", path + "?labelSelector=l");
        Assert.Equal(left, string.Join(' ', rest["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"])));
    }

    [Fact]
    public async Task NamespacesGoOneByOne() => Assert.Equal(405, (await server.Send("DELETE", "/api/v1/namespaces?labelSelector=nosuch")).Code);

    [Theory] // fieldValidation; code and warnings of a body that says a field twice and has one too many
    [InlineData("Warn", 201, "duplicate field \"data\" unknown field \"bogus\"")]
    [InlineData("Ignore", 201, "")]
    [InlineData("Strict", 400, "")]
    public async Task RepeatedFields(string validation, int code, string warnings)
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps?fieldValidation={validation}";
        using var content = new StringContent("""{"metadata":{"name":"x"},"data":{"a":"1"},"data":{"b":"2"},"bogus":1}""", Encoding.UTF8, "application/json");
        using var response = await server.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal(code, (int)response.StatusCode);
        var shown = response.Headers.TryGetValues("Warning", out var values) ? values.Select(value => value[7..^1].Replace("\\\"", "\"", StringComparison.Ordinal)) : [];
        Assert.Equal(warnings, string.Join(' ', shown));
        if (code == 400) Assert.Contains("strict decoding error: duplicate field \\\"data\\\", unknown field \\\"bogus\\\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory] // a path that changes something; the object stays as it was
    [InlineData("PUT", "configmaps/x?dryRun=All", """{"metadata":{"name":"x"},"data":{"a":"2"}}""", "application/json")]
    [InlineData("PATCH", "configmaps/x?dryRun=All", """{"data":{"a":"2"}}""", "application/merge-patch+json")]
    [InlineData("DELETE", "configmaps/x?dryRun=All", null, "application/json")]
    [InlineData("DELETE", "configmaps?dryRun=All", null, "application/json")]
    public async Task ADryRun_ChangesNothing(string method, string path, string? body, string type)
    {
        var ns = $"/api/v1/namespaces/{await server.NewNamespace()}/";
        var (_, before) = await server.Send("POST", ns + "configmaps", """{"metadata":{"name":"x"},"data":{"a":"1"}}""");
        Assert.Equal(200, (await server.Send(method, ns + path, body, type)).Code);
        var (_, after) = await server.Send("GET", ns + "configmaps/x");
        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
    }
}

using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>PATCH with application/apply-patch+yaml, and managedFields after other writes, over HTTPS.</summary>
public sealed class ServerSideApplyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string ApplyType = "application/apply-patch+yaml";

    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - {name: nginx, image: 'nginx:1.21', ports: [{containerPort: 80}]}
        """;

    private Task<(int Code, JsonNode Body)> Apply(string path, string manager, string body, string query = "") =>
        server.Send("PATCH", $"{path}?fieldManager={manager}{query}", body, ApplyType);

    private static string Managers(JsonNode value) => string.Join('\n', (value["metadata"]!["managedFields"] as JsonArray ?? []).Select(entry =>
        $"{entry!["manager"]} {entry["operation"]}{(entry["subresource"] is { } sub ? $"/{sub}" : "")} {entry["apiVersion"]} {entry["fieldsV1"]!.ToJsonString()}"
            .Replace("\\u0022", "\\\"", StringComparison.Ordinal)));

    [Fact]
    public async Task AnApply_CreatesMergesAndIsAConflict_AsTheReferenceServerShows()
    {
        // Source: shared/reference/api-exchanges-1.20/server-side-apply.json.
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps/ssa";
        const string body = """{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "ssa"}, "data": {"k": "VALUE"}}""";
        var (code, map) = await Apply(path, "one", body.Replace("VALUE", "1", StringComparison.Ordinal));
        Assert.Equal(201, code);
        Assert.Equal("""one Apply v1 {"f:data":{"f:k":{}}}""", Managers(map));
        Assert.Equal((string?)map["metadata"]!["creationTimestamp"], (string?)map["metadata"]!["managedFields"]![0]!["time"]);
        Assert.Equal("FieldsV1", (string?)map["metadata"]!["managedFields"]![0]!["fieldsType"]);

        (code, var status) = await Apply(path, "two", body.Replace("VALUE", "2", StringComparison.Ordinal));
        Assert.Equal((409, "Conflict", "Apply failed with 1 conflict: conflict with \"one\": .data.k"), (code, (string?)status["reason"], (string?)status["message"]));
        Assert.Equal("""{"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"one\"","field":".data.k"}]}""",
            status["details"]!.ToJsonString().Replace("\\u0022", "\\\"", StringComparison.Ordinal));

        (code, map) = await Apply(path, "two", body.Replace("VALUE", "2", StringComparison.Ordinal), "&force=true");
        Assert.Equal((200, "2"), (code, (string?)map["data"]!["k"]));
        Assert.Equal("""two Apply v1 {"f:data":{"f:k":{}}}""", Managers(map));

        var revision = (string?)map["metadata"]!["resourceVersion"];
        (_, map) = await Apply(path, "two", body.Replace("VALUE", "2", StringComparison.Ordinal));
        Assert.Equal(revision, (string?)map["metadata"]!["resourceVersion"]);
    }

    [Theory] // query, body, code, message
    [InlineData("", "{apiVersion: v1, kind: ConfigMap}", 422, "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch")]
    [InlineData("?fieldManager=a%0Ab", "{apiVersion: v1, kind: ConfigMap}", 422, "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Invalid value: \"a\\nb\": invalid character U+000A (at position 1)")]
    [InlineData("?fieldManager=m", "{kind: ConfigMap}", 400, "invalid object type: /, Kind=ConfigMap")]
    [InlineData("?fieldManager=m", "{apiVersion: apps/v1, kind: Deployment}", 400, "invalid object type: apps/v1, Kind=Deployment")]
    [InlineData("?fieldManager=m", "{apiVersion: v1, kind: ConfigMap, metadata: {managedFields: []}}", 400, "metadata.managedFields must be nil")]
    [InlineData("?fieldManager=m", "{apiVersion: v1, kind: ConfigMap, bogus: 1}", 400, "failed to create typed patch object (NS/c; /v1, Kind=ConfigMap): .bogus: field not declared in schema")]
    [InlineData("?fieldManager=m", "{apiVersion: v1, kind: ConfigMap, metadata: {name: d}}", 400, "the name of the object (d) does not match the name on the URL (c)")]
    [InlineData("?fieldManager=m", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, uid: u}}", 409, "Operation cannot be fulfilled on configmaps \"c\": uid mismatch: the provided object specified uid u, and no existing object was found")]
    [InlineData("?fieldManager=m", "[1]", 400, "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    public async Task ABadApply_IsRefused(string query, string body, int expected, string message)
    {
        var ns = await server.NewNamespace();
        var (code, status) = await server.Send("PATCH", $"/api/v1/namespaces/{ns}/configmaps/c{query}", body, ApplyType);
        Assert.Equal((expected, message.Replace("NS", ns, StringComparison.Ordinal)), (code, (string?)status["message"]));
    }

    [Fact]
    public async Task OtherPatches_MayNotForce_AndCborIsNotServed()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps/c";
        var (code, status) = await server.Send("PATCH", $"{path}?force=true", "{}", "application/merge-patch+json");
        Assert.Equal((422, "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch"), (code, (string?)status["message"]));
        Assert.Equal(415, (await server.Send("PATCH", $"{path}?fieldManager=m", "{}", "application/apply-patch+cbor")).Code);
    }

    [Fact]
    public async Task AWriteWithoutManager_IsNotedByItsAgent_AndServersAdditionsAreNobodys()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/services";
        var (_, service) = await server.Send("POST", $"{path}?fieldManager=maker", """{"metadata":{"name":"s","labels":{"a":"b"}},"spec":{"ports":[{"port":80}],"selector":{"app":"web"}}}""");
        Assert.Equal(
            """maker Update v1 {"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{"f:internalTrafficPolicy":{},"f:ports":{".":{},"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{},"f:protocol":{},"f:targetPort":{}}},"f:selector":{},"f:sessionAffinity":{},"f:type":{}}}""",
            Managers(service));
        (_, service) = await server.Send("PATCH", $"{path}/s", """{"spec":{"type":"NodePort"}}""", "application/merge-patch+json");
        Assert.StartsWith("maker Update v1", Managers(service), StringComparison.Ordinal);
        Assert.EndsWith("""unknown Update v1 {"f:spec":{"f:externalTrafficPolicy":{},"f:type":{}}}""", Managers(service), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_HasManagersOfItsOwn()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NewNamespace()}/deployments/web";
        Assert.Equal(201, (await Apply(path, "one", Deployment)).Code);
        var (code, web) = await Apply($"{path}/status", "two", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, status: {replicas: 1}, spec: {replicas: 7}}");
        Assert.Equal((200, 2, 1), (code, (int)web["spec"]!["replicas"]!, (int)web["status"]!["replicas"]!));
        Assert.EndsWith("""two Apply/status apps/v1 {"f:status":{"f:replicas":{}}}""", Managers(web), StringComparison.Ordinal);
        Assert.Equal(404, (await Apply(path.Replace("/web", "/none", StringComparison.Ordinal) + "/status", "two", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: none}}")).Code);
    }

    [Fact]
    public async Task Scale_TakesTheCount_AndIsAConflictForWhoAppliedIt()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NewNamespace()}/deployments/web";
        await Apply(path, "one", Deployment);
        await server.Send("PATCH", $"{path}/scale?fieldManager=kubectl", """{"spec":{"replicas":5}}""", "application/merge-patch+json");
        var (_, web) = await server.Send("GET", path);
        Assert.Contains("""kubectl Update/scale apps/v1 {"f:spec":{"f:replicas":{}}}""", Managers(web), StringComparison.Ordinal);
        Assert.DoesNotContain("f:replicas", Managers(web).Split('\n')[0], StringComparison.Ordinal);
        var (code, status) = await Apply(path, "one", Deployment);
        Assert.Equal((409, "Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using apps/v1: .spec.replicas"), (code, (string?)status["message"]));

        const string scale = "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: web}, spec: {replicas: 9}}";
        (code, status) = await Apply($"{path}/scale", "hpa", scale);
        Assert.Equal((409, "Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using autoscaling/v1: .spec.replicas"), (code, (string?)status["message"]));
        (code, var scaled) = await Apply($"{path}/scale", "hpa", scale, "&force=true");
        Assert.Equal((200, "Scale", 9), (code, (string?)scaled["kind"], (int)scaled["spec"]!["replicas"]!));
        (_, web) = await server.Send("GET", path);
        Assert.Contains("""hpa Apply/scale apps/v1 {"f:spec":{"f:replicas":{}}}""", Managers(web), StringComparison.Ordinal);
        Assert.DoesNotContain("kubectl", Managers(web), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADryRun_TellsAndStoresNothing()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NewNamespace()}/deployments/web";
        var (code, web) = await Apply(path, "one", Deployment, "&dryRun=All");
        Assert.Equal((201, 2), (code, (int)web["spec"]!["replicas"]!));
        Assert.StartsWith("one Apply apps/v1", Managers(web), StringComparison.Ordinal);
        Assert.Equal(404, (await server.Send("GET", path)).Code);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public async Task AnEmptyList_ForgetsManagers_UntilSomebodyApplies(string empty)
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        await server.Send("POST", path, """{"metadata":{"name":"c"},"data":{"a":"1"}}""");
        var (_, map) = await server.Send("PATCH", $"{path}/c", $$$"""{"metadata":{"managedFields":{{{empty}}}}}""", "application/merge-patch+json");
        Assert.Null(map["metadata"]!["managedFields"]);
        (_, map) = await server.Send("PATCH", $"{path}/c", """{"data":{"a":"2"}}""", "application/merge-patch+json");
        Assert.Null(map["metadata"]!["managedFields"]);
        (_, map) = await Apply($"{path}/c", "one", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {b: '1'}}");
        Assert.Equal("one Apply v1 {\"f:data\":{\"f:b\":{}}}\nbefore-first-apply Update v1 {\"f:data\":{\".\":{},\"f:a\":{}}}", Managers(map));
    }

    [Fact]
    public async Task AnUpdateThatChangesNothing_MakesNoRevision()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        var (_, made) = await server.Send("POST", $"{path}?fieldManager=a", """{"metadata":{"name":"c"},"data":{"a":"1"}}""");
        var (_, same) = await server.Send("PUT", $"{path}/c?fieldManager=b", """{"metadata":{"name":"c"},"data":{"a":"1"}}""");
        Assert.Equal(made.ToJsonString(), same.ToJsonString());
    }

    [Fact]
    public async Task AStaleRevisionInAnApply_IsAConflict()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps/c";
        await Apply(path, "one", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {b: '1'}}");
        var (code, status) = await Apply(path, "one", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, resourceVersion: '1'}, data: {b: '2'}}");
        Assert.Equal((409, "Operation cannot be fulfilled on configmaps \"c\": the object has been modified; please apply your changes to the latest version and try again"), (code, (string?)status["message"]));
    }
}

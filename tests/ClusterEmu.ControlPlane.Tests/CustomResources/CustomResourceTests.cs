using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Custom resources over HTTP, from their definition to their end.</summary>
public sealed class CustomResourceTests(CronTabs tabs) : IClassFixture<CronTabs>
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    [Fact]
    public async Task ADefinition_IsEstablished_AndServesItsKind()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        var stored = await tabs.Must("GET", $"{Definitions}/crontabs.{definition.Group}");
        Assert.Equal(["NamesAccepted True NoConflicts", "Established True InitialNamesAccepted"],
            ((JsonArray)stored["status"]!["conditions"]!).Select(condition => $"{condition!["type"]} {condition["status"]} {condition["reason"]}"));
        Assert.Equal("CronTabList", (string?)stored["status"]!["acceptedNames"]!["listKind"]);
        var made = await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        Assert.Equal("busybox", (string?)made["spec"]!["image"]);
        Assert.Equal(1, (int)made["metadata"]!["generation"]!);
        var list = await tabs.Must("GET", path);
        Assert.Equal(("CronTabList", "CronTab"), ((string)list["kind"]!, (string)list["items"]![0]!["kind"]!));
        var resources = await tabs.Must("GET", $"/apis/{definition.Group}/v1");
        Assert.Equal(["crontabs", "crontabs/scale", "crontabs/status"], ((JsonArray)resources["resources"]!).Select(resource => (string)resource!["name"]!));
    }

    [Theory] // the spec, and what the server says of it
    [InlineData("""{"cronSpec":"* * *"}""", 422, "spec.cronSpec: Invalid value: \"* * *\": spec.cronSpec in body should match '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'")]
    [InlineData("""{"replicas":15}""", 422, "spec.replicas: Invalid value: 15: spec.replicas in body should be less than or equal to 10")]
    [InlineData("""{"replicas":"three"}""", 422, "spec.replicas: Invalid value: \"string\": spec.replicas in body must be of type integer: \"string\"")]
    [InlineData("""{"replicas":7}""", 422, "spec: Invalid value: \"object\": replicas must not be 7")]
    [InlineData("""{"foo":1}""", 400, "strict decoding error: unknown field \"spec.foo\"")]
    public async Task WrongObjects_AreRefused(string spec, int code, string message)
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        var answer = await tabs.Must("POST", path + "?fieldValidation=Strict", CronTabs.Object(definition.Group, "a", spec), wanted: code);
        Assert.Contains(message, (string?)answer["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subresources_ArePartedFromTheObject()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        var made = await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        made["status"] = new JsonObject { ["replicas"] = 2, ["labelSelector"] = "app=a" };
        made["spec"]!["replicas"] = 9;
        var status = await tabs.Must("PUT", path + "/a/status", made.ToJsonString());
        Assert.Equal((3, 2, 1), ((int)status["spec"]!["replicas"]!, (int)status["status"]!["replicas"]!, (int)status["metadata"]!["generation"]!));
        var scale = await tabs.Must("GET", path + "/a/scale");
        Assert.Equal(("Scale", 3, 2, "app=a"), ((string)scale["kind"]!, (int)scale["spec"]!["replicas"]!, (int)scale["status"]!["replicas"]!, (string)scale["status"]!["selector"]!));
        scale["spec"]!["replicas"] = 5;
        await tabs.Must("PUT", path + "/a/scale", scale.ToJsonString());
        var now = await tabs.Must("GET", path + "/a");
        Assert.Equal((5, 2), ((int)now["spec"]!["replicas"]!, (int)now["metadata"]!["generation"]!));
    }

    [Theory]
    [InlineData("application/merge-patch+json", """{"spec":{"replicas":4,"image":null}}""", 200)]
    [InlineData("application/json-patch+json", """[{"op":"replace","path":"/spec/replicas","value":4}]""", 200)]
    [InlineData("application/strategic-merge-patch+json", """{"spec":{"replicas":4}}""", 415)]
    [InlineData("application/merge-patch+json", """{"spec":{"replicas":40}}""", 422)]
    public async Task Patches_AreApplied(string type, string patch, int code)
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        var answer = await tabs.Must("PATCH", path + "/a", patch, type, code);
        if (code == 200) Assert.Equal((4, "busybox"), ((int)answer["spec"]!["replicas"]!, (string)answer["spec"]!["image"]!));
        if (code == 415) Assert.Equal("the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml", (string?)answer["message"]);
    }

    [Fact]
    public async Task Versions_ShowTheSameObjects()
    {
        const string beta = """{"name":"v1beta1","served":true,"storage":false,"deprecated":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"cronSpec":{"type":"string"}}}}}}}""";
        var definition = CronTabs.Definition(CronTabs.V1 + "," + beta);
        var path = await tabs.Establish(definition);
        var old = path.Replace("/v1/", "/v1beta1/", StringComparison.Ordinal);
        await tabs.Must("POST", old, CronTabs.Object(definition.Group, "a", """{"cronSpec":"anything"}""", "v1beta1"), wanted: 201);
        var shown = await tabs.Must("GET", path + "/a");
        Assert.Equal(($"{definition.Group}/v1", "busybox"), ((string)shown["apiVersion"]!, (string)shown["spec"]!["image"]!));
        var listed = await tabs.Must("GET", old);
        Assert.Equal(($"{definition.Group}/v1beta1", null), ((string)listed["items"]![0]!["apiVersion"]!, (string?)listed["items"]![0]!["spec"]!["image"]));
        var wrong = await tabs.Must("POST", path, CronTabs.Object(definition.Group, "b", "{}", "v1beta1"), wanted: 400);
        Assert.Equal($"the API version in the data ({definition.Group}/v1beta1) does not match the expected API version ({definition.Group}/v1)", (string?)wrong["message"]);
        using var answer = await tabs.Server.Http.GetAsync(old);
        Assert.Contains($"{definition.Group}/v1beta1 CronTab is deprecated", string.Join(' ', answer.Headers.GetValues("Warning")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_HaveTheColumnsOfTheDefinition()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        var (_, table) = await tabs.Server.Send("GET", path, accept: "application/json;as=Table;g=meta.k8s.io;v=v1");
        Assert.Equal(["Name 0", "Spec 0", "Replicas 0", "Image 1", "Age 0"], ((JsonArray)table["columnDefinitions"]!).Select(column => $"{column!["name"]} {column["priority"]}"));
        var cells = (JsonArray)table["rows"]![0]!["cells"]!;
        Assert.Equal(("a", "* * * * */5", 3, "busybox"), ((string)cells[0]!, (string)cells[1]!, (int)cells[2]!, (string)cells[3]!));
        Assert.Matches(@"^\d+s$", (string)cells[4]!);
    }

    [Theory]
    [InlineData("fieldSelector=spec.image%3Dnginx", "b")]
    [InlineData("fieldSelector=metadata.name%3Da", "a")]
    [InlineData("labelSelector=tier%3Dfront", "b")]
    public async Task Selectors_Choose(string query, string expected)
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "b", """{"image":"nginx"}""", meta: ",\"labels\":{\"tier\":\"front\"}"), wanted: 201);
        var list = await tabs.Must("GET", $"{path}?{query}");
        Assert.Equal(expected, string.Join(' ', ((JsonArray)list["items"]!).Select(item => (string)item!["metadata"]!["name"]!)));
    }

    [Fact]
    public async Task ADeletedDefinition_TakesItsObjectsAlong_AndWaitsForTheirFinalizers()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "held", meta: ",\"finalizers\":[\"example.com/hold\"]"), wanted: 201);
        await tabs.Must("DELETE", $"{Definitions}/crontabs.{definition.Group}");
        await CronTabs.Until(async () => ((JsonArray)(await tabs.Must("GET", path))["items"]!).Count == 1, "one is held back");
        var refused = await tabs.Must("POST", path, CronTabs.Object(definition.Group, "late"), wanted: 405);
        Assert.NotNull(refused["message"]);
        var ending = await tabs.Must("GET", $"{Definitions}/crontabs.{definition.Group}");
        Assert.Contains(((JsonArray)ending["status"]!["conditions"]!), condition => (string)condition!["type"]! == "Terminating" && (string)condition["status"]! == "True");
        await tabs.Must("PATCH", path + "/held", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        await CronTabs.Until(async () => await tabs.Code($"{Definitions}/crontabs.{definition.Group}") == 404, "the end of the definition");
        Assert.Equal(404, await tabs.Code(path));
        await tabs.Establish(definition); // The name is free again, and nothing is left of the old objects.
        Assert.Empty((JsonArray)(await tabs.Must("GET", path))["items"]!);
    }

    [Fact]
    public async Task Owners_TakeCustomObjectsAlong_AndTheOtherWayRound()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        var owner = await tabs.Must("POST", path, CronTabs.Object(definition.Group, "owner"), wanted: 201);
        var reference = $$""","ownerReferences":[{"apiVersion":"{{definition.Group}}/v1","kind":"CronTab","name":"owner","uid":"{{owner["metadata"]!["uid"]}}"}]""";
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "owned", meta: reference), wanted: 201);
        var map = "m-" + definition.Group.Replace('.', '-');
        await tabs.Must("POST", "/api/v1/namespaces/default/configmaps", $$$"""{"metadata":{"name":"{{{map}}}"{{{reference}}}}}""", wanted: 201);
        await tabs.Must("DELETE", path + "/owner");
        await CronTabs.Until(async () => await tabs.Code(path + "/owned") == 404, "the custom object goes");
        await CronTabs.Until(async () => await tabs.Code("/api/v1/namespaces/default/configmaps/" + map) == 404, "the ConfigMap goes");
    }

    [Fact]
    public async Task ANamespace_TakesItsCustomObjectsAlong()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        var ns = await tabs.Server.NewNamespace();
        var inside = path.Replace("/default/", $"/{ns}/", StringComparison.Ordinal);
        await tabs.Must("POST", inside, CronTabs.Object(definition.Group, "a"), wanted: 201);
        await tabs.Must("DELETE", $"/api/v1/namespaces/{ns}");
        await CronTabs.Until(async () => await tabs.Code($"/api/v1/namespaces/{ns}") == 404, "the end of the namespace");
        Assert.Empty((JsonArray)(await tabs.Must("GET", $"/apis/{definition.Group}/v1/crontabs"))["items"]!);
    }

    [Fact]
    public async Task NamesThatAnotherKindHas_AreNotAccepted_UntilTheyAreFree()
    {
        var first = CronTabs.Definition();
        await tabs.Establish(first);
        var second = first.Json.Replace("\"crontabs", "\"tabs", StringComparison.Ordinal);
        await tabs.Must("POST", Definitions, second, wanted: 201);
        JsonNode? waiting = null;
        await CronTabs.Until(async () => (waiting = await tabs.Must("GET", $"{Definitions}/tabs.{first.Group}"))["status"]!["conditions"] is JsonArray { Count: > 0 }, "conditions");
        var accepted = ((JsonArray)waiting!["status"]!["conditions"]!).Single(condition => (string)condition!["type"]! == "NamesAccepted")!;
        Assert.Equal(("False", "ListKindConflict", "\"CronTabList\" is already in use"), ((string)accepted["status"]!, (string)accepted["reason"]!, (string)accepted["message"]!));
        await tabs.Must("DELETE", $"{Definitions}/crontabs.{first.Group}");
        await CronTabs.Until(async () => await tabs.Code($"/apis/{first.Group}/v1/tabs") == 200, "the second one has them");
    }

    [Fact]
    public async Task ClusterScopedKinds_AndDeleteCollection_Work()
    {
        var definition = CronTabs.Definition(scope: "Cluster");
        await tabs.Must("POST", Definitions, definition.Json, wanted: 201);
        var path = $"/apis/{definition.Group}/v1/crontabs";
        await CronTabs.Until(async () => await tabs.Code(path) == 200, "the kind is served");
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "b"), wanted: 201);
        await tabs.Must("DELETE", path);
        Assert.Empty((JsonArray)(await tabs.Must("GET", path))["items"]!);
    }

    [Fact]
    public async Task ServerSideApply_KeepsAnAccountOfFields()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        var made = await tabs.Must("PATCH", path + "/a?fieldManager=one", CronTabs.Object(definition.Group, "a", """{"replicas":3}"""), "application/apply-patch+yaml", 201);
        var entry = made["metadata"]!["managedFields"]![0]!;
        Assert.Equal(("one", "Apply", $"{definition.Group}/v1", """{"f:spec":{"f:replicas":{}}}"""),
            ((string)entry["manager"]!, (string)entry["operation"]!, (string)entry["apiVersion"]!, entry["fieldsV1"]!.ToJsonString()));
        var conflict = await tabs.Must("PATCH", path + "/a?fieldManager=two", CronTabs.Object(definition.Group, "a", """{"replicas":4}"""), "application/apply-patch+yaml", 409);
        Assert.Contains("conflict with \"one\": .spec.replicas", (string?)conflict["message"], StringComparison.Ordinal);
        var forced = await tabs.Must("PATCH", path + "/a?fieldManager=two&force=true", CronTabs.Object(definition.Group, "a", """{"replicas":4}"""), "application/apply-patch+yaml");
        Assert.Equal(4, (int)forced["spec"]!["replicas"]!);
        var unknown = await tabs.Must("PATCH", path + "/a?fieldManager=two", CronTabs.Object(definition.Group, "a", """{"foo":4}"""), "application/apply-patch+yaml", 400);
        Assert.Contains(".spec.foo: field not declared in schema", (string?)unknown["message"], StringComparison.Ordinal);
        var same = await tabs.Must("PATCH", path + "/a?fieldManager=two", CronTabs.Object(definition.Group, "a", """{"replicas":4}"""), "application/apply-patch+yaml");
        Assert.Equal((string)forced["metadata"]!["resourceVersion"]!, (string)same["metadata"]!["resourceVersion"]!); // Nothing was written.
    }

    [Fact]
    public async Task AWriteThatChangesNothing_IsNone()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        var made = await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        var labelled = await tabs.Must("PATCH", path + "/a", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json");
        Assert.NotEqual((string)made["metadata"]!["resourceVersion"]!, (string)labelled["metadata"]!["resourceVersion"]!);
        var again = await tabs.Must("PATCH", path + "/a", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json");
        Assert.Equal(labelled.ToJsonString(), again.ToJsonString());
    }

    [Fact]
    public async Task Quotas_CountCustomObjects()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        var ns = await tabs.Server.NewNamespace();
        path = path.Replace("/default/", $"/{ns}/", StringComparison.Ordinal);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        await tabs.Must("POST", $"/api/v1/namespaces/{ns}/resourcequotas", $$$$"""{"metadata":{"name":"q"},"spec":{"hard":{"count/crontabs.{{{{definition.Group}}}}":"2"}}}""", wanted: 201);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "b"), wanted: 201);
        var refused = await tabs.Must("POST", path, CronTabs.Object(definition.Group, "c"), wanted: 403);
        Assert.Contains("exceeded quota: q", (string?)refused["message"], StringComparison.Ordinal);
    }
}

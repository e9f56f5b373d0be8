using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

public class OpenApiDocumentsTests
{
    private static readonly OpenApiDocuments Documents = new(KindCatalog.BuiltIn);

    private const string Core = "io.k8s.api.core.v1.";

    [Fact]
    public void EveryReferenceLeadsSomewhere()
    {
        foreach (var (group, version) in Documents.GroupVersions) Check(Read(group, version), "#/components/schemas/", "components", "schemas");
        Check(JsonNode.Parse(Documents.V2())!, "#/definitions/", "definitions");

        static void Check(JsonNode document, string prefix, params string[] way)
        {
            var schemas = way.Aggregate(document, (node, step) => node[step]!).AsObject();
            var missing = References(document).Where(reference => !reference.StartsWith(prefix, StringComparison.Ordinal) || !schemas.ContainsKey(reference[prefix.Length..]));
            Assert.Empty(missing);
            Assert.All(schemas, schema => Assert.NotEmpty(schema.Value!.AsObject()));
        }
    }

    [Fact]
    public void TheIndexNamesEveryDocumentWithAHash()
    {
        var paths = JsonNode.Parse(Documents.V3Index())!["paths"]!.AsObject();
        string[] expected =
        [
            "api/v1", "apis/apps/v1", "apis/authentication.k8s.io/v1", "apis/authorization.k8s.io/v1", "apis/autoscaling/v1", "apis/autoscaling/v2", "apis/batch/v1", "apis/batch/v1beta1", "apis/certificates.k8s.io/v1", "apis/coordination.k8s.io/v1", "apis/discovery.k8s.io/v1",
            "apis/discovery.k8s.io/v1beta1", "apis/events.k8s.io/v1", "apis/events.k8s.io/v1beta1", "apis/networking.k8s.io/v1", "apis/node.k8s.io/v1", "apis/policy/v1",
            "apis/policy/v1beta1", "apis/rbac.authorization.k8s.io/v1", "apis/scheduling.k8s.io/v1", "apis/storage.k8s.io/v1",
        ];
        Assert.Equal(expected, paths.Select(pair => pair.Key));
        Assert.All(paths, pair => Assert.StartsWith($"/openapi/v3/{pair.Key}?hash=", (string)pair.Value!["serverRelativeURL"]!, StringComparison.Ordinal));
        Assert.Null(Documents.V3("nosuch", "v1"));
    }

    /// <summary>kubectl looks for these before it sends an object with field validation, or a strategic merge patch.</summary>
    [Fact]
    public void EveryKindCanBePatchedWithFieldValidation()
    {
        foreach (var kind in KindCatalog.All.Where(kind => kind.Verbs.Contains("patch")))
        {
            var patches = Read(kind.Group, kind.Version)["paths"]!.AsObject().Select(path => path.Value!["patch"]).OfType<JsonObject>()
                .Where(patch => (string)patch["x-kubernetes-group-version-kind"]!["kind"]! == kind.Kind).ToArray();
            Assert.NotEmpty(patches);
            Assert.All(patches, patch =>
            {
                Assert.Contains(patch["parameters"]!.AsArray(), parameter => (string)parameter!["name"]! == "fieldValidation" && (string)parameter["in"]! == "query");
                Assert.NotNull(patch["requestBody"]!["content"]!["application/strategic-merge-patch+json"]);
            });
        }
    }

    [Theory] // The names of the types and what strategic merge patches need to know.
    [InlineData("", Core + "ServiceSpec", "ports", "x-kubernetes-patch-merge-key", "\"port\"")]
    [InlineData("", Core + "ServiceSpec", "ports", "x-kubernetes-list-map-keys", """["port","protocol"]""")]
    [InlineData("", Core + "ServiceSpec", "ports", "items", """{"allOf":[{"$ref":"#/components/schemas/io.k8s.api.core.v1.ServicePort"}],"default":{}}""")]
    [InlineData("", Core + "ServiceSpec", "selector", "x-kubernetes-map-type", "\"atomic\"")]
    [InlineData("", Core + "ServiceSpec", "sessionAffinity", "type", "\"string\"")]
    [InlineData("", Core + "ServicePort", "targetPort", "allOf", """[{"$ref":"#/components/schemas/io.k8s.apimachinery.pkg.util.intstr.IntOrString"}]""")]
    [InlineData("", Core + "ServicePort", "port", "format", "\"int32\"")]
    [InlineData("", Core + "PodSpec", "volumes", "x-kubernetes-patch-strategy", "\"merge,retainKeys\"")]
    [InlineData("", Core + "ResourceRequirements", "limits", "additionalProperties", """{"allOf":[{"$ref":"#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity"}],"default":{}}""")]
    [InlineData("apps", "io.k8s.api.apps.v1.DeploymentSpec", "template", "allOf", """[{"$ref":"#/components/schemas/io.k8s.api.core.v1.PodTemplateSpec"}]""")]
    [InlineData("apps", "io.k8s.api.apps.v1.DeploymentSpec", "strategy", "x-kubernetes-patch-strategy", "\"retainKeys\"")]
    [InlineData("discovery.k8s.io", "io.k8s.api.discovery.v1.EndpointSlice", "ports", "items", """{"allOf":[{"$ref":"#/components/schemas/io.k8s.api.discovery.v1.EndpointPort"}],"default":{}}""")]
    [InlineData("", "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "finalizers", "x-kubernetes-list-type", "\"set\"")]
    public void FieldsAreDescribedAsTheRecordsSay(string group, string schema, string field, string property, string wanted)
    {
        var found = Read(group, "v1")["components"]!["schemas"]![schema]!["properties"]![field]![property];
        JsonDifference.AssertSame(wanted, found!.ToJsonString());
    }

    [Theory]
    [InlineData(Core + "Service", "")]
    [InlineData(Core + "ServicePort", "port")]
    [InlineData(Core + "Container", "name")]
    [InlineData(Core + "PodSpec", "containers")]
    [InlineData(Core + "Event", "involvedObject,metadata")]
    [InlineData(Core + "Probe", "")]
    public void RequiredFieldsAreNamed(string schema, string required) =>
        Assert.Equal(required, string.Join(',', (Read("", "v1")["components"]!["schemas"]![schema]!["required"]?.AsArray() ?? []).Select(name => (string)name!)));

    [Fact]
    public void TheMostAskedFieldsAreExplained()
    {
        var core = Read("", "v1")["components"]!["schemas"]!;
        foreach (var name in new[] { "Service", "ServiceSpec", "ServicePort", "Pod", "PodSpec", "Container" })
            Assert.All(core[Core + name]!["properties"]!.AsObject(), field => Assert.True(field.Value!["description"] is not null, $"{name}.{field.Key} needs a [Doc]"));
        Assert.All(Read("apps", "v1")["components"]!["schemas"]!["io.k8s.api.apps.v1.DeploymentSpec"]!["properties"]!.AsObject(), field => Assert.NotNull(field.Value!["description"]));
    }

    [Theory] // Every field of every kind of these groups, at any depth, as far as the schemas are the group's own.
    [InlineData("policy", "v1")]
    [InlineData("policy", "v1beta1")]
    [InlineData("autoscaling", "v1")]
    [InlineData("autoscaling", "v2")]
    [InlineData("networking.k8s.io", "v1")]
    [InlineData("storage.k8s.io", "v1")]
    [InlineData("rbac.authorization.k8s.io", "v1")]
    [InlineData("scheduling.k8s.io", "v1")]
    [InlineData("node.k8s.io", "v1")]
    [InlineData("certificates.k8s.io", "v1")]
    [InlineData("discovery.k8s.io", "v1")]
    [InlineData("discovery.k8s.io", "v1beta1")]
    [InlineData("events.k8s.io", "v1")]
    [InlineData("events.k8s.io", "v1beta1")]
    public void EveryFieldIsExplained(string group, string version)
    {
        var own = Read(group, version)["components"]!["schemas"]!.AsObject().Where(schema => schema.Key.StartsWith("io.k8s.api." + group.Split('.')[0], StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(own);
        foreach (var (name, schema) in own)
        {
            Assert.True(schema!["description"] is not null, $"{name} needs a [Doc]");
            Assert.All(schema["properties"]!.AsObject(), field => Assert.True(field.Value!["description"] is not null, $"{name}.{field.Key} needs a [Doc]"));
        }
    }

    [Theory]
    [InlineData("events.k8s.io", "io.k8s.api.events.v1.Event", "eventTime")]
    [InlineData("policy", "io.k8s.api.policy.v1.PodDisruptionBudgetStatus", "currentHealthy,desiredHealthy,disruptionsAllowed,expectedPods")]
    [InlineData("networking.k8s.io", "io.k8s.api.networking.v1.HTTPIngressPath", "backend,pathType")]
    [InlineData("networking.k8s.io", "io.k8s.api.networking.v1.NetworkPolicySpec", "podSelector")]
    [InlineData("rbac.authorization.k8s.io", "io.k8s.api.rbac.v1.RoleBinding", "roleRef")]
    [InlineData("rbac.authorization.k8s.io", "io.k8s.api.rbac.v1.Role", "")]
    [InlineData("certificates.k8s.io", "io.k8s.api.certificates.v1.CertificateSigningRequestSpec", "request,signerName")]
    [InlineData("discovery.k8s.io", "io.k8s.api.discovery.v1.EndpointSlice", "addressType,endpoints")]
    public void RequiredFieldsOfTheGroupsAreNamed(string group, string schema, string required) =>
        Assert.Equal(required, string.Join(',', (Read(group, "v1")["components"]!["schemas"]![schema]!["required"]?.AsArray() ?? []).Select(name => (string)name!)));

    private static JsonNode Read(string group, string version) => JsonNode.Parse(Documents.V3(group, version)!)!;

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Key == "$ref" ? [(string)pair.Value!] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}

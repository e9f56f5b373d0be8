using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Requests whose bodies are Kubernetes' protobuf; the answers are JSON, which such clients accept too.</summary>
public sealed class ProtobufRequestTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    /// <summary>What kubectl 1.32 sends for <c>create configmap settings --from-literal=color=blue --from-literal=empty=</c>.</summary>
    private const string Settings =
        "6b3873000a0f0a0276311209436f6e6669674d617012340a180a0873657474696e677312001a0022002a00320038004200120d0a05636f6c6f721204626c756512090a05656d70747912001a002200";

    /// <summary>DeleteOptions with <c>dryRun: [All]</c>.</summary>
    private const string DryRun = "6b3873000a130a027631120d44656c6574654f7074696f6e7312052a03416c6c";

    [Fact]
    public async Task ProtobufBodies_CreateAndUpdate_AndCarryTheOptionsOfADelete()
    {
        var all = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        var (code, made) = await Send(HttpMethod.Post, $"{all}?fieldValidation=Strict", Settings);
        Assert.True(code == 201, made.ToJsonString());
        Assert.Equal(("blue", ""), ((string?)made["data"]!["color"], (string?)made["data"]!["empty"]));

        await server.Send("PATCH", $"{all}/settings", """{"data":{"color":"red"}}""", "application/merge-patch+json");
        var (updated, settings) = await Send(HttpMethod.Put, $"{all}/settings", Settings);
        Assert.True(updated == 200, settings.ToJsonString());
        Assert.Equal("blue", (string?)settings["data"]!["color"]);

        Assert.Equal(200, (await Send(HttpMethod.Delete, $"{all}/settings", DryRun)).Code);
        Assert.Equal(200, (await server.Send("GET", $"{all}/settings")).Code);
    }

    [Fact]
    public async Task AProtobufBodyOfAnotherKind_IsRefused()
    {
        var (code, status) = await Send(HttpMethod.Post, $"/api/v1/namespaces/{await server.NewNamespace()}/secrets", Settings);
        Assert.Equal(400, code);
        Assert.Equal("ConfigMap in version \"v1\" cannot be handled as a Secret: converting (v1.ConfigMap) to (core.Secret): unknown conversion", (string?)status["message"]);
    }

    [KubectlTheory] // arguments; what kubectl says; a field of the object, and its value
    [InlineData("create deployment web --image=nginx:1.21 --replicas=3", "deployment.apps/web created", "deployment/web {.spec.replicas} {.spec.template.spec.containers[0].image}", "3 nginx:1.21")]
    [InlineData("create configmap m --from-literal=a=b", "configmap/m created", "configmap/m {.data.a}", "b")]
    [InlineData("create secret generic s --from-literal=a=b", "secret/s created", "secret/s {.data.a} {.type}", "Yg== Opaque")]
    [InlineData("create serviceaccount robot", "serviceaccount/robot created", "serviceaccount/robot {.metadata.name}", "robot")]
    [InlineData("create service clusterip c --tcp=80:8080", "service/c created", "service/c {.spec.ports[0].targetPort}", "8080")]
    [InlineData("create service nodeport n --tcp=80:http", "service/n created", "service/n {.spec.type} {.spec.ports[0].targetPort}", "NodePort http")]
    [InlineData("create service loadbalancer l --tcp=80:8080", "service/l created", "service/l {.spec.type}", "LoadBalancer")]
    [InlineData("create service externalname e --external-name=db.example.com", "service/e created", "service/e {.spec.externalName}", "db.example.com")]
    [InlineData("create ingress i --class=nginx --rule=shop.example.com/cart*=web:80", "ingress.networking.k8s.io/i created", "ingress/i {.spec.rules[0].http.paths[0].pathType} {.spec.rules[0].http.paths[0].backend.service.port.number}", "Prefix 80")]
    [InlineData("create role r --verb=get,list --resource=pods,deployments.apps", "role.rbac.authorization.k8s.io/r created", "role/r {.rules[*].resources[0]} {.rules[0].verbs}", "pods deployments [\"get\",\"list\"]")]
    [InlineData("create rolebinding b --role=r --user=jane --serviceaccount=shop:robot", "rolebinding.rbac.authorization.k8s.io/b created", "rolebinding/b {.roleRef.kind} {.subjects[*].name}", "Role jane robot")]
    [InlineData("create pdb p --selector=app=web --min-available=50%", "poddisruptionbudget.policy/p created", "pdb/p {.spec.minAvailable} {.spec.selector.matchLabels.app}", "50% web")]
    [InlineData("autoscale deployment web --min=2 --max=5 --cpu-percent=60", "horizontalpodautoscaler.autoscaling/web autoscaled", "hpa/web {.spec.minReplicas} {.spec.metrics[0].resource.target.averageUtilization}", "2 60")]
    public async Task KubectlCreates(string arguments, string said, string look, string value)
    {
        var ns = await server.NewNamespace();
        if (arguments.StartsWith("autoscale", StringComparison.Ordinal)) await Kubectl.Run(server, "", "create", "deployment", "web", "--image=nginx", "-n", ns);
        var (code, output, errors) = await Kubectl.Run(server, "", [.. arguments.Split(' '), "-n", ns]);
        Assert.True(code == 0 && output == said + "\n", output + errors);
        var parts = look.Split(' ', 2);
        Assert.Equal(value, (await Kubectl.Run(server, "", "get", parts[0], "-n", ns, "-o", $"jsonpath={parts[1]}")).Output);
    }

    private async Task<(int Code, JsonNode Body)> Send(HttpMethod method, string path, string hex)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(Convert.FromHexString(hex)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.kubernetes.protobuf");
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.kubernetes.protobuf,application/json");
        using var response = await server.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}

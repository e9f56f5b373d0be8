using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What the verbs do, over HTTPS.</summary>
public sealed class HttpVerbTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task AServiceChangesType_AndKeepsOrFreesWhatItHolds()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/services";
        var (code, service) = await server.Send("POST", path, """{"metadata":{"name":"s"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":8080}]}}""");
        Assert.Equal(201, code);
        var ip = (string)service["spec"]!["clusterIP"]!;
        Assert.Equal(("SingleStack", "Cluster", "None"), ((string?)service["spec"]!["ipFamilyPolicy"], (string?)service["spec"]!["internalTrafficPolicy"], (string?)service["spec"]!["sessionAffinity"]));

        (_, service) = await Merge($"{path}/s", """{"spec":{"type":"NodePort"}}""");
        var port = (int)service["spec"]!["ports"]![0]!["nodePort"]!;
        Assert.InRange(port, 30086, 32767);
        Assert.Equal(ip, (string?)service["spec"]!["clusterIP"]);

        var (taken, status) = await server.Send("POST", path, $$$"""{"metadata":{"name":"t"},"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{{port}}}}]}}""");
        Assert.Equal((422, $"Service \"t\" is invalid: spec.ports[0].nodePort: Invalid value: {port}: provided port is already allocated"), (taken, (string?)status["message"]));

        (_, service) = await Merge($"{path}/s", """{"spec":{"type":"ClusterIP"}}""");
        Assert.Null(service["spec"]!["ports"]![0]!["nodePort"]);
        (code, _) = await server.Send("POST", path, $$$"""{"metadata":{"name":"t"},"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{{port}}}}]}}""");
        Assert.Equal(201, code);

        (_, service) = await Merge($"{path}/s", """{"spec":{"type":"ExternalName","externalName":"a.example"}}""");
        Assert.Null(service["spec"]!["clusterIP"]);
        (code, _) = await server.Send("POST", path, $$$"""{"metadata":{"name":"u"},"spec":{"clusterIP":"{{{ip}}}","ports":[{"port":80}]}}""");
        Assert.Equal(201, code);
        await server.Send("DELETE", $"{path}/t");
        (code, _) = await server.Send("POST", path, $$$"""{"metadata":{"name":"v"},"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{{port}}}}]}}""");
        Assert.Equal(201, code);
    }

    [Fact]
    public async Task ALocalLoadBalancer_GetsAHealthCheckPort_AndLosesItWithItsType()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/services";
        var (_, service) = await server.Send("POST", path, """{"metadata":{"name":"lb"},"spec":{"type":"LoadBalancer","externalTrafficPolicy":"Local","ports":[{"port":80}]}}""");
        var port = (int)service["spec"]!["healthCheckNodePort"]!;
        Assert.InRange(port, 30000, 32767);
        Assert.NotEqual(port, (int)service["spec"]!["ports"]![0]!["nodePort"]!);
        (_, service) = await Merge($"{path}/lb", """{"spec":{"type":"ClusterIP"}}""");
        Assert.Null(service["spec"]!["healthCheckNodePort"]);
    }

    [Fact]
    public async Task Finalizers_HoldAnObjectUntilTheLastIsGone()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        await server.Send("POST", path, """{"metadata":{"name":"fin","finalizers":["example.com/hold"]}}""");
        var (code, held) = await server.Send("DELETE", $"{path}/fin");
        Assert.Equal((200, 0), (code, (int)held["metadata"]!["deletionGracePeriodSeconds"]!));
        Assert.NotNull(held["metadata"]!["deletionTimestamp"]);
        Assert.Equal(200, (await server.Send("GET", $"{path}/fin")).Code);
        Assert.Equal(200, (await Merge($"{path}/fin", """{"metadata":{"finalizers":null}}""")).Code);
        Assert.Equal(404, (await server.Send("GET", $"{path}/fin")).Code);
        await server.Send("POST", path, """{"metadata":{"name":"plain"}}""");
        var (_, status) = await server.Send("DELETE", $"{path}/plain");
        Assert.Equal(("Status", "Success", "plain", "configmaps"), ((string?)status["kind"], (string?)status["status"], (string?)status["details"]!["name"], (string?)status["details"]!["kind"]));
    }

    [Fact]
    public async Task ABoundPod_IsMarked_AndGoesWithGraceZero()
    {
        var ns = await server.NewNamespace();
        var path = $"/api/v1/namespaces/{ns}/pods";
        var (code, pod) = await server.Send("POST", path, """{"metadata":{"generateName":"p-"},"spec":{"containers":[{"name":"c","image":"nginx"}]}}""");
        Assert.Equal(201, code);
        var name = (string)pod["metadata"]!["name"]!;
        Assert.Matches("^p-[a-z0-9]{5}$", name);
        Assert.Equal("default", (string?)pod["spec"]!["serviceAccountName"]);
        Assert.StartsWith("kube-api-access-", (string?)pod["spec"]!["volumes"]![0]!["name"], StringComparison.Ordinal);
        Assert.Equal("/var/run/secrets/kubernetes.io/serviceaccount", (string?)pod["spec"]!["containers"]![0]!["volumeMounts"]![0]!["mountPath"]);
        Assert.Equal(2, pod["spec"]!["tolerations"]!.AsArray().Count);

        var binding = $$$"""{"metadata":{"name":"{{{name}}}"},"target":{"kind":"Node","name":"node-1"}}""";
        Assert.Equal(201, (await server.Send("POST", $"{path}/{name}/binding", binding)).Code);
        var (again, status) = await server.Send("POST", $"{path}/{name}/binding", binding);
        Assert.Equal((409, $"Operation cannot be fulfilled on pods/binding \"{name}\": pod {name} is already assigned to node \"node-1\""), (again, (string?)status["message"]));

        (code, pod) = await server.Send("DELETE", $"{path}/{name}");
        Assert.Equal((200, 30), (code, (int)pod["metadata"]!["deletionGracePeriodSeconds"]!));
        (_, pod) = await server.Send("DELETE", $"{path}/{name}?gracePeriodSeconds=5");
        Assert.Equal(5, (int)pod["metadata"]!["deletionGracePeriodSeconds"]!);
        (code, pod) = await server.Send("DELETE", $"{path}/{name}?gracePeriodSeconds=-1");
        Assert.Equal((200, 1), (code, (int)pod["metadata"]!["deletionGracePeriodSeconds"]!));
        await server.Send("DELETE", $"{path}/{name}", """{"gracePeriodSeconds":0}""");
        Assert.Equal(404, (await server.Send("GET", $"{path}/{name}")).Code);
    }

    [Theory] // policy; finalizer; whether the object stays
    [InlineData("Foreground", "foregroundDeletion", true)]
    [InlineData("Orphan", "orphan", true)]
    [InlineData("Background", "", false)]
    public async Task PropagationPolicies_SetTheirFinalizer(string policy, string finalizer, bool stays)
    {
        var ns = await server.NewNamespace();
        var path = $"/apis/apps/v1/namespaces/{ns}/deployments";
        await server.Send("POST", path, """{"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
        var (_, answer) = await server.Send("DELETE", $"{path}/d", $$"""{"propagationPolicy":"{{policy}}"}""");
        var (code, left) = await server.Send("GET", $"{path}/d");
        Assert.Equal(stays ? 200 : 404, code);
        if (stays) Assert.Equal(finalizer, (string?)left["metadata"]!["finalizers"]!.AsArray().Single());
        else Assert.Equal("Success", (string?)answer["status"]);
    }

    [Fact]
    public async Task Scale_ShowsAndSetsReplicas_AndRefusesNegativeOnes()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NewNamespace()}/deployments";
        await server.Send("POST", path, """{"metadata":{"name":"d"},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
        var (_, scale) = await server.Send("GET", $"{path}/d/scale");
        Assert.Equal(("Scale", 2, "a=b"), ((string?)scale["kind"], (int)scale["spec"]!["replicas"]!, (string?)scale["status"]!["selector"]));
        (_, scale) = await Merge($"{path}/d/scale", """{"spec":{"replicas":3}}""");
        Assert.Equal(3, (int)scale["spec"]!["replicas"]!);
        var (_, deployment) = await server.Send("GET", $"{path}/d");
        Assert.Equal((3, 2), ((int)deployment["spec"]!["replicas"]!, (int)deployment["metadata"]!["generation"]!));
        var (code, status) = await Merge($"{path}/d/scale", """{"spec":{"replicas":-1}}""");
        Assert.Equal((422, "Scale.autoscaling \"d\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"), (code, (string?)status["message"]));
    }

    [Fact]
    public async Task Status_ChangesAloneThroughItsSubresource()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/services";
        await server.Send("POST", path, """{"metadata":{"name":"lb"},"spec":{"type":"LoadBalancer","ports":[{"port":80}]}}""");
        var (_, service) = await Merge($"{path}/lb/status", """{"spec":{"sessionAffinity":"ClientIP"},"status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.42"}]}}}""");
        Assert.Equal(("None", "203.0.113.42"), ((string?)service["spec"]!["sessionAffinity"], (string?)service["status"]!["loadBalancer"]!["ingress"]![0]!["ip"]));
        (_, service) = await Merge($"{path}/lb", """{"status":{"loadBalancer":null}}""");
        Assert.Equal("203.0.113.42", (string?)service["status"]!["loadBalancer"]!["ingress"]![0]!["ip"]);
    }

    [Fact]
    public async Task ADryRun_AnswersAndChangesNothing()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        Assert.Equal(201, (await server.Send("POST", $"{path}?dryRun=All", """{"metadata":{"name":"m"}}""")).Code);
        Assert.Equal(404, (await server.Send("GET", $"{path}/m")).Code);
        await server.Send("POST", path, """{"metadata":{"name":"m"}}""");
        var (_, patched) = await Merge($"{path}/m?dryRun=All", """{"data":{"z":"1"}}""");
        Assert.Equal("1", (string?)patched["data"]!["z"]);
        Assert.Equal(200, (await server.Send("DELETE", $"{path}/m?dryRun=All")).Code);
        Assert.Null((await server.Send("GET", $"{path}/m")).Body["data"]);
    }

    [Fact]
    public async Task AnEmptyPatch_ChangesNothing_NotEvenTheRevision()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        var (_, before) = await server.Send("POST", path, """{"metadata":{"name":"m"},"data":{"a":"b"}}""");
        var (_, after) = await Merge($"{path}/m", """{"data":{"a":"b"}}""");
        Assert.Equal((string?)before["metadata"]!["resourceVersion"], (string?)after["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task Lists_ComeInChunksOfOneState_WhateverChangesMeanwhile()
    {
        var ns = await server.NewNamespace();
        var path = $"/api/v1/namespaces/{ns}/secrets";
        foreach (var name in (string[])["a", "b", "c", "d", "e"]) await server.Send("POST", path, $$$$"""{"metadata":{"name":"{{{{name}}}}","labels":{"n":"{{{{name}}}}"}}}""");
        var (_, list) = await server.Send("GET", $"{path}?limit=2");
        var revision = (string?)list["metadata"]!["resourceVersion"];
        Assert.Equal(("SecretList", 3), ((string?)list["kind"], (int)list["metadata"]!["remainingItemCount"]!));
        await server.Send("DELETE", $"{path}/d");
        var names = Names(list).ToList();
        while ((string?)list["metadata"]!["continue"] is { } token)
        {
            (_, list) = await server.Send("GET", $"{path}?limit=2&continue={token}");
            Assert.Equal(revision, (string?)list["metadata"]!["resourceVersion"]);
            names.AddRange(Names(list));
        }
        Assert.Equal(["a", "b", "c", "d", "e"], names);
        Assert.Equal(["a", "e"], Names((await server.Send("GET", $"{path}?labelSelector=n+in+(a,d,e)")).Body));
        Assert.Equal(["b"], Names((await server.Send("GET", $"/api/v1/secrets?fieldSelector=metadata.name%3Db,metadata.namespace%3D{ns}")).Body));
        var (_, deleted) = await server.Send("DELETE", $"{path}?labelSelector=n%21%3Da");
        Assert.Equal(["b", "c", "e"], Names(deleted));
        Assert.Equal(["a"], Names((await server.Send("GET", path)).Body));
    }

    [Fact]
    public async Task Tables_ShowWhatKubectlPrints()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/services";
        await server.Send("POST", path, """{"metadata":{"name":"s"},"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":30999}],"selector":{"app":"web"}}}""");
        var (_, table) = await server.Send("GET", path, accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        Assert.Equal("Name,Type,Cluster-IP,External-IP,Port(s),Age,Selector", string.Join(',', table["columnDefinitions"]!.AsArray().Select(column => (string?)column!["name"])));
        var cells = table["rows"]![0]!["cells"]!.AsArray();
        Assert.Equal(("s", "NodePort", "<none>", "80:30999/TCP", "app=web"), ((string?)cells[0], (string?)cells[1], (string?)cells[3], (string?)cells[4], (string?)cells[6]));
        Assert.Equal("PartialObjectMetadata", (string?)table["rows"]![0]!["object"]!["kind"]);
        var (_, metadata) = await server.Send("GET", path, accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        Assert.Equal("PartialObjectMetadataList", (string?)metadata["kind"]);
        Assert.Null(metadata["items"]![0]!["spec"]);
    }

    [Fact]
    public async Task YamlBodies_AreRead_AndYamlIsWritten()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/configmaps";
        var (code, made) = await server.Send("POST", path, "metadata: {name: m}\ndata: {a: 'b'}\n", "application/yaml");
        Assert.True(code == 201, made.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}/m");
        request.Headers.TryAddWithoutValidation("Accept", "application/yaml");
        using var response = await server.Http.SendAsync(request);
        Assert.StartsWith("apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheServiceKubernetes_ComesBackWithin10Seconds()
    {
        await server.Send("DELETE", "/api/v1/namespaces/default/services/kubernetes");
        var deadline = DateTime.UtcNow.AddSeconds(30);
        int code;
        JsonNode service;
        do (code, service) = await server.Send("GET", "/api/v1/namespaces/default/services/kubernetes");
        while (code != 200 && DateTime.UtcNow < deadline);
        Assert.Equal((200, "10.96.0.1"), (code, (string?)service["spec"]!["clusterIP"]));
        var (_, endpoints) = await server.Send("GET", "/api/v1/namespaces/default/endpoints/kubernetes");
        Assert.Equal(("172.18.0.1", 6443), ((string?)endpoints["subsets"]![0]!["addresses"]![0]!["ip"], (int)endpoints["subsets"]![0]!["ports"]![0]!["port"]!));
    }

    [Fact]
    public async Task Concurrent_PatchesLoseNothing()
    {
        var ns = await server.NewNamespace();
        var path = $"/api/v1/namespaces/{ns}/configmaps";
        await server.Send("POST", path, """{"metadata":{"name":"m"}}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Merge($"{path}/m", $$$"""{"data":{"k{{{i}}}":"v"}}""")));
        Assert.All(answers, answer => Assert.Equal(200, answer.Code));
        var reply = await server.Must(ApiCall.Get(Kinds.ConfigMap, ns, "m"));
        Assert.Equal(40, ((ConfigMap)reply.Object!).Data.Count);
    }

    private Task<(int Code, JsonNode Body)> Merge(string path, string patch) => server.Send("PATCH", path, patch, "application/merge-patch+json");

    private static IEnumerable<string> Names(JsonNode list) => list["items"]!.AsArray().Select(item => (string)item!["metadata"]!["name"]!);
}

using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Versions that are served but not stored, through every verb: what is written in one is read in the other.</summary>
public sealed class ConvertedKindTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private const string Meta = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    private const string Merge = "application/merge-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";

    private const string Slice = """
        {"metadata":{"name":"s"},"addressType":"IPv4","ports":[{"port":80}],
         "endpoints":[{"addresses":["10.0.0.1"],"topology":{"kubernetes.io/hostname":"node-1","topology.kubernetes.io/zone":"zone-a","rack":"r1"}}]}
        """;

    [Fact]
    public async Task ASliceOfV1Beta1_GoesThroughEveryVerb()
    {
        var (beta, v1) = await Paths("discovery.k8s.io", "endpointslices", "v1beta1", "v1");
        var (code, made) = await server.Send("POST", beta, Slice);
        Assert.Equal((201, "discovery.k8s.io/v1beta1", "TCP"), (code, (string?)made["apiVersion"], (string?)made["ports"]![0]!["protocol"]));
        Assert.Equal("r1", (string?)made["endpoints"]![0]!["topology"]!["rack"]);

        var stored = (await server.Send("GET", $"{v1}/s")).Body;
        Assert.Equal("""{"addresses":["10.0.0.1"],"conditions":{},"deprecatedTopology":{"rack":"r1"},"nodeName":"node-1","zone":"zone-a"}""", stored["endpoints"]![0]!.ToJsonString());
        var shown = (await server.Send("GET", $"{beta}/s")).Body;
        Assert.Equal(("node-1", "zone-a"), ((string?)shown["endpoints"]![0]!["topology"]!["kubernetes.io/hostname"], (string?)shown["endpoints"]![0]!["topology"]!["topology.kubernetes.io/zone"]));
        Assert.Equal((string?)stored["metadata"]!["uid"], (string?)shown["metadata"]!["uid"]);

        var list = (await server.Send("GET", beta)).Body;
        Assert.Equal(("EndpointSliceList", "discovery.k8s.io/v1beta1", "r1"), ((string?)list["kind"], (string?)list["apiVersion"], (string?)list["items"]![0]!["endpoints"]![0]!["topology"]!["rack"]));
        Assert.Null(list["items"]![0]!["kind"]);

        shown["endpoints"]![0]!["topology"]!["rack"] = "r2";
        (code, var put) = await server.Send("PUT", $"{beta}/s", shown.ToJsonString());
        Assert.Equal((200, "r2", 2), (code, (string?)put["endpoints"]![0]!["topology"]!["rack"], (int)put["metadata"]!["generation"]!));
        Assert.Equal(409, (await server.Send("PUT", $"{beta}/s", shown.ToJsonString())).Code); // The old revision.
        Assert.Equal((200, "r2"), await Rack(server.Send("PUT", $"{beta}/s?dryRun=All", put.ToJsonString())));

        (code, var patched) = await server.Send("PATCH", $"{beta}/s", """{"metadata":{"labels":{"a":"b"}}}""", Merge);
        Assert.Equal((200, "discovery.k8s.io/v1beta1", "b"), (code, (string?)patched["apiVersion"], (string?)patched["metadata"]!["labels"]!["a"]));
        Assert.Equal((200, "r3"), await Rack(server.Send("PATCH", $"{beta}/s", """[{"op":"replace","path":"/endpoints/0/topology/rack","value":"r3"}]""", "application/json-patch+json")));
        Assert.Equal((200, "r4"), await Rack(server.Send("PATCH", $"{beta}/s", """{"endpoints":[{"addresses":["10.0.0.2"],"topology":{"rack":"r4"}}]}""", Strategic)));
        Assert.Equal("""{"addresses":["10.0.0.2"],"conditions":{},"deprecatedTopology":{"rack":"r4"}}""", (await server.Send("GET", $"{v1}/s")).Body["endpoints"]![0]!.ToJsonString());
        Assert.Equal(422, (await server.Send("PATCH", $"{beta}/s", """{"addressType":"IPv6"}""", Merge)).Code);

        var table = (await server.Send("GET", beta, accept: Table)).Body;
        Assert.Equal("""["s","IPv4","80","10.0.0.2"]""", new JsonArray([.. table["rows"]![0]!["cells"]!.AsArray().Take(4).Select(cell => cell!.DeepClone())]).ToJsonString());
        Assert.Equal("s", (string?)(await server.Send("GET", $"{beta}/s", accept: Table)).Body["rows"]![0]!["object"]!["metadata"]!["name"]);
        Assert.Equal("b", (string?)(await server.Send("GET", $"{beta}/s", accept: Meta)).Body["metadata"]!["labels"]!["a"]);
        Assert.Single((await server.Send("GET", $"{beta}?fieldSelector=metadata.name%3Ds&labelSelector=a%3Db")).Body["items"]!.AsArray());
        Assert.Empty((await server.Send("GET", $"{beta}?fieldSelector=metadata.name%3Dt")).Body["items"]!.AsArray());

        (code, var gone) = await server.Send("DELETE", $"{beta}/s");
        Assert.Equal((200, "Success"), (code, (string?)gone["status"]));
        (code, var missing) = await server.Send("GET", $"{beta}/s");
        Assert.Equal((404, "endpointslices.discovery.k8s.io \"s\" not found"), (code, (string?)missing["message"]));
        await server.Send("POST", beta, Slice);
        Assert.Equal(200, (await server.Send("DELETE", $"{beta}?labelSelector=none%3Dsuch")).Code);
        Assert.Single((await server.Send("GET", v1)).Body["items"]!.AsArray());
        (code, var all) = await server.Send("DELETE", beta);
        Assert.Equal((200, "discovery.k8s.io/v1beta1"), (code, (string?)all["apiVersion"]));
        Assert.Empty((await server.Send("GET", v1)).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task AWatchOfOneVersion_SeesWritesOfTheOther()
    {
        var (beta, v1) = await Paths("discovery.k8s.io", "endpointslices", "v1beta1", "v1");
        var revision = (string?)(await server.Send("GET", beta)).Body["metadata"]!["resourceVersion"];
        var watched = Stream($"{beta}?watch=true&resourceVersion={revision}", 3);
        var tables = Stream($"{beta}?watch=true&resourceVersion={revision}", 1, Table);
        await server.Send("POST", v1, """{"metadata":{"name":"s"},"addressType":"IPv4","ports":[],"endpoints":[{"addresses":["10.0.0.1"],"nodeName":"node-1","zone":"a"}]}""");
        await server.Send("PATCH", $"{beta}/s", """{"metadata":{"labels":{"a":"b"}}}""", Merge);
        await server.Send("DELETE", $"{v1}/s");
        Assert.Equal(
            ["ADDED discovery.k8s.io/v1beta1 a", "MODIFIED discovery.k8s.io/v1beta1 a", "DELETED discovery.k8s.io/v1beta1 a"],
            (await watched).Select(item => $"{item["type"]} {item["object"]!["apiVersion"]} {item["object"]!["endpoints"]![0]!["topology"]!["topology.kubernetes.io/zone"]}"));
        Assert.Equal("IPv4", (string?)(await tables)[0]["object"]!["rows"]![0]!["cells"]![1]);
    }

    [Fact]
    public async Task CodeInTheServersProcess_MayUseEitherVersion()
    {
        var ns = await server.NewNamespace();
        var beta = new EndpointSliceV1Beta1
        {
            Metadata = new ObjectMeta { Name = "s", Namespace = ns },
            AddressType = "IPv4",
            Endpoints = [new EndpointV1Beta1 { Addresses = ["10.0.0.1"], Topology = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = "a" } }],
        };
        Assert.IsType<EndpointSliceV1Beta1>((await server.Must(ApiCall.Create(beta))).Object);
        Assert.Equal("a", ((EndpointSlice)(await server.Must(ApiCall.Get(Kinds.EndpointSlice, ns, "s"))).Object!).Endpoints[0].Zone);
        var listed = (await server.Must(ApiCall.List(ConvertedKinds.EndpointSliceV1Beta1, ns))).Items!;
        Assert.Equal("a", ((EndpointSliceV1Beta1)listed.Single()).Endpoints[0].Topology["topology.kubernetes.io/zone"]);
    }

    [Fact]
    public async Task Events_AreOneKindInThreeVersions()
    {
        var ns = await server.NewNamespace();
        var (events, core) = ($"/apis/events.k8s.io/v1/namespaces/{ns}/events", $"/api/v1/namespaces/{ns}/events");
        var body = $$"""
            {"metadata":{"name":"e"},"eventTime":"2026-01-02T03:04:05.000006Z","reportingController":"example.com/c","reportingInstance":"c-1","action":"Binding","reason":"Bound","type":"Normal",
             "regarding":{"kind":"Pod","namespace":"{{ns}}","name":"web-0"},"note":"hello"}
            """;
        var (code, made) = await server.Send("POST", events, body);
        Assert.True(code == 201, made.ToJsonString());
        var shown = (await server.Send("GET", $"{core}/e")).Body;
        Assert.Equal(("web-0", "hello", "example.com/c"), ((string?)shown["involvedObject"]!["name"], (string?)shown["message"], (string?)shown["reportingComponent"]));
        (code, var counted) = await server.Send("PATCH", $"{events}/e", """{"series":{"count":2,"lastObservedTime":"2026-01-02T03:05:05.000006Z"}}""", Strategic);
        Assert.Equal((200, 2), (code, (int)counted["series"]!["count"]!));
        Assert.Equal(2, (int)(await server.Send("GET", $"/apis/events.k8s.io/v1beta1/namespaces/{ns}/events/e")).Body["series"]!["count"]!);

        // v1 is strict; v1beta1 and the core group are not.
        (code, var refused) = await server.Send("PATCH", $"{events}/e", """{"note":"other","deprecatedCount":3}""", Merge);
        Assert.Equal(422, code);
        Assert.Equal(
            "Event \"e\" is invalid: [message: Invalid value: \"other\": field is immutable, count: Invalid value: 3: field is immutable]", (string?)refused["message"]);
        Assert.Equal(200, (await server.Send("PATCH", $"{core}/e", """{"message":"other"}""", Merge)).Code);
        (code, refused) = await server.Send("POST", events, $$$"""{"metadata":{"name":"f"},"regarding":{"namespace":"{{{ns}}}"},"deprecatedCount":1,"type":"Odd"}""");
        Assert.Equal((422, "Event \"f\" is invalid: [eventTime: Required value, type: Invalid value: \"\": has invalid value: Odd, count: Invalid value: \"\": needs to be unset]"), (code, (string?)refused["message"]));
        Assert.Equal(201, (await server.Send("POST", core, $$$"""{"metadata":{"name":"f"},"involvedObject":{"namespace":"{{{ns}}}","kind":"Node"},"type":"Odd"}""")).Code);

        // Each version has its own names for what can be selected.
        Assert.Equal(["e"], await Names($"{events}?fieldSelector=regarding.kind%3DPod,reportingController%3Dexample.com/c"));
        Assert.Equal(["e"], await Names($"{core}?fieldSelector=involvedObject.kind%3DPod,reason%3DBound"));
        Assert.Equal((400, "field label not supported: involvedObject.kind"), Short(await server.Send("GET", $"{events}?fieldSelector=involvedObject.kind%3DPod")));
        Assert.Equal((400, "field label not supported: regarding.kind"), Short(await server.Send("GET", $"{core}?fieldSelector=regarding.kind%3DPod")));
        Assert.Equal((404, "events \"g\" not found"), Short(await server.Send("GET", $"{events}/g"))); // Kubernetes, too, names the core group's resource here.
        var row = (await server.Send("GET", $"{events}?fieldSelector=metadata.name%3De", accept: Table)).Body["rows"]![0]!["cells"]!;
        Assert.Equal("Normal Bound pod/web-0", $"{row[1]} {row[2]} {row[3]}");
    }

    [Fact]
    public async Task AnAutoscalerOfV1_IsReadAndPatchedAsV2()
    {
        var (v1, v2) = await Paths("autoscaling", "horizontalpodautoscalers", "v1", "v2");
        var (code, made) = await server.Send("POST", v1, """{"metadata":{"name":"a"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"web"},"maxReplicas":3,"targetCPUUtilizationPercentage":70}}""");
        Assert.Equal((201, 1), (code, (int)made["spec"]!["minReplicas"]!));
        var metric = """{"type":"Resource","resource":{"name":"memory","target":{"type":"AverageValue","averageValue":"1Gi"}}}""";
        await server.Send("PATCH", $"{v2}/a", $$"""[{"op":"add","path":"/spec/metrics/-","value":{{metric}}}]""", "application/json-patch+json");
        var shown = (await server.Send("GET", $"{v1}/a")).Body;
        Assert.Equal(70, (int)shown["spec"]!["targetCPUUtilizationPercentage"]!);
        Assert.Equal("""[{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}}]""", (string?)shown["metadata"]!["annotations"]!["autoscaling.alpha.kubernetes.io/metrics"]);
        // A client of v1 that changes something of its own keeps what it cannot see.
        await server.Send("PATCH", $"{v1}/a", """{"spec":{"maxReplicas":5}}""", Merge);
        var after = (await server.Send("GET", $"{v2}/a")).Body;
        Assert.Equal((5, 2), ((int)after["spec"]!["maxReplicas"]!, after["spec"]!["metrics"]!.AsArray().Count));
        Assert.Null(after["metadata"]!["annotations"]);
        Assert.Equal("cpu: <unknown>/70%, memory: <unknown>/1Gi", (string?)(await server.Send("GET", $"{v1}/a", accept: Table)).Body["rows"]![0]!["cells"]![2]);
        Assert.NotNull((await server.Send("GET", $"{v1}/a", accept: Meta)).Body["metadata"]!["annotations"]);
        (code, var refused) = await server.Send("POST", v1, """{"metadata":{"name":"b","annotations":{"autoscaling.alpha.kubernetes.io/metrics":"{"}},"spec":{"scaleTargetRef":{"kind":"D","name":"d"},"maxReplicas":3}}""");
        Assert.Equal(400, code);
        Assert.Contains("autoscaling.alpha.kubernetes.io/metrics", (string?)refused["message"], StringComparison.Ordinal);
        Assert.Equal(200, (await server.Send("PATCH", $"{v1}/a/status", """{"status":{"currentReplicas":2}}""", Merge)).Code);
        Assert.Equal(2, (int)(await server.Send("GET", $"{v2}/a")).Body["status"]!["currentReplicas"]!);
    }

    [Fact]
    public async Task ABudgetOfV1Beta1_WithAnEmptySelector_SelectsNothing()
    {
        var (beta, v1) = await Paths("policy", "poddisruptionbudgets", "v1beta1", "v1");
        Assert.Equal(201, (await server.Send("POST", beta, """{"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{}}}""")).Code);
        Assert.Equal("Exists", (string?)(await server.Send("GET", $"{v1}/b")).Body["spec"]!["selector"]!["matchExpressions"]![0]!["operator"]);
        Assert.Equal("{}", (await server.Send("GET", $"{beta}/b")).Body["spec"]!["selector"]!.ToJsonString());
        // A selector is replaced by a strategic merge patch, not merged.
        await server.Send("PATCH", $"{v1}/b", """{"spec":{"selector":{"matchLabels":{"a":"b"}}}}""", Strategic);
        Assert.Equal("""{"matchLabels":{"a":"b"}}""", (await server.Send("GET", $"{beta}/b")).Body["spec"]!["selector"]!.ToJsonString());
        Assert.Equal((422, "PodDisruptionBudget.policy \"b\" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update"),
            Short(await server.Send("PUT", $"{beta}/b", """{"metadata":{"name":"b"},"spec":{"minAvailable":2}}""")));
    }

    private static (int Code, string? Message) Short((int Code, JsonNode Body) answer) => (answer.Code, (string?)answer.Body["message"]);

    private static async Task<(int Code, string? Rack)> Rack(Task<(int Code, JsonNode Body)> answer)
    {
        var (code, body) = await answer;
        return (code, (string?)body["endpoints"]?[0]?["topology"]?["rack"]);
    }

    private async Task<string[]> Names(string path) =>
        [.. (await server.Send("GET", path)).Body["items"]!.AsArray().Select(item => (string)item!["metadata"]!["name"]!)];

    private async Task<(string Served, string Stored)> Paths(string group, string plural, string served, string stored)
    {
        var ns = await server.NewNamespace();
        return ($"/apis/{group}/{served}/namespaces/{ns}/{plural}", $"/apis/{group}/{stored}/namespaces/{ns}/{plural}");
    }

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

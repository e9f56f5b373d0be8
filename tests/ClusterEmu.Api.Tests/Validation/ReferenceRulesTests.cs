using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

/// <summary>Creates that a real API server 1.20 accepted, completed or refused: ours must do the same but for what 1.32 changed. Runs where those files are at hand.</summary>
public class ReferenceRulesTests
{
    /// <summary>What the API server, its allocator or its admission sets, and what 1.20 did not have yet.</summary>
    private static readonly string[] NotCompared =
    [
        "metadata.uid", "metadata.resourceVersion", "metadata.creationTimestamp", "metadata.generation", "spec.clusterIP", "spec.clusterIPs",
        "spec.internalTrafficPolicy", "spec.ipFamilies", "spec.ipFamilyPolicy", "spec.allocateLoadBalancerNodePorts",
        "spec.serviceAccount", "spec.serviceAccountName", "spec.priority", "spec.preemptionPolicy", "spec.tolerations",
        "spec.persistentVolumeClaimRetentionPolicy", "spec.completionMode", "spec.suspend", "spec.podReplacementPolicy",
    ];

    [Fact]
    public void Creates_AreCompletedAsByARealServer()
    {
        var failures = new List<string>();
        var seen = 0;
        foreach (var (kind, request, response) in Creates("defaulting.json").Where(each => each.Status == 201).Select(each => (each.Kind, each.Request, each.Response)))
        {
            seen++;
            var (value, errors) = Run(kind, Named(request, response));
            if (errors.Count > 0) failures.Add($"{kind.Kind}: refused: {Some.Said(errors)}");
            var (ours, theirs) = (JsonNode.Parse(kind.Encode(value))!, response.DeepClone());
            foreach (var node in new[] { ours, theirs }) Strip(node);
            var differences = new List<string>();
            JsonDifference.Find(theirs, ours, kind.Kind, differences);
            failures.AddRange(differences);
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(seen > 10 || Find("defaulting.json") is null, $"only {seen} creates were found");
    }

    [Fact]
    public void Creates_AreRefusedAsByARealServer()
    {
        var failures = new List<string>();
        var seen = 0;
        foreach (var (kind, status, request, response) in Creates("errors.json"))
        {
            var message = (string)response["message"]!;
            if (status != 422 || message.Contains("failed to allocate", StringComparison.Ordinal)) continue;
            seen++;
            var (_, errors) = Run(kind, request);
            var wanted = response["details"]!["causes"]!.AsArray().Select(cause => $"{cause!["reason"]} {cause["field"]}: {cause["message"]}");
            var got = errors.Select(error => $"{error.Reason} {error}");
            if (!wanted.Select(As132).SequenceEqual(got))
                failures.Add($"{kind.Kind} {request.ToJsonString()}:\n  wanted {string.Join("\n         ", wanted)}\n  got    {string.Join("\n         ", got)}");
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(seen > 8 || Find("errors.json") is null, $"only {seen} refusals were found");
    }

    [Fact]
    public void SettledObjects_NeedNothingMore()
    {
        var failures = new List<string>();
        var seen = 0;
        foreach (var settled in Find("settled-objects.json") is { } path ? Objects(JsonNode.Parse(File.ReadAllBytes(path))) : [])
        {
            if (KindCatalog.ByKind((string)settled["apiVersion"]!, (string)settled["kind"]!) is not { } kind) continue;
            seen++;
            var value = kind.WithDefaults(kind.Decode(Encoding.UTF8.GetBytes(settled.ToJsonString())));
            if (value is Service service) value = ServiceIPFamilies.Assign(service, null, ["IPv4"]).Service;
            var errors = kind.ValidateUpdate(value, kind.WithDefaults(value));
            if (errors.Count > 0) failures.Add($"{kind.Kind} {value.Metadata.Name}: refused: {Some.Said(errors)}");
            var (ours, theirs) = (JsonNode.Parse(kind.Encode(value))!, settled.DeepClone());
            foreach (var node in new[] { ours, theirs }) Strip(node);
            JsonDifference.Find(theirs, ours, kind.Kind, failures);
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(seen > 5 || Find("settled-objects.json") is null, $"only {seen} objects were found");
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Objects),
        JsonObject map when map["metadata"] is JsonObject meta && meta["uid"] is not null && map["kind"] is not null => [map],
        JsonObject map => map.Select(pair => pair.Value).SelectMany(Objects),
        _ => [],
    };

    /// <summary>1.32 says some things in other words.</summary>
    private static string As132(string text) => text.Replace("(127.0.0.0/8)", "(127.0.0.0/8, ::1/128)", StringComparison.Ordinal);

    private static (IKubeObject Value, IReadOnlyList<FieldError> Errors) Run(KindInfo kind, JsonObject request)
    {
        var value = kind.PrepareForCreate(kind.WithDefaults(kind.Decode(Encoding.UTF8.GetBytes(request.ToJsonString()))));
        if (value is not Service service) return (value, kind.ValidateCreate(value));
        var (assigned, errors) = ServiceIPFamilies.Assign(service, null, ["IPv4"]);
        return errors.Count > 0 ? (service, errors) : (assigned, kind.ValidateCreate(Allocated(assigned)));
    }

    private static Service Allocated(Service service)
    {
        var spec = service.Spec;
        if (spec.Type != "ExternalName" && spec.ClusterIPs.Count == 0) spec = spec with { ClusterIP = "10.96.0.9", ClusterIPs = ["10.96.0.9"] };
        return service with { Spec = spec.NeedsHealthCheckNodePort() ? spec with { HealthCheckNodePort = 31000 } : spec };
    }

    /// <summary>The request as it stands once the server has given names.</summary>
    private static JsonObject Named(JsonObject request, JsonNode response)
    {
        var named = request.DeepClone().AsObject();
        named["metadata"]!["name"] = (string)response["metadata"]!["name"]!;
        named["metadata"]!["uid"] = (string)response["metadata"]!["uid"]!;
        return named;
    }

    private static void Strip(JsonNode node)
    {
        foreach (var path in NotCompared)
        {
            var parts = path.Split('.');
            (node[parts[0]] as JsonObject)?.Remove(parts[1]);
        }
        (node["spec"]?["template"]?["metadata"] as JsonObject)?.Remove("creationTimestamp");
        if (node["metadata"]?["labels"] is JsonObject named && named.Remove(NamespaceDefaults.NameLabel) && named.Count == 0) node["metadata"]!.AsObject().Remove("labels");
        foreach (var port in node["spec"]?["ports"] as JsonArray ?? []) (port as JsonObject)?.Remove("nodePort");
        (node["spec"] as JsonObject)?.Remove("healthCheckNodePort");
        switch ((string)node["kind"]!)
        {
            case "StatefulSet":
                node["status"]!.AsObject().Remove("availableReplicas");
                break;
            case "DaemonSet":
                (node["spec"]!["updateStrategy"]!["rollingUpdate"] as JsonObject)?.Remove("maxSurge");
                break;
            case "Job": // Labels have had a prefix since 1.27, and the selector names one with it.
                node["spec"]!.AsObject().Remove("selector");
                foreach (var labels in new[] { node["metadata"]!["labels"], node["spec"]!["template"]!["metadata"]!["labels"] })
                    foreach (var label in (string[])["batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"]) labels!.AsObject().Remove(label);
                break;
        }
    }

    private static IEnumerable<(KindInfo Kind, int Status, JsonObject Request, JsonNode Response)> Creates(string file)
    {
        if (Find(file) is not { } path) yield break; // Says nothing where the reference is not at hand; the tables beside this are committed.
        foreach (var exchange in JsonNode.Parse(File.ReadAllBytes(path))!.AsArray())
        {
            var request = exchange!["request"]!;
            if ((string?)request["method"] != "POST" || request["body"] is not JsonObject body) continue;
            var parts = ((string)request["path"]!).Split('/', StringSplitOptions.RemoveEmptyEntries);
            var kind = parts[0] == "api" ? KindCatalog.Find("", parts[1], parts[^1]) : KindCatalog.Find(parts[1], parts[2], parts[^1]);
            if (kind is null || exchange["response"]!["body"] is not JsonObject response) continue;
            var placed = body.DeepClone().AsObject();
            if (placed["metadata"] is null) placed["metadata"] = new JsonObject();
            placed["metadata"]!["namespace"] = kind.Namespaced ? parts[^2] : null;
            yield return (kind, (int)exchange["response"]!["status"]!, placed, response);
        }
    }

    private static string? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "reference", "api-exchanges-1.20", file);
            if (File.Exists(path)) return path;
        }
        return null;
    }
}

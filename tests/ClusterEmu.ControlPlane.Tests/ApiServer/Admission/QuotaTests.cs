using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Quotas and limits of a whole server, over HTTPS.</summary>
public sealed class QuotaTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Pod = """{"metadata":{"name":"NAME"},"spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"300m"}}}]}}""";

    [Fact]
    public async Task AQuota_IsCountedWithEveryWrite_AndHoldsBack()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}";
        await server.Send("POST", $"{path}/configmaps", """{"metadata":{"name":"first"}}""");
        await server.Send("POST", $"{path}/resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"configmaps":"2","requests.cpu":"1","pods":"2","resourcequotas":"1"}}}""");
        Assert.Equal("configmaps=1 pods=0 requests.cpu=0 resourcequotas=1", await Used(path));

        Assert.Equal(201, (await server.Send("POST", $"{path}/pods", Pod.Replace("NAME", "a", StringComparison.Ordinal))).Code);
        Assert.Equal(201, (await server.Send("POST", $"{path}/pods?dryRun=All", Pod.Replace("NAME", "dry", StringComparison.Ordinal))).Code);
        Assert.Equal(201, (await server.Send("POST", $"{path}/pods", Pod.Replace("NAME", "b", StringComparison.Ordinal))).Code);
        Assert.Equal("configmaps=1 pods=2 requests.cpu=600m resourcequotas=1", await Used(path));
        var (code, refused) = await server.Send("POST", $"{path}/pods", Pod.Replace("NAME", "c", StringComparison.Ordinal));
        Assert.Equal((403, "pods \"c\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2", "Forbidden"), (code, (string?)refused["message"], (string?)refused["reason"]));

        await server.Send("DELETE", $"{path}/pods/a");
        Assert.Equal("configmaps=1 pods=1 requests.cpu=300m resourcequotas=1", await Used(path));
        Assert.Equal(200, (await server.Send("PATCH", $"{path}/pods/b/status", """{"status":{"phase":"Succeeded"}}""", "application/merge-patch+json")).Code);
        Assert.Equal("configmaps=1 pods=0 requests.cpu=0 resourcequotas=1", await Used(path));
        await server.Send("DELETE", $"{path}/configmaps");
        Assert.StartsWith("configmaps=0 ", await Used(path), StringComparison.Ordinal);

        (code, refused) = await server.Send("POST", $"{path}/resourcequotas", """{"metadata":{"name":"r"},"spec":{"hard":{"pods":"1"}}}""");
        Assert.Equal((403, "resourcequotas \"r\" is forbidden: exceeded quota: q, requested: resourcequotas=1, used: resourcequotas=1, limited: resourcequotas=1"), (code, (string?)refused["message"]));
    }

    [Fact]
    public async Task ChangedLimitsAndWrongStatuses_AreCountedAnew()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}";
        await server.Send("POST", $"{path}/resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"configmaps":"2"}}}""");
        await server.Send("POST", $"{path}/services", """{"metadata":{"name":"s"},"spec":{"type":"NodePort","ports":[{"port":80}]}}""");
        await Patch($"{path}/resourcequotas/q", """{"spec":{"hard":{"services.nodeports":"5","configmaps":null}}}""");
        Assert.Equal("services.nodeports=1", await Used(path));
        await Patch($"{path}/resourcequotas/q/status", """{"status":{"used":{"services.nodeports":"4"}}}""");
        Assert.Equal("services.nodeports=1", await Used(path));
        await Patch($"{path}/services/s", """{"spec":{"type":"ClusterIP"}}""");
        Assert.Equal("services.nodeports=0", await Used(path));
    }

    [Fact]
    public async Task NoTwoWritesTakeTheLastBit()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}";
        await server.Send("POST", $"{path}/resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"count/configmaps":"5"}}}""");
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i => (await server.Send("POST", $"{path}/configmaps", $$$"""{"metadata":{"name":"m{{{i}}}"}}""")).Code));
        Assert.Equal((5, 15), (codes.Count(code => code == 201), codes.Count(code => code == 403)));
        Assert.Equal("count/configmaps=5", await Used(path));
    }

    [Fact]
    public async Task ALimitRange_CompletesAndRefusesPodsAndClaims()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}";
        await server.Send("POST", $"{path}/limitranges",
            """{"metadata":{"name":"l"},"spec":{"limits":[{"type":"Container","max":{"cpu":"1"},"defaultRequest":{"cpu":"250m"}},{"type":"PersistentVolumeClaim","max":{"storage":"1Gi"}}]}}""");
        var (_, pod) = await server.Send("POST", $"{path}/pods", """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        Assert.Equal("""{"limits":{"cpu":"1"},"requests":{"cpu":"250m"}}""", pod["spec"]!["containers"]![0]!["resources"]!.ToJsonString());
        Assert.Equal("Burstable", (string?)pod["status"]!["qosClass"]);
        Assert.Equal("LimitRanger plugin set: cpu request for container c; cpu limit for container c", (string?)pod["metadata"]!["annotations"]!["kubernetes.io/limit-ranger"]);
        var (code, refused) = await server.Send("POST", $"{path}/pods", """{"metadata":{"name":"big"},"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"2"}}}]}}""");
        Assert.Equal((403, "pods \"big\" is forbidden: maximum cpu usage per Container is 1, but limit is 2"), (code, (string?)refused["message"]));
        (code, refused) = await server.Send("POST", $"{path}/persistentvolumeclaims", """{"metadata":{"name":"v"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"2Gi"}}}}""");
        Assert.Equal((403, "persistentvolumeclaims \"v\" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi"), (code, (string?)refused["message"]));
    }

    private Task<(int Code, JsonNode Body)> Patch(string path, string body) => server.Send("PATCH", path, body, "application/merge-patch+json");

    private async Task<string> Used(string path)
    {
        var (_, quota) = await server.Send("GET", $"{path}/resourcequotas/q");
        Assert.Equal(quota["spec"]!["hard"]!.ToJsonString(), quota["status"]!["hard"]!.ToJsonString());
        return string.Join(' ', quota["status"]!["used"]!.AsObject().Select(entry => $"{entry.Key}={entry.Value}"));
    }
}

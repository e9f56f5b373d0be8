using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What the workload and storage kinds do over HTTPS.</summary>
public sealed class KindVerbTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Template = "\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"restartPolicy\":\"RESTART\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";

    [Theory]
    [InlineData("apis/apps/v1", "statefulsets", "\"selector\":{\"matchLabels\":{\"app\":\"web\"}},")]
    [InlineData("api/v1", "replicationcontrollers", "")]
    public async Task Scale_IsReadAndWritten(string group, string plural, string selector)
    {
        var path = $"/{group}/namespaces/{await server.NewNamespace()}/{plural}";
        var (code, _) = await server.Send("POST", path, "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":2," + selector + Template.Replace("RESTART", "Always", StringComparison.Ordinal) + "}}");
        Assert.Equal(201, code);
        var (_, scale) = await server.Send("GET", $"{path}/web/scale");
        Assert.Equal(("Scale", 2, "app=web"), ((string?)scale["kind"], (int)scale["spec"]!["replicas"]!, (string?)scale["status"]!["selector"]));
        (code, scale) = await server.Send("PATCH", $"{path}/web/scale", """{"spec":{"replicas":5}}""", "application/merge-patch+json");
        Assert.Equal((200, 5), (code, (int)scale["spec"]!["replicas"]!));
        var (_, value) = await server.Send("GET", $"{path}/web");
        Assert.Equal((5, 2), ((int)value["spec"]!["replicas"]!, (int)value["metadata"]!["generation"]!));
    }

    [Fact]
    public async Task ACronJob_IsServedInBothVersions_TheOldOneWithAWarning()
    {
        var ns = await server.NewNamespace();
        var (code, made) = await server.Send("POST", $"/apis/batch/v1beta1/namespaces/{ns}/cronjobs",
            "{\"apiVersion\":\"batch/v1beta1\",\"kind\":\"CronJob\",\"metadata\":{\"name\":\"c\"},\"spec\":{\"schedule\":\"@daily\",\"jobTemplate\":{\"spec\":{" + Template.Replace("RESTART", "Never", StringComparison.Ordinal) + "}}}}");
        Assert.Equal((201, "batch/v1beta1", "Allow"), (code, (string?)made["apiVersion"], (string?)made["spec"]!["concurrencyPolicy"]));
        using var old = await server.Http.GetAsync(new Uri($"/apis/batch/v1beta1/namespaces/{ns}/cronjobs", UriKind.Relative));
        Assert.Equal(["299 - \"batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob\""], old.Headers.GetValues("Warning"));
        var (_, shown) = await server.Send("GET", $"/apis/batch/v1/namespaces/{ns}/cronjobs/c");
        Assert.Equal("batch/v1", (string?)shown["apiVersion"]);
        using var now = await server.Http.GetAsync(new Uri($"/apis/batch/v1/namespaces/{ns}/cronjobs", UriKind.Relative));
        Assert.False(now.Headers.Contains("Warning"));
    }

    [Fact]
    public async Task ComponentStatuses_CanBeReadOnly()
    {
        var (code, list) = await server.Send("GET", "/api/v1/componentstatuses");
        Assert.Equal((200, "ComponentStatusList"), (code, (string?)list["kind"]));
        Assert.Equal(["controller-manager", "etcd-0", "scheduler"], list["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"]));
        Assert.All(list["items"]!.AsArray(), item => Assert.Equal(("Healthy", "True"), ((string?)item!["conditions"]![0]!["type"], (string?)item["conditions"]![0]!["status"])));
        Assert.Equal(200, (await server.Send("GET", "/api/v1/componentstatuses/scheduler")).Code);
        Assert.Equal(404, (await server.Send("GET", "/api/v1/componentstatuses/none")).Code);
        Assert.Equal(405, (await server.Send("POST", "/api/v1/componentstatuses", "{}")).Code);
    }

    [Fact]
    public async Task AJob_LeavesItsPodsBehind_IfNobodySaysOtherwise()
    {
        var path = $"/apis/batch/v1/namespaces/{await server.NewNamespace()}/jobs";
        var job = "{\"metadata\":{\"name\":\"once\"},\"spec\":{" + Template.Replace("RESTART", "Never", StringComparison.Ordinal) + "}}";
        var (code, made) = await server.Send("POST", path, job);
        Assert.Equal((201, (string?)made["metadata"]!["uid"]), (code, (string?)made["spec"]!["selector"]!["matchLabels"]!["batch.kubernetes.io/controller-uid"]));
        var (_, marked) = await server.Send("DELETE", $"{path}/once");
        Assert.Equal("[\"orphan\"]", marked["metadata"]!["finalizers"]!.ToJsonString());
        await server.Send("POST", path, job.Replace("once", "twice", StringComparison.Ordinal));
        var (_, gone) = await server.Send("DELETE", $"{path}/twice?propagationPolicy=Background");
        Assert.Equal(("Status", "Success"), ((string?)gone["kind"], (string?)gone["status"]));
    }

    [Fact]
    public async Task VolumesAndClaims_AreStored()
    {
        var (code, volume) = await server.Send("POST", "/api/v1/persistentvolumes", """{"metadata":{"name":"v"},"spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"hostPath":{"path":"/data"}}}""");
        Assert.Equal((201, "Pending"), (code, (string?)volume["status"]!["phase"]));
        (code, volume) = await server.Send("PATCH", "/api/v1/persistentvolumes/v/status", """{"status":{"phase":"Available"}}""", "application/merge-patch+json");
        Assert.Equal((200, "Available"), (code, (string?)volume["status"]!["phase"]));
        Assert.NotNull(volume["status"]!["lastPhaseTransitionTime"]);
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/persistentvolumeclaims";
        (code, var claim) = await server.Send("POST", path, """{"metadata":{"name":"c"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""");
        Assert.Equal((201, "Pending", "Filesystem"), (code, (string?)claim["status"]!["phase"], (string?)claim["spec"]!["volumeMode"]));
        JsonNode refused;
        (code, refused) = await server.Send("PATCH", $"{path}/c", """{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}""", "application/merge-patch+json");
        Assert.Equal(422, code);
        Assert.Contains("spec is immutable after creation except resources.requests", (string?)refused["message"], StringComparison.Ordinal);
    }
}

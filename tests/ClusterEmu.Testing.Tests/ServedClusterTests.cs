using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;

namespace ClusterEmu.Testing.Tests;

public sealed class ServedClusterTests
{
    [Fact]
    public async Task AServedApi_IsTheSameAsTheOneInProcess()
    {
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { Nodes = 1, Serve = true });
        using var http = cluster.CreateHttpClient();
        Assert.Equal("ok", await http.GetStringAsync("/readyz"));

        var body = new StringContent(Encoding.UTF8.GetString(Kinds.ConfigMap.Encode(new ConfigMap
        {
            Metadata = new ObjectMeta { Name = "over-http" },
            Data = new Dictionary<string, string> { ["a"] = "1" },
        })), Encoding.UTF8, "application/json");
        var created = await http.PostAsync("/api/v1/namespaces/default/configmaps", body);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("1", (await cluster.GetAsync<ConfigMap>("over-http")).Data["a"]);
        await cluster.PatchAsync<ConfigMap>("over-http", """{"data":{"a":"2"}}""");
        var read = await http.GetFromJsonAsync<JsonObject>("/api/v1/namespaces/default/configmaps/over-http");
        Assert.Equal("2", read!["data"]!["a"]!.GetValue<string>());

        using var stranger = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } }) { BaseAddress = cluster.ApiAddress };
        stranger.DefaultRequestHeaders.Add("Authorization", "Bearer wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/nodes")).StatusCode);

        // From inside, the API is the Service kubernetes.
        var report = await cluster.RequestAsync("https://kubernetes.default.svc.cluster.local/readyz", "node/node-1");
        Assert.Equal("ok", report.Answers.FirstBody);
    }

    [Fact]
    public async Task TheKubeconfig_NamesTheServerAndItsCredentials()
    {
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { Nodes = 1, Serve = true });
        var file = Path.Combine(Directory.CreateTempSubdirectory("clusteremu-test-").FullName, "config");
        await cluster.WriteKubeconfigAsync(file);
        var config = JsonNode.Parse(Assert.Single(YamlManifests.ToJson(await File.ReadAllTextAsync(file))).Json)!;
        Assert.Equal("clusteremu-test", config["current-context"]!.GetValue<string>());
        Assert.Equal(cluster.ApiAddress.GetLeftPart(UriPartial.Authority), config["clusters"]![0]!["cluster"]!["server"]!.GetValue<string>());
        using var http = cluster.CreateHttpClient();
        Assert.Equal(http.DefaultRequestHeaders.Authorization!.Parameter, config["users"]![0]!["user"]!["token"]!.GetValue<string>());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

public sealed class ProcessEndpointTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clusteremu-endpoint-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Requests_AreTakenFromTheClustersOwnOnly()
    {
        await using var world = FabricWorld.Create(oneProcess: true);
        world.Node2.Listeners[(IpProtocol.Tcp, FabricWorld.At("172.17.1.9:80"))] = FabricWorld.Echo("pod/default/web");
        var pki = ClusterPki.Ensure(Path.Combine(_directory.FullName, "ours"), ["nodes-1"], []);
        var others = ClusterPki.Ensure(Path.Combine(_directory.FullName, "theirs"), ["nodes-1"], []);
        var options = new ProcessEndpointOptions { Name = "nodes-1", PkiDirectory = pki.Path };
        await using var endpoint = await ProcessEndpoint.StartAsync(options, routes =>
        {
            routes.MapRequests(new RequestRunner(world.A), new Senders());
            routes.MapStatus("nodes-1", "nodes", (status, _) =>
            {
                status["nodes"] = new JsonArray();
                return Task.CompletedTask;
            });
        });
        using var client = new HttpClient(ProcessEndpoint.ClientHandler(pki, "admin")) { BaseAddress = endpoint.Address };

        var (code, report) = await PostAsync(client, """{"url":"tcp://172.17.1.9:80","from":"pod/default/client","count":2,"data":"hi"}""");
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(2, report["succeeded"]!.GetValue<int>());
        Assert.Equal(2, report["byPod"]!["default/web"]!.GetValue<int>());
        Assert.Equal("HI", report["answers"]!["firstBody"]!.GetValue<string>());
        Assert.NotNull(report["latencyMs"]!["p99"]);
        Assert.Equal(0, report["failed"]!["dns"]!.GetValue<int>());

        foreach (var (body, expected, message) in new[]
        {
            ("""{"url":"tcp://172.17.1.9:80","from":"pod/default/nobody"}""", HttpStatusCode.NotFound, "no Pod default/nobody"),
            ("""{"url":"gopher://x","from":"pod/default/client"}""", HttpStatusCode.BadRequest, "url 'gopher://x'"),
            ("nonsense", HttpStatusCode.BadRequest, "The body is no request"),
        })
        {
            var (refused, status) = await PostAsync(client, body);
            Assert.Equal(expected, refused);
            Assert.Equal("Status", status["kind"]!.GetValue<string>());
            Assert.Contains(message, status["message"]!.GetValue<string>());
        }

        var state = JsonNode.Parse(await client.GetStringAsync("/clusteremu/status"))!;
        Assert.Equal(("nodes", Environment.ProcessId), (state["role"]!.GetValue<string>(), state["pid"]!.GetValue<int>()));
        Assert.True(state["workingSetBytes"]!.GetValue<long>() > 0);

        using var stranger = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { ClientCertificates = [others.Certificate("admin")], RemoteCertificateValidationCallback = (_, _, _, _) => true },
        })
        { BaseAddress = endpoint.Address };
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetStringAsync("/clusteremu/status"));
    }

    private static async Task<(HttpStatusCode Code, JsonNode Body)> PostAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/clusteremu/request", content).WaitAsync(FabricWorld.Patience);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private sealed class Senders : IRequestSenders
    {
        public ValueTask<RequestSender> FindAsync(string from, CancellationToken cancellationToken) => from == "pod/default/client"
            ? ValueTask.FromResult(new RequestSender(from, "node-1", FlowOrigin.LocalPod, FabricWorld.PodOne, new NameSettings()))
            : throw new RequestRefusedException(404, $"There is no Pod {from["pod/".Length..]} in this process.");
    }
}

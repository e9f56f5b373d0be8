using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;

namespace ClusterEmu.Edge.Tests;

public sealed class EdgeEndpointTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clusteremu-edge-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task TheEndpoint_ListsListenersAndSendsFromOutside()
    {
        var pki = ClusterPki.Ensure(_directory.FullName, ["edge"], []);
        await using var world = await EdgeWorld.StartAsync(new EdgeOptions { Endpoint = new ProcessEndpointOptions { Name = "edge", PkiDirectory = pki.Path } });
        await world.AllOpenAsync();
        using var client = new HttpClient(ProcessEndpoint.ClientHandler(pki, "admin")) { BaseAddress = world.Edge.Address };

        var status = JsonNode.Parse(await client.GetStringAsync("/clusteremu/status").WaitAsync(EdgeWorld.Patience))!;
        Assert.Equal("edge", status["role"]!.GetValue<string>());
        var listener = status["listeners"]!.AsArray().Single(row => row!["address"]!.GetValue<string>() == world.Node1Port.ToString())!;
        Assert.Equal(("default/web", "TCP", "open"), (listener["service"]!.GetValue<string>(), listener["protocol"]!.GetValue<string>(), listener["state"]!.GetValue<string>()));
        Assert.Equal(world.Node1Port.ToString(), listener["actual"]!.GetValue<string>());

        using var body = new StringContent("""{"url":"http://db.example.com","from":"outside/198.51.100.7"}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/clusteremu/request", body).WaitAsync(EdgeWorld.Patience);
        var report = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(1, report["byPod"]!["outside/db.example.com"]!.GetValue<int>());

        var lease = world.Client.Calls.Select(call => call.Body).OfType<Lease>().First();
        Assert.Equal(world.Edge.Address!.GetLeftPart(UriPartial.Authority), lease.Metadata.Annotations["clusteremu.io/endpoint"]);
    }
}

using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Watches of custom kinds: they outlive a new schema, and end with their definition.</summary>
public sealed class CustomWatchTests(CronTabs tabs) : IClassFixture<CronTabs>
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    [Fact]
    public async Task AWatch_OutlivesANewStorageVersion_AndEndsWithItsDefinition()
    {
        var definition = CronTabs.Definition();
        var path = await tabs.Establish(definition);
        await tabs.Must("POST", path, CronTabs.Object(definition.Group, "a"), wanted: 201);
        using var stream = new StreamReader(await tabs.Server.Http.GetStreamAsync(path + "?watch=true"));
        Assert.Equal("ADDED a v1", await Next(stream));
        var stored = await tabs.Must("GET", $"{Definitions}/crontabs.{definition.Group}");
        var next = stored["spec"]!["versions"]![0]!.DeepClone();
        next["name"] = "v2";
        stored["spec"]!["versions"]![0]!["storage"] = false;
        ((JsonArray)stored["spec"]!["versions"]!).Add(next);
        var changed = await tabs.Must("PUT", $"{Definitions}/crontabs.{definition.Group}", stored.ToJsonString());
        Assert.Equal(["v1", "v2"], ((JsonArray)changed["status"]!["storedVersions"]!).Select(version => (string)version!));
        await tabs.Must("PATCH", path.Replace("/v1/", "/v2/", StringComparison.Ordinal) + "/a", """{"spec":{"replicas":4}}""", "application/merge-patch+json");
        Assert.Equal("MODIFIED a v1", await Next(stream));
        await tabs.Must("DELETE", $"{Definitions}/crontabs.{definition.Group}");
        Assert.Equal("DELETED a v1", await Next(stream));
        Assert.Null(await stream.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task InProcessClients_AreToldInTheirVersion_ByTheSchemaOfNow()
    {
        var definition = CronTabs.Definition();
        await tabs.Establish(definition);
        var kind = (CustomKind)tabs.Server.Process.Core.Served.Find(definition.Group, "v1", "crontabs")!;
        await tabs.Must("PATCH", $"{Definitions}/crontabs.{definition.Group}",
            """[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/extra","value":{"type":"string"}}]""", "application/json-patch+json");
        var body = (CustomObject)kind.Decode("""{"metadata":{"name":"x","namespace":"default"},"spec":{"extra":"kept"}}"""u8);
        var made = await tabs.Server.Must(ApiCall.Create(body));
        Assert.Equal("""{"spec":{"extra":"kept","image":"busybox"}}""", ((CustomObject)made.Object!).Content.GetRawText());
        var read = await tabs.Server.Must(ApiCall.Get(kind, "default", "x"));
        Assert.Equal(made.Object!.Metadata.ResourceVersion, read.ResourceVersion);
        await tabs.Server.Must(ApiCall.Update(read.Object!.WithMetadata(read.Object.Metadata with { Labels = new Dictionary<string, string> { ["a"] = "b" } })));
        await tabs.Server.Must(ApiCall.Delete(kind, "default", "x"));
    }

    private static async Task<string> Next(StreamReader stream)
    {
        var line = JsonNode.Parse((await stream.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!)!;
        return $"{line["type"]} {line["object"]!["metadata"]!["name"]} {((string)line["object"]!["apiVersion"]!).Split('/')[1]}";
    }
}

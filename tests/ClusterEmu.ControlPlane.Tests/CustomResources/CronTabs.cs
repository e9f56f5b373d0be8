using System.Diagnostics;
using System.Text.Json.Nodes;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>The custom kind of the Kubernetes documentation on a server with its controllers. Each test takes a group of its own.</summary>
public sealed class CronTabs : IAsyncLifetime
{
    private static int _groups;

    public ServerFixture Server { get; } = new();

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        var hub = Server.System.ActorOf(InformerHub.PropsFor(Server.Process.Client), "informers");
        ControllerManager.Start(Server.System, Server.Process.Client, hub, new ControllerOptions());
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    /// <summary>A definition as JSON, in a group that no other test uses.</summary>
    /// <param name="versions">The versions; null for one with all there is.</param>
    /// <param name="scope">Namespaced or Cluster.</param>
    public static (string Group, string Json) Definition(string? versions = null, string scope = "Namespaced")
    {
        var group = $"g{Interlocked.Increment(ref _groups)}.example.com";
        return (group, $$$"""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"crontabs.{{{group}}}"},
             "spec":{"group":"{{{group}}}","scope":"{{{scope}}}","names":{"plural":"crontabs","singular":"crontab","kind":"CronTab","shortNames":["ct"]},"versions":[{{{versions ?? V1}}}]}}
            """);
    }

    public const string V1 = """
        {"name":"v1","served":true,"storage":true,
         "schema":{"openAPIV3Schema":{"type":"object","description":"Runs things again and again.","properties":{
           "spec":{"type":"object","description":"What to run.","properties":{
             "cronSpec":{"type":"string","description":"When to run it, as five fields.","pattern":"^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$"},
             "image":{"type":"string","default":"busybox"},"replicas":{"type":"integer","minimum":1,"maximum":10}},
             "x-kubernetes-validations":[{"rule":"!has(self.replicas) || self.replicas != 7","message":"replicas must not be 7"}]},
           "status":{"type":"object","properties":{"replicas":{"type":"integer"},"labelSelector":{"type":"string"}}}}}},
         "additionalPrinterColumns":[{"name":"Spec","type":"string","jsonPath":".spec.cronSpec"},{"name":"Replicas","type":"integer","jsonPath":".spec.replicas"},
           {"name":"Image","type":"string","priority":1,"jsonPath":".spec.image"},{"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}],
         "selectableFields":[{"jsonPath":".spec.image"}],
         "subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas","labelSelectorPath":".status.labelSelector"}}}
        """;

    /// <summary>Creates a definition and waits until its kind is served.</summary>
    /// <returns>The path of its first version's collection in the namespace default.</returns>
    public async Task<string> Establish((string Group, string Json) definition, string version = "v1")
    {
        var (code, body) = await Server.Send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition.Json);
        Assert.True(code == 201, body.ToJsonString());
        var path = $"/apis/{definition.Group}/{version}/namespaces/default/crontabs";
        await Until(async () => await Code(path) == 200, "the kind is served");
        return path;
    }

    public static string Object(string group, string name, string spec = """{"cronSpec":"* * * * */5","replicas":3}""", string version = "v1", string meta = "") =>
        $$"""{"apiVersion":"{{group}}/{{version}}","kind":"CronTab","metadata":{"name":"{{name}}"{{meta}}},"spec":{{spec}}}""";

    public async Task<JsonNode> Must(string method, string path, string? body = null, string type = "application/json", int wanted = 200)
    {
        var (code, answer) = await Server.Send(method, path, body, type);
        Assert.True(code == wanted, $"{method} {path}: {code} {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>The code of a GET: where nothing is served the answer is no JSON.</summary>
    public async Task<int> Code(string path)
    {
        using var answer = await Server.Http.GetAsync(path);
        return (int)answer.StatusCode;
    }

    public static async Task Until(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(60)) Assert.Fail($"Not within a minute: {what}");
            await Task.Delay(10);
        }
    }
}

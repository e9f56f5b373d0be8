using System.Text.Json.Nodes;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Evictions, over HTTPS, with the disruption controller at work.</summary>
public sealed class PodEvictionTests(PodEvictionTests.CountedServer counted) : IClassFixture<PodEvictionTests.CountedServer>
{
    /// <summary>A control plane whose disruption budgets are counted, and nothing else.</summary>
    public sealed class CountedServer : IAsyncLifetime
    {
        public ServerFixture Server { get; } = new();

        public async Task InitializeAsync()
        {
            await Server.InitializeAsync();
            var (system, client) = (Server.System, Server.Process.Client);
            var events = system.ActorOf(EventRecorder.PropsFor(client));
            system.ActorOf(DisruptionController.PropsFor(new ControllerServices(client, system.ActorOf(InformerHub.PropsFor(client)), events, new ControllerOptions())));
        }

        public Task DisposeAsync() => Server.DisposeAsync();
    }

    private const string Merge = "application/merge-patch+json";
    private readonly ServerFixture _server = counted.Server;


    [Fact]
    public async Task ABudget_AllowsWhatItCan_AndRefusesTheRest()
    {
        var ns = await _server.NewNamespace();
        foreach (var name in (string[])["a", "b", "sick"]) await Run(ns, name, ready: name != "sick");
        var budget = await Budget(ns, """{"minAvailable":1,"selector":{"matchLabels":{"app":"web"}}}""");
        await Until(budget, "1/2/1/3"); // allowed, healthy, desired, expected

        Assert.Equal(201, (await Evict(ns, "a", "v1", """,{"deleteOptions":{"dryRun":["All"]}}""")).Code);
        await Until(budget, "1/2/1/3");
        var (code, done) = await Evict(ns, "a");
        Assert.Equal((201, "Success"), (code, (string?)done["status"]));
        Assert.Equal(404, (await _server.Send("GET", $"/api/v1/namespaces/{ns}/pods/a")).Code);
        await Until(budget, "0/1/1/2");

        (code, var refused) = await Evict(ns, "b", "v1beta1");
        Assert.Equal((429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget."), (code, (string?)refused["reason"], (string?)refused["message"]));
        var cause = refused["details"]!["causes"]![0]!;
        Assert.Equal(("DisruptionBudget", "The disruption budget budget needs 1 healthy pods and has 1 currently"), ((string?)cause["reason"], (string?)cause["message"]));
        Assert.Equal(("False", "InsufficientPods"), await Condition(budget));

        // A Pod that is not ready is not what the budget protects, as long as enough others are.
        Assert.Equal(201, (await Evict(ns, "sick")).Code);
        await _server.Send("PATCH", budget, """{"spec":{"minAvailable":0}}""", Merge);
        await Until(budget, "1/1/0/1");
        Assert.Equal(("True", "SufficientPods"), await Condition(budget));
        Assert.Equal(201, (await Evict(ns, "b")).Code);
    }

    [Fact]
    public async Task AnEvictedPod_SaysWhy_AndTheBudgetRemembersIt()
    {
        var ns = await _server.NewNamespace();
        await Run(ns, "a", ready: true, finalizer: true);
        var budget = await Budget(ns, """{"minAvailable":0,"selector":{}}""");
        await Until(budget, "1/1/0/1");
        using var watch = await _server.Http.GetAsync(new Uri($"{budget[..budget.LastIndexOf('/')]}?watch=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(201, (await Evict(ns, "a")).Code);
        var pod = (await _server.Send("GET", $"/api/v1/namespaces/{ns}/pods/a")).Body;
        Assert.NotNull(pod["metadata"]!["deletionTimestamp"]);
        var target = pod["status"]!["conditions"]!.AsArray().Single(one => (string?)one!["type"] == "DisruptionTarget")!;
        Assert.Equal(("True", "EvictionByEvictionAPI"), ((string?)target["status"], (string?)target["reason"]));
        // The controller takes the entry out again once it has seen the deletion; a watch sees both.
        using var reader = new StreamReader(await watch.Content.ReadAsStreamAsync());
        string line;
        do line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("The watch ended.");
        while (!line.Contains("\"disruptedPods\":{\"a\":", StringComparison.Ordinal));
        await Until(budget, "0/0/0/1");
        Assert.Null((await _server.Send("GET", budget)).Body["status"]!["disruptedPods"]);
        await _server.Send("PATCH", $"/api/v1/namespaces/{ns}/pods/a", """{"metadata":{"finalizers":null}}""", Merge);
    }

    [Theory] // budgets' specifications; whether the Pod is ready; code and what is said
    [InlineData("", true, 201, "")]
    [InlineData("""{"minAvailable":5,"selector":{"matchLabels":{"app":"other"}}}""", true, 201, "")]
    [InlineData("""{"minAvailable":5}""", true, 201, "")]
    [InlineData("""{"minAvailable":5,"selector":{}}""", false, 429, "Cannot evict pod as it would violate the pod's disruption budget.")]
    [InlineData("""{"minAvailable":5,"selector":{},"unhealthyPodEvictionPolicy":"AlwaysAllow"}""", false, 201, "")]
    [InlineData("""{"minAvailable":5,"selector":{},"unhealthyPodEvictionPolicy":"AlwaysAllow"}""", true, 429, "Cannot evict pod as it would violate the pod's disruption budget.")]
    [InlineData("""{"minAvailable":0,"selector":{}} {"minAvailable":0,"selector":{"matchLabels":{"app":"web"}}}""", true, 500, "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.")]
    public async Task WhichBudgetsCount(string budgets, bool ready, int code, string message)
    {
        var ns = await _server.NewNamespace();
        await Run(ns, "a", ready);
        foreach (var (spec, i) in budgets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((spec, i) => (spec, i)))
        {
            var budget = await Budget(ns, spec, $"budget-{i}");
            await Until(budget, null);
        }
        var (found, body) = await Evict(ns, "a");
        Assert.Equal((code, message), (found, (string?)body["message"] ?? ""));
    }

    [Fact]
    public async Task OtherRefusals_AreKubernetesOwn()
    {
        var ns = await _server.NewNamespace();
        Assert.Equal((404, "pods \"a\" not found"), Short(await Evict(ns, "a")));
        var path = $"/api/v1/namespaces/{ns}/pods/a/eviction";
        Assert.Equal((400, "name in URL does not match name in Eviction object"), Short(await _server.Send("POST", path, """{"metadata":{"name":"b"}}""")));
        Assert.Equal(400, (await _server.Send("POST", path, """{"apiVersion":"policy/v2","kind":"Eviction","metadata":{"name":"a"}}""")).Code);
        Assert.Equal(400, (await _server.Send("POST", path + "?fieldValidation=Strict", """{"metadata":{"name":"a"},"soon":true}""")).Code);
        Assert.Equal(405, (await _server.Send("GET", path)).Code);
        await Run(ns, "a", ready: true);
        var (code, body) = await Evict(ns, "a", "v1", """,{"deleteOptions":{"preconditions":{"uid":"x"}}}""");
        Assert.Equal((409, "Conflict"), (code, (string?)body["reason"]));
    }

    private static (int Code, string? Message) Short((int Code, JsonNode Body) answer) => (answer.Code, (string?)answer.Body["message"]);

    private Task<(int Code, JsonNode Body)> Evict(string ns, string pod, string version = "v1", string more = "")
    {
        var body = JsonNode.Parse($$$"""{"apiVersion":"policy/{{{version}}}","kind":"Eviction","metadata":{"name":"{{{pod}}}","namespace":"{{{ns}}}"}}""")!.AsObject();
        if (more.Length > 0) body["deleteOptions"] = JsonNode.Parse(more[1..])!["deleteOptions"]!.DeepClone();
        return _server.Send("POST", $"/api/v1/namespaces/{ns}/pods/{pod}/eviction", body.ToJsonString());
    }

    private async Task Run(string ns, string name, bool ready, bool finalizer = false)
    {
        var path = $"/api/v1/namespaces/{ns}/pods";
        var (code, made) = await _server.Send("POST", path, $$$"""
            {"metadata":{"name":"{{{name}}}","labels":{"app":"web"},"finalizers":[{{{(finalizer ? "\"example.com/hold\"" : "")}}}]},"spec":{"containers":[{"name":"c","image":"nginx"}]}}
            """);
        Assert.True(code == 201, made.ToJsonString());
        (code, made) = await _server.Send("PATCH", $"{path}/{name}/status", $$$$"""{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"{{{{ready}}}}"}]}}""", Merge);
        Assert.True(code == 200, made.ToJsonString());
    }

    private async Task<string> Budget(string ns, string spec, string name = "budget")
    {
        var path = $"/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets";
        var (code, made) = await _server.Send("POST", path, $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{{{spec}}}}""");
        Assert.True(code == 201, made.ToJsonString());
        return $"{path}/{name}";
    }

    private async Task<(string? Status, string? Reason)> Condition(string budget)
    {
        var condition = (await _server.Send("GET", budget)).Body["status"]!["conditions"]![0]!;
        return ((string?)condition["status"], (string?)condition["reason"]);
    }

    /// <summary>Waits until the controller has counted; null: at all.</summary>
    private async Task Until(string budget, string? counts)
    {
        var found = "";
        for (var i = 0; i < 600; i++)
        {
            var value = (await _server.Send("GET", budget)).Body;
            var status = value["status"]!;
            found = $"{status["disruptionsAllowed"]}/{status["currentHealthy"]}/{status["desiredHealthy"]}/{status["expectedPods"]}";
            if ((int?)status["observedGeneration"] == (int)value["metadata"]!["generation"]! && (counts is null || found == counts)) return;
            await Task.Delay(50);
        }
        Assert.Fail($"The budget's counts are {found}, not {counts}.");
    }
}

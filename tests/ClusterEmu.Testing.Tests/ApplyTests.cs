using ClusterEmu.Api;

namespace ClusterEmu.Testing.Tests;

/// <summary>One cluster for all cases, each with objects of its own.</summary>
public sealed class ApplyTests(ApplyTests.OneCluster fixture) : IClassFixture<ApplyTests.OneCluster>
{
    private readonly EmulatedCluster _cluster = fixture.Cluster;

    [Theory] // case                     manifest                                                          in the message
    [InlineData("a tab indents", "apiVersion: v1\nkind: Service\nmetadata:\n\tname: x", "nothing of it was applied: yaml: line 4, column 1: a tab indents this line")]
    [InlineData("no apiVersion", "kind: Service\nmetadata:\n  name: x", "Document 1 of 1 (line 1, Service x): apiVersion not set")]
    [InlineData("no kind", "apiVersion: v1\nmetadata:\n  name: x", "(line 1): kind not set")]
    [InlineData("no such kind", "apiVersion: v1\nkind: Servise\nmetadata:\n  name: x", "no matches for kind \"Servise\" in version \"v1\". The cluster serves: apiextensions.k8s.io/v1 CustomResourceDefinition")]
    [InlineData("no name", "apiVersion: v1\nkind: Service", "the Service has no metadata.name")]
    [InlineData("no map", "- a", "it is no map, so it is no object")]
    [InlineData("nothing", "# nothing\n", "holds no object")]
    [InlineData("a field that is none", "apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  prots: []", "strict decoding error: unknown field \"spec.prots\"")]
    [InlineData("a wrong type", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: 1", "cannot unmarshal number into Go struct field ConfigMap.data of type string")]
    [InlineData(
        "a node port out of range", "apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  type: NodePort\n  ports:\n  - port: 80\n    nodePort: 80",
        "Error from server (Invalid): Service \"x\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767")]
    [InlineData("no such namespace", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namespace: nowhere", "Error from server (NotFound): namespaces \"nowhere\" not found")]
    public async Task ABadManifestIsRefused_WithItsPlaceAndTheReason(string because, string manifest, string message)
    {
        var refused = await Assert.ThrowsAsync<ApplyException>(() => _cluster.ApplyAsync(manifest));
        Assert.True(refused.Message.Contains(message, StringComparison.Ordinal), $"{because}: wanted '{message}', got '{refused.Message}'");
    }

    [Fact]
    public async Task AGoodDocumentIsAppliedBesideABadOne()
    {
        var refused = await Assert.ThrowsAsync<ApplyException>(() => _cluster.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: beside
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: Not_A_Name
            """));
        Assert.StartsWith("Document 2 of 2 (line 6, ConfigMap Not_A_Name): Error from server (Invalid)", Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.NotNull(await _cluster.FindAsync<ConfigMap>("beside"));
    }

    [Fact]
    public async Task ApplyingAgain_TakesOutWhatTheManifestNoLongerSays_AndLeavesTheRest()
    {
        const string Before = """
            apiVersion: v1
            kind: Service
            metadata:
              name: again
              labels: {a: "1", b: "2"}
            spec:
              type: NodePort
              ports:
              - {name: one, port: 80}
              - {name: two, port: 90}
            """;
        var first = Assert.IsType<Service>(Assert.Single(await _cluster.ApplyAsync(Before)));
        await _cluster.PatchAsync<Service>("again", """{"metadata":{"labels":{"other":"3"}}}""");
        await _cluster.ApplyAsync(Before.Replace(", b: \"2\"", "", StringComparison.Ordinal).Replace("  - {name: two, port: 90}", "", StringComparison.Ordinal));
        var now = await _cluster.GetAsync<Service>("again");
        Assert.Equal(["a", "other"], now.Metadata.Labels.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(first.Spec.Ports[0], Assert.Single(now.Spec.Ports));
        Assert.Equal(first.Spec.ClusterIP, now.Spec.ClusterIP);

        await _cluster.DeleteManifestAsync(Before);
        await _cluster.WaitForGoneAsync<Service>("again");
        var gone = await Assert.ThrowsAsync<ClusterApiException>(() => _cluster.GetAsync<Service>("again"));
        Assert.Equal((404, "Error from server (NotFound): services \"again\" not found"), (gone.Code, gone.Message));
    }

    [Fact]
    public async Task ACustomKind_IsAppliedOnceItIsEstablished()
    {
        await _cluster.ApplyAsync("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: crontabs.stable.example.com
            spec:
              group: stable.example.com
              scope: Namespaced
              names: {plural: crontabs, kind: CronTab}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec: {type: object, properties: {cronSpec: {type: string}, image: {type: string, default: busybox}}}
            """);
        await _cluster.WaitForAsync<CustomResourceDefinition>("crontabs.stable.example.com", definition => DefinitionConditions.IsTrue(definition, DefinitionConditions.Established), "established");
        const string Tab = "apiVersion: stable.example.com/v1\nkind: CronTab\nmetadata:\n  name: c\nspec:\n  cronSpec: x";
        var first = Assert.IsType<CustomObject>(Assert.Single(await _cluster.ApplyAsync(Tab)));
        Assert.Equal("""{"spec":{"cronSpec":"x","image":"busybox"}}""", first.Content.GetRawText());
        var second = Assert.IsType<CustomObject>(Assert.Single(await _cluster.ApplyAsync(Tab.Replace("cronSpec: x", "image: nginx", StringComparison.Ordinal))));
        Assert.Equal("""{"spec":{"image":"nginx"}}""", second.Content.GetRawText());
        var refused = await Assert.ThrowsAsync<ApplyException>(() => _cluster.ApplyAsync(Tab + "\n  foo: 1"));
        Assert.Contains("strict decoding error: unknown field \"spec.foo\"", refused.Message, StringComparison.Ordinal);
        await _cluster.DeleteManifestAsync(Tab);
    }

    [Fact]
    public async Task AWaitThatFails_ShowsTheLastStateAndEvents()
    {
        await _cluster.ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: greedy
            spec:
              containers:
              - name: main
                image: registry.k8s.io/pause:3.10
                resources: {requests: {cpu: "1000"}}
            """);
        await _cluster.WaitForAllAsync<Event>(events => events.Any(told => told.InvolvedObject.Name == "greedy"), "the scheduler told why");
        var failed = await Assert.ThrowsAsync<WaitTimeoutException>(() => _cluster.WaitForReadyAsync("pod/greedy", timeout: TimeSpan.FromMilliseconds(50)));
        Assert.StartsWith("Not within 0.05 s: pod default/greedy is ready, but its condition Ready", failed.Message.Replace("it is Pending", "its condition Ready", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("phase: Pending", failed.Message, StringComparison.Ordinal);
        Assert.Contains("FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu", failed.Message, StringComparison.Ordinal);

        failed = await Assert.ThrowsAsync<WaitTimeoutException>(() => _cluster.WaitForEndpointsAsync("nobody", 1, timeout: TimeSpan.FromMilliseconds(50)));
        Assert.Contains("service default/nobody has 1 ready endpoints, but it has 0", failed.Message, StringComparison.Ordinal);
    }

    public sealed class OneCluster : IAsyncLifetime
    {
        public EmulatedCluster Cluster { get; private set; } = null!;

        public async Task InitializeAsync() => Cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { Nodes = 1 });

        public async Task DisposeAsync() => await Cluster.DisposeAsync();
    }
}

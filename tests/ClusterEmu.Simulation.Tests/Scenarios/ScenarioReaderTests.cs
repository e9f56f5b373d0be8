namespace ClusterEmu.Simulation.Tests;

public sealed class ScenarioReaderTests
{
    private const string Whole = """
        name: whole
        description: Everything that a scenario can say.
        topology: {nodes: 4, nodeProcesses: 2, zones: 2, proxyMode: ipvs, profile: default, dnsReplicas: 1, history: 10s}
        manifests:
        - file: web.yaml
        - text: |
            apiVersion: v1
            kind: Pod
            metadata: {name: client}
            spec:
              containers:
              - {name: client, image: "busybox:1.36"}
        changes:
        - {at: 1s, scale: deployment/web, replicas: [3, 5], every: 2s, times: 4}
        - {at: 2s, setImage: deployment/web, image: "nginx:1.27", container: main}
        - {at: 3s, deletePods: app=web, count: 2}
        - {at: 4s, cordon: node/node-1}
        - {at: 5s, label: service/web, value: "a=b,c-"}
        - at: 6s
          apply:
          - {file: web.yaml}
        - {at: 7s, patch: service/web, merge: '{"spec":{"sessionAffinity":"ClientIP"}}'}
        - {at: 8s, delete: pod/client, gracePeriod: 0}
        clients:
        - {name: inside, from: pod/default/client, url: "http://web/", perSecond: 20}
        - {name: outside, from: outside/198.51.100.7, url: "http://172.18.0.2:30080/", mayFail: true}
        writers: {count: 2, perSecond: 5, names: 4, namespace: kube-public}
        faults:
          kinds:
            crash: {percent: 100, most: 2, shortest: 1s, longest: 4s, targets: [nodes-1]}
            proxy-lag: {}
        duration: 90s
        expect: {ready: 30s, converged: 40s, answered: 10, unready: [deployment/never]}
        """;

    private const string Service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """;

    [Fact]
    public void Scenario_IsReadWhole_AndWrittenSoThatItReadsTheSame()
    {
        var scenario = Read(Whole);
        Assert.Equal(("whole", 4, 2, "ipvs", 90 * VirtualTime.Second), (scenario.Name, scenario.World.Nodes, scenario.World.NodeProcesses, scenario.World.ProxyMode, scenario.DurationMicroseconds));
        Assert.Equal(["service/default/web", "pod/default/client"], scenario.Objects.Select(item => item.Target));
        Assert.Equal([1_000_000, 3_000_000, 5_000_000, 7_000_000], scenario.Changes[0].Moments(scenario.DurationMicroseconds));
        Assert.Equal(("3", "5", "3"), (scenario.Changes[0].Value("replicas", 0), scenario.Changes[0].Value("replicas", 1), scenario.Changes[0].Value("replicas", 2)));
        Assert.Equal(["deployment/default/never"], scenario.Expect.Unready);
        Assert.True(scenario.Clients[1].MayFail);
        Assert.Equal(10 * VirtualTime.Second, scenario.World.HistoryMicroseconds);
        Assert.Equal(new WriterOptions { Count = 2, PerSecond = 5, Names = 4, Namespace = "kube-public" }, scenario.Writers);

        var text = ScenarioWriter.Write(scenario, "A comment.");
        Assert.StartsWith("# A comment.\n", text, StringComparison.Ordinal);
        Assert.Equal(text, ScenarioWriter.Write(Read(text), "A comment."));
    }

    [Fact]
    public void Plan_OfFaults_IsReadAndWritten()
    {
        var scenario = Read("name: p\nfaults:\n  plan:\n  - {kind: crash, name: crash-7, at: 2s, for: 1.5s, process: nodes-1}\n");
        var fault = Assert.Single(scenario.FaultPlan!);
        Assert.Equal("crash-7 at 2s for 1.5s process=nodes-1", fault.ToString());
        Assert.Equal(fault.ToString(), Assert.Single(Read(ScenarioWriter.Write(scenario)).FaultPlan!).ToString());
    }

    [Theory] //  what is wrong                              what the message says
    [InlineData("topology: {}", "the key name is missing")]
    [InlineData("name: a\ntoplogy: {}", "the scenario has no key toplogy. The nearest is topology")]
    [InlineData("name: a\ntopology: {node: 3}", "topology has no key node. The nearest is nodes")]
    [InlineData("name: a\ntopology: {nodes: 0}", "topology.nodes is 0, but must be a whole number from 1 to 256")]
    [InlineData("name: a\ntopology: {proxyMode: nftables}", "topology.proxyMode is 'nftables', but must be iptables or ipvs")]
    [InlineData("name: a/b", "name is 'a/b', but must consist of letters")]
    [InlineData("name: a\nduration: 60", "duration is '60', but must be a time")]
    [InlineData("name: a\nmanifests: [{}]", "manifests[0] must have either file or text")]
    [InlineData("name: a\nmanifests: [{text: 'apiVersion: v1'}]", "manifests[0], line 1")]
    [InlineData("name: a\nmanifests: [{text: '{apiVersion: v1, kind: Servce, metadata: {name: a}}'}]", "serves no v1 Servce")]
    [InlineData("name: a\nmanifests: [{text: '{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {port: 1}}'}]", "unknown field \"spec.port\"")]
    [InlineData("name: a\nchanges: [{at: 1s}]", "changes[0] must have exactly one of apply, delete")]
    [InlineData("name: a\nchanges: [{scale: deployment/web}]", "changes[0]: scale needs the key replicas")]
    [InlineData("name: a\nchanges: [{scale: deployment/web, replicas: many}]", "changes[0]: ")]
    [InlineData("name: a\nchanges: [{scale: web, replicas: 1}]", "must name an object as KIND/NAME")]
    [InlineData("name: a\nchanges: [{cordon: node/x/node-1}]", "a Node has no namespace")]
    [InlineData("name: a\nchanges: [{cordon: node/node-1, until: 3s}]", "changes[0] has no key until")]
    [InlineData("name: a\nclients: [{name: c, from: web, url: 'http://web/'}]", "clients[0]: Client c: 'web' names no sender. Write pod/NS/NAME")]
    [InlineData("name: a\nclients: [{name: c, from: outside, url: web}]", "clients[0]: Client c: url 'web' cannot be requested")]
    [InlineData("name: a\nclients: [{name: c, from: outside, url: 'http://a/'}, {name: c, from: outside, url: 'http://b/'}]", "there are two called c")]
    [InlineData("name: a\nfaults: {kinds: {crush: {}}}", "There is no fault crush. The nearest is crash")]
    [InlineData("name: a\nfaults: {kinds: {crash: {}}, plan: []}", "faults has both kinds and plan")]
    [InlineData("name: a\nfaults: {plan: [{kind: crash, proces: nodes-1}]}", "has no parameter proces. The nearest is process")]
    [InlineData("name: a\nfaults: {plan: [{kind: crash}]}", "needs the parameter process")]
    [InlineData("name: a\n---\nname: b", "this text has 2")]
    [InlineData("name: a\nname: b", "already set")]
    public void Mistake_IsRefused_WithItsPlaceAndWhatWouldDo(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<ScenarioException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    private static Scenario Read(string yaml) => ScenarioReader.Read(yaml, file => file == "web.yaml" ? Service : throw new ScenarioException($"{file} is not there."));
}

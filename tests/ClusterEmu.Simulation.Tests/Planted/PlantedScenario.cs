using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Simulation.Tests;

/// <summary>The scenario that planted bugs are looked for in: rollouts, deletions, every kind of Service, some faults, and load.</summary>
internal static class PlantedScenario
{
    private static readonly string Cluster = Manifests.All(
        Manifests.Deployment("web", 4, gracePeriodSeconds: 1),
        Manifests.Service("web"),
        Manifests.Service("web-local", "type: NodePort, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, nodePort: 30081}]"),
        Manifests.Service("web-sticky", "sessionAffinity: ClientIP, selector: {app: web}, ports: [{port: 80}]"),
        """
        apiVersion: v1
        kind: Service
        metadata: {name: held, finalizers: [example.com/hold]}
        spec: {type: NodePort, ports: [{port: 80, nodePort: 30082}]}
        """,
        Manifests.Deployment("passing", 1, gracePeriodSeconds: 1),
        Manifests.Service("passing"),
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: client}
        spec:
          containers:
          - {name: client, image: "busybox:1.36", command: [sleep, infinity]}
        """);

    public static readonly Scenario All = new()
    {
        Name = "planted",
        World = new WorldOptions { Nodes = 3, DnsReplicas = 1 },
        Objects = ScenarioObject.Parse(Cluster, "planted"),
        Changes =
        [
            new PlannedChange("restart", "deployment/web", Second(1)) { EveryMicroseconds = Second(9) },
            new PlannedChange("delete", "service/passing", Second(2)),
            new PlannedChange("delete", "deployment/passing", Second(2)),
            new PlannedChange("deletePods", "app=web", Second(6)) { EveryMicroseconds = Second(7), Values = Values("count", "1") },
            new PlannedChange("scale", "deployment/web", Second(8)) { EveryMicroseconds = Second(6), Values = Values("replicas", "6", "3") },
        ],
        Faults = new FaultMix(
        [
            new FaultSetting("watch-drop") { Percent = 60 },
            new FaultSetting("crash") { Percent = 40, LongestMicroseconds = Second(3) },
            new FaultSetting("partition") { Percent = 40, ShortestMicroseconds = Second(5), LongestMicroseconds = Second(18) },
            new FaultSetting("proxy-lag") { Percent = 30 },
        ]),
        DurationMicroseconds = Second(30),
    };

    /// <summary>Runs a seed, with a bug in it or without.</summary>
    public static RunResult Run(PlantedBug? bug, ulong seed) => SimulationRun.Run(
        bug is null ? All : Planted(bug.In(All), bug),
        seed,
        new RunSettings { Invariants = () => [new Load(), .. StandardInvariants.Create()] });

    /// <summary>Nodes in three zones, and a Service that prefers endpoints of the client's own.</summary>
    public static Scenario InZones(Scenario scenario) => scenario with
    {
        World = scenario.World with { Zones = 3 },
        Objects = [.. scenario.Objects, .. ScenarioObject.Parse(Manifests.Service("web-near", "trafficDistribution: PreferClose, selector: {app: web}, ports: [{port: 80}]"), "planted")],
        Clients = [.. scenario.Clients, new ClientPlan("near", "pod/default/client", "clusterip://default/web-near/", 20, MayFail: true)],
    };

    private static Scenario Planted(Scenario scenario, PlantedBug bug) => scenario with { World = scenario.World with { Composition = bug.Composition() } };

    private static long Second(int number) => number * VirtualTime.Second;

    private static Dictionary<string, IReadOnlyList<string>> Values(string key, params string[] values) => new(StringComparer.Ordinal) { [key] = values };

    /// <summary>Requests, and writes of which the API has to refuse some.</summary>
    private sealed class Load : IInvariant
    {
        public string Name => "load";

        public void Attach(SimulatedWorld world)
        {
            Add(world, "web", "pod/default/client", "clusterip://default/web/");
            Add(world, "sticky", "pod/default/client", "clusterip://default/web-sticky/");
            Add(world, "local", "outside", "nodeport://default/web-local/");
            At(world, 5, () => ApiCall.MergePatch(Kinds.Service, "default", "web", Encoding.UTF8.GetBytes("""{"metadata":{"annotations":{"touched":"yes"}}}""")));
            At(world, 7, () => ApiCall.Create(Claim("claims-ip", service => service with
            {
                Spec = service.Spec with { ClusterIP = world.Record.Get<Service>(Kinds.Service, "default", "web")?.Spec.ClusterIP ?? "" },
            })));
            At(world, 9, () => ApiCall.Delete(Kinds.Service, "default", "held"));
            At(world, 11, () => ApiCall.Create(Claim("claims-port", service => service with { Spec = service.Spec with { Type = "NodePort", Ports = [new ServicePort { Port = 80, NodePort = 30082 }] } })));
            At(world, 20, () => ApiCall.MergePatch(Kinds.Service, "default", "held", Encoding.UTF8.GetBytes("""{"metadata":{"finalizers":null}}""")));
        }

        public void Check(bool healed)
        {
            // It only makes load.
        }

        private static void Add(SimulatedWorld world, string name, string from, string url) =>
            world.Traffic.Add(new LoadSpec { Name = name, From = from, Url = url, IntervalMicroseconds = 50_000 });

        private static void At(SimulatedWorld world, int second, Func<ApiCall> call) =>
            world.Executor.At(second * VirtualTime.Second, () => world.Client.Send(call(), ActorRefs.Nobody));

        private static Service Claim(string name, Func<Service, Service> claim) => claim(new Service
        {
            Metadata = new ObjectMeta { Name = name, Namespace = "default" },
            Spec = new ServiceSpec { Ports = [new ServicePort { Port = 80 }] },
        });
    }
}

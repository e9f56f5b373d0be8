using ClusterEmu.Api;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>podAffinity and podAntiAffinity, as kube-scheduler's InterPodAffinity judges them.</summary>
public sealed class PodProximityTests
{
    private const string Host = "kubernetes.io/hostname";
    private const string Zone = "topology.kubernetes.io/zone";

    /// <summary>Three nodes, n1 and n2 in zone-a, n3 in zone-b. The new Pod is app=web. Others are APP@NODE, with a sign for what they say of app=web.</summary>
    public static TheoryData<string, Affinity?, string, string> Cases => new()
    {
        // what                                       the new Pod's affinity            others             node, or problem
        { "near: where they are",                     Near("app=db", Host),             "db@n2",           "n2" },
        { "near: in their zone",                      Near("app=db", Zone),             "db@n3",           "n3" },
        { "near: nobody is there",                    Near("app=db", Host),             "web@n2",          $"3 {PodProximity.NotNear}" },
        { "near: the first of a kind begins",         Near("app=web", Host),            "",                "n1" },
        { "near: the second joins it",                Near("app=web", Host),            "web@n3",          "n3" },
        { "near: a place that no node has",           Near("app=web", "rack"),          "",                $"3 {PodProximity.NotNear}" },
        { "far: another node",                        Far("app=web", Host),             "web@n1",          "n2" },
        { "far: another zone",                        Far("app=web", Zone),             "web@n1",          "n3" },
        { "far: no node is left",                     Far("app=web", Host),             "web@n1 web@n2 web@n3", $"3 {PodProximity.TooNear}" },
        { "far: others do not count",                 Far("app=db", Host),              "web@n1",          "n2" },
        { "existing Pods want it far",                null,                             "db-@n1",          "n2" },
        { "existing Pods want it far everywhere",     null,                             "db-@n1 db-@n2 db-@n3", $"3 {PodProximity.Unwelcome}" },
        { "existing Pods want it near",               null,                             "db+@n3",          "n3" },
        { "a wish is granted",                        Wish(near: "app=db"),             "db@n3",           "n3" },
        { "a wish never hinders",                     Wish(near: "app=none"),           "",                "n1" },
        { "the wish to be far",                       Wish(far: "app=db"),              "db@n1 db@n2",     "n3" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void APodGoesWhereItsCompanyLetsIt(string what, Affinity? affinity, string others, string expected)
    {
        var choice = Choose(Pod("web", affinity), others);
        Assert.True(choice.Node == expected || choice.Problem.Contains($"{expected}. preemption:", StringComparison.Ordinal), $"{what}: {choice.Node} {choice.Problem}");
    }

    [Theory] //  namespaces  namespace selector  whether Pods of the namespace elsewhere count
    [InlineData("", null, false)]
    [InlineData("elsewhere", null, true)]
    [InlineData("", "", true)]
    [InlineData("", "team=a", true)]
    [InlineData("", "team=b", false)]
    public void TermsLookIntoTheNamespacesThatTheyName(string named, string? selector, bool counts)
    {
        var term = Term("app=web", Host) with
        {
            Namespaces = named.Length > 0 ? [named] : [],
            NamespaceSelector = selector is null ? null : new LabelSelector { MatchLabels = Some.Labels(selector) },
        };
        var other = Pod("web", null);
        other = other with { Metadata = other.Metadata with { Namespace = "elsewhere" } };
        var pod = Pod("web", new Affinity { PodAntiAffinity = new PodAntiAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [term] } });
        var nodes = Nodes();
        var proximity = PodProximity.Of(pod, () => [(other, nodes[0].Node!)], [], ns => ns == "elsewhere" ? Some.Labels("team=a") : null);
        Assert.Equal(counts ? "n2" : "n1", NodeChoice.For(pod, PodDemand.Of(pod), nodes, proximity: proximity).Node);
    }

    [Fact]
    public void NobodyIsAskedWhereNobodySaysAnything() =>
        Assert.Null(PodProximity.Of(Pod("web", null), () => throw new InvalidOperationException("Nobody needs to know all Pods."), [], _ => null));

    [Fact]
    public async Task ReplicasThatShunEachOtherTakeANodeEachAndTheLastWaits()
    {
        await using var cluster = new SmallCluster(nodes: 0);
        for (var i = 1; i <= 2; i++) cluster.Client.Put(Named(SmallCluster.Node(i)));
        var set = Make.ReplicaSet(3);
        var template = set.Spec.Template with { Spec = set.Spec.Template.Spec with { Affinity = Far("app=web", Host) } };
        cluster.Client.Put(set with { Spec = set.Spec with { Template = template } });
        await LiveSystem.Until(() => cluster.Client.All<Event>().Any(one => one.Reason == "FailedScheduling" && one.Message.StartsWith($"0/2 nodes are available: 2 {PodProximity.TooNear}.", StringComparison.Ordinal)), "the third waits");
        Assert.Equal(["", "node-1", "node-2"], cluster.Pods.Select(pod => pod.Spec.NodeName).Order(StringComparer.Ordinal));
        cluster.Client.Put(Named(SmallCluster.Node(3)));
        await LiveSystem.Until(() => cluster.Pods.Any(pod => pod.Spec.NodeName == "node-3"), "the third Pod's node");

        static Node Named(Node node) => node with { Metadata = node.Metadata with { Labels = Some.Labels($"{Host}={node.Metadata.Name}") } };
    }

    private static NodeChoice Choose(Pod pod, string others)
    {
        var nodes = Nodes();
        var placed = others.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => (Pod: Placed(text.Split('@')[0]), Node: nodes.Single(load => load.Node!.Metadata.Name == text.Split('@')[1]).Node!)).ToList();
        // Somebody who lies on a node weighs on it, so that without affinity the choice would be another.
        foreach (var (other, node) in placed) nodes.Single(load => load.Node == node).Add(PodDemand.Of(other));
        var proximity = PodProximity.Of(pod, () => placed, [.. placed.Where(other => PodProximity.IsChoosy(other.Pod))], _ => null);
        return NodeChoice.For(pod, PodDemand.Of(pod), nodes, proximity: proximity);
    }

    private static Pod Placed(string text) => Pod(text.TrimEnd('+', '-'), text[^1] switch
    {
        '-' => Far("app=web", Host),
        '+' => Near("app=web", Host),
        _ => null,
    });

    private static Pod Pod(string app, Affinity? affinity)
    {
        var pod = Make.Pod($"{app}@");
        return pod with { Metadata = pod.Metadata with { Labels = Some.Labels($"app={app}") }, Spec = pod.Spec with { Affinity = affinity } };
    }

    private static PodAffinityTerm Term(string labels, string key) => new() { TopologyKey = key, LabelSelector = new LabelSelector { MatchLabels = Some.Labels(labels) } };

    private static Affinity Near(string labels, string key) => new() { PodAffinity = new PodAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [Term(labels, key)] } };

    private static Affinity Far(string labels, string key) => new() { PodAntiAffinity = new PodAntiAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [Term(labels, key)] } };

    private static Affinity Wish(string near = "", string far = "") => new()
    {
        PodAffinity = near.Length == 0 ? null : new PodAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [Weighted(near)] },
        PodAntiAffinity = far.Length == 0 ? null : new PodAntiAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [Weighted(far)] },
    };

    private static WeightedPodAffinityTerm Weighted(string labels) => new() { Weight = 50, PodAffinityTerm = Term(labels, Host) };

    private static List<NodeLoad> Nodes() =>
        [.. Enumerable.Range(1, 3).Select(i => new NodeLoad
        {
            Node = new Node
            {
                Metadata = new ObjectMeta { Name = $"n{i}", Labels = Some.Labels($"{Host}=n{i},{Zone}={(i < 3 ? "zone-a" : "zone-b")}") },
                Status = new NodeStatus { Conditions = [new NodeCondition { Type = "Ready", Status = "True" }] },
            },
        })];
}

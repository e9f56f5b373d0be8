using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Objects that controller tests are about. Everything is in namespace <c>default</c>.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Noon = Some.Noon;

    public static ObjectMeta Meta(string name, string labels = "", string? uid = null) => new()
    {
        Namespace = "default",
        Name = name,
        Uid = uid ?? $"uid-of-{name}",
        Labels = Some.Labels(labels),
        CreationTimestamp = Noon,
        Generation = 1,
        ResourceVersion = "1",
    };

    /// <summary>A Pod from text: <c>name</c>, then <c>+</c> if it is ready, <c>!</c> if terminating, <c>@node</c>.</summary>
    public static Pod Pod(string text, string ip = "", string labels = "app=web", IKubeObject? owner = null)
    {
        var node = text.Contains('@') ? text[(text.IndexOf('@') + 1)..] : "";
        var name = text.Split('@')[0].TrimEnd('+', '!');
        var ready = text.Split('@')[0].Contains('+');
        var meta = Meta(name, labels) with { DeletionTimestamp = text.Contains('!') ? Noon : null };
        return new Pod
        {
            Metadata = owner is null ? meta : ObjectOwners.Adopted(meta, owner),
            Spec = new PodSpec { NodeName = node, Containers = [new Container { Name = "c", Ports = [new ContainerPort { Name = "http", Port = 8080 }] }] },
            Status = new PodStatus
            {
                Phase = ready ? "Running" : "Pending",
                PodIP = ip,
                PodIPs = ip.Length == 0 ? [] : [new PodIP { IP = ip }],
                Conditions = [new PodCondition { Type = "Ready", Status = ready ? "True" : "False", LastTransitionTime = Noon }],
            },
        };
    }

    /// <summary>Pods from text, each with the next address from 172.17.0.5: <c>a+ b+@node-2</c>.</summary>
    public static List<Pod> Pods(string text, IKubeObject? owner = null) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select((pod, i) => Pod(pod, string.Create(CultureInfo.InvariantCulture, $"172.17.0.{5 + i}"), owner: owner))];

    public static Service Service(string name = "web-svc", string selector = "app=web", string ports = "80:8080") => new()
    {
        Metadata = Meta(name),
        Spec = new ServiceSpec
        {
            Type = "ClusterIP",
            ClusterIP = "10.96.45.123",
            IPFamilies = ["IPv4"],
            Selector = Some.Labels(selector),
            Ports = [.. ports.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Port)],
        },
    };

    public static PodTemplateSpec Template(string image = "nginx:1.21") => new()
    {
        Metadata = new ObjectMeta { Labels = Some.Labels("app=web") },
        Spec = new PodSpec { Containers = [new Container { Name = "c", Image = image }] },
    };

    public static Deployment Deployment(int replicas, string image = "nginx:1.21", string surge = "25%", string unavailable = "25%") => new()
    {
        Metadata = Meta("web", "app=web"),
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = Some.Labels("app=web") },
            Template = Template(image),
            RevisionHistoryLimit = 10,
            ProgressDeadlineSeconds = 600,
            Strategy = new DeploymentStrategy
            {
                Type = "RollingUpdate",
                RollingUpdate = new RollingUpdateDeployment { MaxSurge = Amount(surge), MaxUnavailable = Amount(unavailable) },
            },
        },
    };

    /// <summary>A ReplicaSet of a Deployment at some point of a rollout.</summary>
    public static ReplicaSet SetOf(Deployment deployment, string image, int size, int available, long revision, int? desired = null) => new()
    {
        Metadata = ObjectOwners.Adopted(Meta($"web-{image}", "app=web"), deployment) with
        {
            CreationTimestamp = Noon.AddMinutes(revision),
            Annotations = DeploymentRevision.WithSizes(
                Some.Labels(string.Create(CultureInfo.InvariantCulture, $"deployment.kubernetes.io/revision={revision}")),
                desired ?? deployment.Spec.Replicas!.Value,
                (desired ?? deployment.Spec.Replicas!.Value) + DeploymentScale.MaxSurge(deployment)),
        },
        Spec = new ReplicaSetSpec { Replicas = size, Template = Template(image), Selector = deployment.Spec.Selector },
        Status = new ReplicaSetStatus { Replicas = size, ReadyReplicas = available, AvailableReplicas = available, ObservedGeneration = 1 },
    };

    public static ReplicaSet ReplicaSet(int replicas) => new()
    {
        Metadata = Meta("web-1", "app=web"),
        Spec = new ReplicaSetSpec { Replicas = replicas, Template = Template(), Selector = new LabelSelector { MatchLabels = Some.Labels("app=web") } },
    };

    private static IntOrString Amount(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static ServicePort Port(string text)
    {
        // name=port:target
        var name = text.Contains('=') ? text.Split('=')[0] : "";
        var parts = text[(text.IndexOf('=') + 1)..].Split(':');
        return new ServicePort { Name = name, Protocol = "TCP", Port = int.Parse(parts[0], CultureInfo.InvariantCulture), TargetPort = Amount(parts[1]) };
    }
}

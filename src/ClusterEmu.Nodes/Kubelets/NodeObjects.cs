using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>The Node object as its kubelet writes it.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/kubelet/kubelet_node_status.go and pkg/kubelet/nodestatus/setters.go.</remarks>
public static class NodeObjects
{
    /// <summary>A Node whose status was reported longer ago than this is reported again, changed or not.</summary>
    public static readonly TimeSpan ReportAtLeastEvery = TimeSpan.FromMinutes(5);

    /// <summary>The Node to register.</summary>
    public static Node New(NodeSettings settings) => new()
    {
        Metadata = new ObjectMeta { Name = settings.Name, Labels = Labels(settings), Annotations = Annotations(settings) },
        Spec = new NodeSpec { ProviderID = $"clusteremu://{settings.Zone}/{settings.Name}" },
    };

    /// <summary>A Node that exists, with the labels and annotations that its kubelet is responsible for; the same object if nothing differs.</summary>
    public static Node Merge(Node node, NodeSettings settings)
    {
        var labels = Merge(node.Metadata.Labels, Labels(settings));
        var annotations = Merge(node.Metadata.Annotations, Annotations(settings));
        return labels is null && annotations is null
            ? node
            : node with { Metadata = node.Metadata with { Labels = labels ?? node.Metadata.Labels, Annotations = annotations ?? node.Metadata.Annotations } };
    }

    /// <summary>What of a machine's status never changes.</summary>
    public static NodeStatus Fixed(NodeSettings settings)
    {
        var amounts = new SortedDictionary<string, Quantity>(StringComparer.Ordinal)
        {
            ["cpu"] = Quantity.FromUnits(settings.Cpus),
            ["ephemeral-storage"] = Quantity.Parse("100Gi"),
            ["memory"] = Quantity.Parse(settings.Memory),
            ["pods"] = Quantity.FromUnits(settings.Pods),
        };
        return new NodeStatus
        {
            Capacity = amounts,
            Allocatable = amounts,
            Addresses = Addresses(settings),
            DaemonEndpoints = new NodeDaemonEndpoints { KubeletEndpoint = new DaemonEndpoint { Port = settings.KubeletPort } },
            NodeInfo = new NodeSystemInfo
            {
                MachineID = Identity(settings.Name, "machine")[..32],
                SystemUUID = new Guid(Convert.FromHexString(Identity(settings.Name, "system")[..32])).ToString(),
                BootID = new Guid(Convert.FromHexString(Identity(settings.Name, "boot")[..32])).ToString(),
                KernelVersion = "6.1.0-clusteremu",
                OsImage = "ClusterEmu emulated node",
                ContainerRuntimeVersion = "containerd://1.7.24",
                KubeletVersion = settings.Version,
                KubeProxyVersion = settings.Version,
                OperatingSystem = "linux",
                Architecture = "amd64",
            },
        };
    }

    /// <summary>The status to report.</summary>
    /// <param name="machine">The machine's <see cref="Fixed"/> part.</param>
    /// <param name="previous">What the API has; conditions of others are kept.</param>
    /// <param name="podCidr">The range of its Pods; without one it is not ready, for it has no network.</param>
    /// <param name="now">The time of the report.</param>
    public static NodeStatus Status(NodeStatus machine, NodeStatus previous, string podCidr, DateTimeOffset now)
    {
        NodeCondition[] own =
        [
            Condition("MemoryPressure", false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            Condition("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            Condition("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            podCidr.Length > 0
                ? Condition("Ready", true, "KubeletReady", "kubelet is posting ready status")
                : Condition("Ready", false, "KubeletNotReady",
                    "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"),
        ];
        return previous with
        {
            Capacity = machine.Capacity,
            Allocatable = machine.Allocatable,
            Conditions =
            [
                .. own.Select(condition => WithTimes(condition, previous, now)),
                .. previous.Conditions.Where(other => !own.Any(condition => condition.Type == other.Type)),
            ],
            Addresses = machine.Addresses,
            DaemonEndpoints = machine.DaemonEndpoints,
            NodeInfo = machine.NodeInfo,
        };
    }

    /// <summary>Whether the API's status is not what the kubelet would report: a condition differs, or it is too old.</summary>
    public static bool NeedsReport(NodeStatus known, NodeStatus wanted, DateTimeOffset now)
    {
        foreach (var condition in wanted.Conditions)
        {
            var other = known.Conditions.FirstOrDefault(candidate => candidate.Type == condition.Type);
            if (other is null || other.Status != condition.Status || other.Reason != condition.Reason) return true;
            if (now - (other.LastHeartbeatTime ?? DateTimeOffset.MinValue) >= ReportAtLeastEvery) return true;
        }

        return !known.Addresses.SequenceEqual(wanted.Addresses) || known.DaemonEndpoints != wanted.DaemonEndpoints || known.NodeInfo != wanted.NodeInfo;
    }

    /// <summary>The Node with its machine's addresses, which its status lacks until the kubelet has reported.</summary>
    public static Node WithAddresses(Node node, NodeSettings settings) =>
        node.Status.Addresses.Count > 0 ? node : node with { Status = node.Status with { Addresses = Addresses(settings) } };

    /// <summary>Whether the Node says that it is to be off.</summary>
    public static bool IsOff(Node? node) =>
        node is not null && node.Metadata.Annotations.TryGetValue(Registration.PowerAnnotation, out var power) && power == "off";

    private static NodeCondition WithTimes(NodeCondition condition, NodeStatus previous, DateTimeOffset now)
    {
        var old = previous.Conditions.FirstOrDefault(other => other.Type == condition.Type);
        return condition with { LastHeartbeatTime = now, LastTransitionTime = old is not null && old.Status == condition.Status ? old.LastTransitionTime : now };
    }

    private static NodeCondition Condition(string type, bool status, string reason, string message) =>
        new() { Type = type, Status = status ? "True" : "False", Reason = reason, Message = message };

    private static NodeAddress[] Addresses(NodeSettings settings) =>
    [
        new() { Type = "InternalIP", Address = settings.InternalIP.ToString() },
        new() { Type = "ExternalIP", Address = settings.ExternalIP.ToString() },
        new() { Type = "Hostname", Address = settings.Name },
    ];

    private static SortedDictionary<string, string> Labels(NodeSettings settings) => new(StringComparer.Ordinal)
    {
        ["beta.kubernetes.io/arch"] = "amd64",
        ["beta.kubernetes.io/os"] = "linux",
        ["kubernetes.io/arch"] = "amd64",
        ["kubernetes.io/hostname"] = settings.Name,
        ["kubernetes.io/os"] = "linux",
        ["topology.kubernetes.io/region"] = settings.Region,
        ["topology.kubernetes.io/zone"] = settings.Zone,
    };

    private static SortedDictionary<string, string> Annotations(NodeSettings settings)
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Registration.ProcessAnnotation] = settings.Process };
        if (settings.KubeProxyDelay.Length > 0) annotations[Registration.KubeProxyDelayAnnotation] = settings.KubeProxyDelay;
        return annotations;
    }

    private static SortedDictionary<string, string>? Merge(IReadOnlyDictionary<string, string> known, SortedDictionary<string, string> own)
    {
        if (own.All(pair => known.TryGetValue(pair.Key, out var value) && value == pair.Value)) return null;
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in known) merged[key] = value;
        foreach (var (key, value) in own) merged[key] = value;
        return merged;
    }

    private static string Identity(string node, string use) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{use}/{node}"))));
}

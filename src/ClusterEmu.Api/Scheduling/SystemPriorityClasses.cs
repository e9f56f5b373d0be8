namespace ClusterEmu.Api;

/// <summary>The two classes that every cluster has, for what it cannot do without. Source: pkg/apis/scheduling/v1/helpers.go.</summary>
public static class SystemPriorityClasses
{
    /// <summary>In the order in which Kubernetes makes them.</summary>
    public static readonly IReadOnlyList<PriorityClass> All =
    [
        Class("system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node."),
        Class("system-cluster-critical", 2_000_000_000, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
    ];

    public static PriorityClass? Find(string name) => All.FirstOrDefault(known => known.Metadata.Name == name);

    private static PriorityClass Class(string name, int value, string description) =>
        new() { Metadata = new ObjectMeta { Name = name }, Value = value, Description = description };
}

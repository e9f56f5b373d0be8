using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A Node's row. Source: printNode.</summary>
internal static class NodeColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static readonly TableColumns Columns = TableColumns.Of<Node>(
        "Name:name Status Roles Age Version Internal-IP+ External-IP+ OS-Image+ Kernel-Version+ Container-Runtime+",
        (node, now) =>
        [
            node.Metadata.Name,
            Status(node),
            Roles(node),
            TableCatalog.Age(node, now),
            node.Status.NodeInfo.KubeletVersion,
            Address(node, "InternalIP"),
            Address(node, "ExternalIP"),
            OrUnknown(node.Status.NodeInfo.OsImage),
            OrUnknown(node.Status.NodeInfo.KernelVersion),
            OrUnknown(node.Status.NodeInfo.ContainerRuntimeVersion),
        ]);

    private static string Status(Node node)
    {
        var ready = node.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready");
        var status = ready is null ? "Unknown" : ready.Status == "True" ? "Ready" : "NotReady";
        return node.Spec.Unschedulable ? status + ",SchedulingDisabled" : status;
    }

    private static string Roles(Node node)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Metadata.Labels)
        {
            if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length) roles.Add(key[RolePrefix.Length..]);
            else if (key == "kubernetes.io/role" && value.Length > 0) roles.Add(value);
        }
        return roles.Count == 0 ? "<none>" : string.Join(',', roles);
    }

    private static string Address(Node node, string type) =>
        node.Status.Addresses.FirstOrDefault(address => address.Type == type)?.Address ?? "<none>";

    private static string OrUnknown(string text) => text.Length == 0 ? "<unknown>" : text;
}

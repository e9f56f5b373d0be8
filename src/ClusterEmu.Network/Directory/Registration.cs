namespace ClusterEmu.Network;

/// <summary>The labels and annotations by which processes and nodes tell the fabric where they are.</summary>
public static class Registration
{
    /// <summary>Namespace of the process Leases.</summary>
    public const string LeaseNamespace = "kube-system";

    /// <summary>A process NAME keeps the Lease <c>clusteremu-process-NAME</c>.</summary>
    public const string LeasePrefix = "clusteremu-process-";

    /// <summary>Label of a process Lease: control-plane, nodes or edge.</summary>
    public const string RoleLabel = "clusteremu.io/role";

    /// <summary>Annotation of a process Lease: host:port of its fabric listener.</summary>
    public const string FabricAnnotation = "clusteremu.io/fabric";

    /// <summary>Annotation of a Node: the process that runs it.</summary>
    public const string ProcessAnnotation = "clusteremu.io/process";

    /// <summary>Annotation of a Node: <c>off</c> switches it off.</summary>
    public const string PowerAnnotation = "clusteremu.io/power";

    /// <summary>Annotation of a Node: how long its kube-proxy waits before it uses a new table, such as <c>2s</c>.</summary>
    public const string KubeProxyDelayAnnotation = "clusteremu.io/kube-proxy-delay";

    /// <summary>On a Node: <c>iptables</c> or <c>ipvs</c>, the mode of its kube-proxy instead of the cluster's.</summary>
    public const string KubeProxyModeAnnotation = "clusteremu.io/kube-proxy-mode";

    public const string ZoneLabel = "topology.kubernetes.io/zone";
}

using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>One emulated machine.</summary>
public sealed record NodeSettings
{
    public required string Name { get; init; }

    /// <summary>Its address in the fabric: 172.18.0.2 for node-1.</summary>
    public required Ip InternalIP { get; init; }

    /// <summary>Its address as the host reaches it: 127.18.0.2 for node-1.</summary>
    public required Ip ExternalIP { get; init; }
    public string Zone { get; init; } = "zone-a";
    public string Region { get; init; } = "local";

    /// <summary>The process that it lives in: <c>nodes-1</c>.</summary>
    public required string Process { get; init; }

    /// <summary>Port of the process endpoint that serves as the kubelet's; 0 if there is none.</summary>
    public int KubeletPort { get; init; }

    /// <summary>How long its kube-proxy holds changes back, such as <c>2s</c>; empty: as long as the process's. Becomes an annotation of the Node.</summary>
    public string KubeProxyDelay { get; init; } = "";

    /// <summary>CPUs that the scheduler may count on. Default: 4.</summary>
    public int Cpus { get; init; } = 4;

    /// <summary>Memory that the scheduler may count on, as a quantity. Default: 16Gi.</summary>
    public string Memory { get; init; } = "16Gi";

    /// <summary>Pods that fit. Default: 110.</summary>
    public int Pods { get; init; } = 110;

    /// <summary>Version that kubelet and kube-proxy report.</summary>
    public string Version { get; init; } = "v1.32.0";
}

namespace ClusterEmu.Api;

/// <summary>What the API server says when it cannot allocate an address or a port for a Service.</summary>
/// <remarks>Source: pkg/registry/core/service/storage/alloc.go with the ipallocator and portallocator beside it.</remarks>
public static class ServiceAllocationErrors
{
    /// <summary>A requested node port lies outside the range.</summary>
    /// <param name="portIndex">The port's place in <c>spec.ports</c>.</param>
    /// <param name="nodePort">What was asked for.</param>
    /// <param name="first">The range's first port, usually 30000.</param>
    /// <param name="last">The range's last port, usually 32767.</param>
    public static FieldError NodePortOutOfRange(int portIndex, int nodePort, int first, int last) =>
        FieldErrors.Invalid(NodePort(portIndex), nodePort, $"provided port is not in the valid range. The range of valid ports is {first}-{last}");

    /// <summary>A requested node port is another Service's.</summary>
    public static FieldError NodePortTaken(int portIndex, int nodePort) =>
        FieldErrors.Invalid(NodePort(portIndex), nodePort, "provided port is already allocated");

    /// <summary>A requested cluster IP lies outside the service range.</summary>
    /// <param name="clusterIPs">All of the Service's cluster IPs, as they stand in the request.</param>
    /// <param name="address">The one that was refused.</param>
    /// <param name="range">Such as <c>10.96.0.0/12</c>.</param>
    public static FieldError ClusterIPOutOfRange(IReadOnlyList<string> clusterIPs, string address, string range) => ClusterIP(clusterIPs, address,
        $"the provided IP ({address}) is not in the valid range. The range of valid IPs is {range}");

    /// <summary>A requested cluster IP is another Service's.</summary>
    public static FieldError ClusterIPTaken(IReadOnlyList<string> clusterIPs, string address) =>
        ClusterIP(clusterIPs, address, "provided IP is already allocated");

    /// <summary>No cluster IP is left (answered with 500, as Kubernetes does).</summary>
    public const string NoClusterIPLeft = "failed to allocate a serviceIP: range is full";

    /// <summary>No node port is left (answered with 500, as Kubernetes does).</summary>
    public const string NoNodePortLeft = "failed to allocate a nodePort: range is full";

    /// <summary>A requested health check port cannot be had (answered with 500, as Kubernetes does).</summary>
    /// <param name="port">What was asked for.</param>
    /// <param name="reason">Why not: <c>provided port is already allocated</c>.</param>
    public static string HealthCheckPortRefused(int port, string reason) => $"failed to allocate requested HealthCheck NodePort {port}: {reason}";

    private static FieldPath NodePort(int index) => FieldPath.Spec.Child("ports").Index(index).Child("nodePort");

    private static FieldError ClusterIP(IReadOnlyList<string> clusterIPs, string address, string reason) =>
        FieldErrors.Invalid(FieldPath.Spec.Child("clusterIPs"), clusterIPs, $"failed to allocate IP {address}: {reason}");
}

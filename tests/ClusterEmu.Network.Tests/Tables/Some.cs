using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests;

/// <summary>Objects for tables, from short texts.</summary>
internal static class Some
{
    /// <summary>A Service of one TCP port 80.</summary>
    public static Service Service(string name = "web", string ip = "10.96.45.123", string type = "ClusterIP", string version = "1") => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, ResourceVersion = version },
        Spec = new ServiceSpec { Type = type, ClusterIP = ip, ClusterIPs = [ip], Ports = [new ServicePort { Port = 80, TargetPort = 8080, Protocol = "TCP" }] },
    };

    public static Service With(this Service service, Func<ServiceSpec, ServiceSpec> change) => service with { Spec = change(service.Spec) };

    public static Service WithIngress(this Service service, params string[] ips) => service with
    {
        Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [.. ips.Select(ip => new LoadBalancerIngress { IP = ip })] } },
    };

    /// <summary>
    /// Endpoints like <c>a@1 b@2! c@3~ d@3-</c>: Pod a on node-1; "!" not ready, "~" serving while terminating, "-" terminating and not
    /// serving. Pod a of node 1 has 172.17.0.10, b of node 2 has 172.17.1.11. Zones: odd nodes zone-a, even ones zone-b.
    /// </summary>
    public static EndpointSlice Slice(string pods, string service = "web", string name = "web-1", bool hints = false, string portName = "", string version = "1") => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = "default",
            Name = name,
            ResourceVersion = version,
            Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = service },
        },
        AddressType = "IPv4",
        Ports = [new EndpointSlicePort { Name = portName, Port = 8080, Protocol = "TCP" }],
        Endpoints = [.. pods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Endpoint(text, hints))],
    };

    public static string PodIp(string text) => $"172.17.{text[2] - '1'}.{10 + text[0] - 'a'}";

    private static Endpoint Endpoint(string text, bool hints)
    {
        var mark = text.Length > 3 ? text[3] : ' ';
        var zone = (text[2] - '0') % 2 == 1 ? "zone-a" : "zone-b";
        return new Endpoint
        {
            Addresses = [PodIp(text)],
            NodeName = $"node-{text[2]}",
            Zone = zone,
            TargetRef = new ObjectReference { Kind = "Pod", Namespace = "default", Name = text[..1] },
            Conditions = new EndpointConditions { Ready = mark == ' ', Serving = mark is ' ' or '~', Terminating = mark is '~' or '-' },
            Hints = hints ? new EndpointHints { ForZones = [new ForZone { Name = zone }] } : null,
        };
    }
}

using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>The environment variables that tell a container of the Services that exist when it starts.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/kubelet/envvars and kubelet_pods.go (getServiceEnvVarMap).</remarks>
public static class ServiceVariables
{
    /// <summary>Where the Service <c>kubernetes</c> lives: every container hears of it, in any namespace.</summary>
    public const string MasterNamespace = "default";

    private const string MasterService = "kubernetes";

    /// <summary>The variables, sorted by name.</summary>
    /// <param name="services">All Services known, in any order.</param>
    /// <param name="ns">The Pod's namespace.</param>
    /// <param name="enableServiceLinks">False: only the Service <c>kubernetes</c> is told of. Null is true, as in Kubernetes.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> For(IEnumerable<Service> services, string ns, bool? enableServiceLinks)
    {
        var chosen = new Dictionary<string, Service>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (service.Spec.ClusterIP is "" or "None" || service.Spec.Ports.Count == 0) continue;
            var name = service.Metadata.Name;
            // A Service of the Pod's own namespace called kubernetes wins over the cluster's.
            if (service.Metadata.Namespace == ns && (enableServiceLinks ?? true)) chosen[name] = service;
            else if (service.Metadata.Namespace == MasterNamespace && name == MasterService) chosen.TryAdd(name, service);
        }

        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in chosen.Values.OrderBy(service => service.Metadata.Name, StringComparer.Ordinal)) Add(variables, service);
        return [.. variables];
    }

    /// <summary>A Service's or port's name as it stands in a variable: <c>my-db.v1</c> is <c>MY_DB_V1</c>.</summary>
    public static string NameOf(string name)
    {
        var text = name.Replace('.', '_').Replace('-', '_').ToUpperInvariant();
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }

    private static void Add(SortedDictionary<string, string> variables, Service service)
    {
        var prefix = NameOf(service.Metadata.Name);
        var ip = service.Spec.ClusterIP;
        var ports = service.Spec.Ports;
        variables[$"{prefix}_SERVICE_HOST"] = ip;
        variables[$"{prefix}_SERVICE_PORT"] = Text(ports[0].Port);
        foreach (var port in ports)
        {
            if (port.Name.Length > 0) variables[$"{prefix}_SERVICE_PORT_{NameOf(port.Name)}"] = Text(port.Port);
        }

        // What Docker's links once set. The first port is the link's own.
        variables[$"{prefix}_PORT"] = Url(ports[0], ip);
        foreach (var port in ports)
        {
            var link = $"{prefix}_PORT_{Text(port.Port)}_{ProtocolOf(port)}";
            variables[link] = Url(port, ip);
            variables[link + "_PROTO"] = ProtocolOf(port).ToLowerInvariant();
            variables[link + "_PORT"] = Text(port.Port);
            variables[link + "_ADDR"] = ip;
        }
    }

    private static string ProtocolOf(ServicePort port) => port.Protocol.Length == 0 ? "TCP" : port.Protocol.ToUpperInvariant();

    // IPv6 addresses are put in brackets, as net.JoinHostPort does.
    private static string Url(ServicePort port, string ip) =>
        $"{ProtocolOf(port).ToLowerInvariant()}://{(ip.Contains(':') ? $"[{ip}]" : ip)}:{Text(port.Port)}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

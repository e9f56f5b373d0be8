using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A Service's row. Source: printService.</summary>
internal static class ServiceColumns
{
    private const string None = "<none>";

    public static readonly TableColumns Columns = TableColumns.Of<Service>(
        "Name:name Type Cluster-IP External-IP Port(s) Age Selector+",
        (service, now) =>
        [
            service.Metadata.Name,
            service.Spec.Type,
            service.Spec.ClusterIPs.Count > 0 ? service.Spec.ClusterIPs[0] : None,
            External(service),
            Ports(service.Spec.Ports),
            TableCatalog.Age(service, now),
            TableCatalog.Pairs(service.Spec.Selector),
        ]);

    private static string External(Service service)
    {
        var declared = service.Spec.ExternalIPs;
        switch (service.Spec.Type)
        {
            case "ClusterIP" or "NodePort": return declared.Count > 0 ? string.Join(',', declared) : None;
            case "ExternalName": return service.Spec.ExternalName;
            case "LoadBalancer":
                var given = service.Status.LoadBalancer.Ingress
                    .Select(ingress => ingress.IP.Length > 0 ? ingress.IP : ingress.Hostname)
                    .Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                var all = given.Concat(declared).ToList();
                return all.Count > 0 ? string.Join(',', all) : "<pending>";
            default: return "<unknown>";
        }
    }

    private static string Ports(IReadOnlyList<ServicePort> ports) => ports.Count == 0
        ? None
        : string.Join(',', ports.Select(port => port.NodePort > 0 ? $"{port.Port}:{port.NodePort}/{port.Protocol}" : $"{port.Port}/{port.Protocol}"));
}

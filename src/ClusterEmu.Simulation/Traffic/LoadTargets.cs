using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>The addresses that a Service has now, for targets that name one. Pure.</summary>
internal static class LoadTargets
{
    /// <summary>Empty while it has none.</summary>
    public static IReadOnlyList<IpPort> Of(LoadTarget target, TargetBook book)
    {
        if (book.FindService(target.Service) is not { } service) return [];
        var port = service.Spec.Ports.FirstOrDefault(port => target.Port == 0 || port.Port == target.Port);
        if (port is null) return [];
        return target.Kind switch
        {
            LoadTargetKind.ClusterIP => Ip.TryParse(service.Spec.ClusterIP, out var ip) ? [new IpPort(ip, port.Port)] : [],
            LoadTargetKind.LoadBalancer =>
                [.. service.Status.LoadBalancer.Ingress.Where(point => Ip.TryParse(point.IP, out _)).Select(point => new IpPort(Ip.Parse(point.IP), port.Port))],
            _ => port.NodePort == 0 ? [] : [.. book.ExternalIPs(target.Node).Select(ip => new IpPort(ip, port.NodePort))],
        };
    }
}

using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>Senders outside the cluster: <c>outside</c> is 192.0.2.1, <c>outside/IP</c> any other address outside. They know declared hosts' names only.</summary>
public sealed class OutsideSenders(IEnumerable<OutsideHost> hosts, AddressPlan plan) : IRequestSenders
{
    private readonly NameSettings _names = new() { Hosts = OutsideHost.NamesOf(hosts) };

    public ValueTask<RequestSender> FindAsync(string from, CancellationToken cancellationToken)
    {
        var ip = ClientAddresses.Default;
        if (from != "outside")
        {
            if (!from.StartsWith("outside/", StringComparison.Ordinal) || !Ip.TryParse(from["outside/".Length..], out ip))
                throw new RequestRefusedException(400, $"The edge sends from 'outside' or 'outside/IP', not from '{from}'.");
            foreach (var (key, range) in plan.Ranges)
                if (key is not ("node-external-range" or "load-balancer-range") && range.Contains(ip))
                    throw new RequestRefusedException(400, $"outside/{ip} lies in the cluster's own {key} {range}. Take an address outside, such as outside/192.0.2.7.");
            if (ip == HealthTarget.Checker)
                throw new RequestRefusedException(400, $"outside/{ip} is where the load balancers' health checks come from. Take another address outside, such as outside/192.0.2.7.");
            ip = ClientAddresses.Map(ip);
        }
        return ValueTask.FromResult(new RequestSender($"outside/{ip}", null, FlowOrigin.Outside, ip, _names));
    }
}

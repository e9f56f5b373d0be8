using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>
/// The cloud load balancer of one Service. It answers <see cref="OpenFlow"/> as a data path does: each connection goes to a
/// healthy node's NodePort. <see cref="LoadBalancerPolicy"/> decides.
/// </summary>
public sealed class LoadBalancer : ReceiveActor
{
    /// <summary>All that this actor accepts, besides the fabric's messages.</summary>
    public abstract record Command
    {
        private Command() { } // No cases outside this file.

        /// <summary>The Service or the nodes changed. No reply.</summary>
        public sealed record Observe(EdgeService Service, EdgeSnapshot Cluster) : Command;
    }

    /// <summary>Open flows whose node is remembered; more are balanced anew with each packet.</summary>
    private const int MaxFlows = 200_000;
    private const int FirstProxyPort = 1024;

    private readonly Dictionary<Flow, (Flow Translated, string Detail)> _flows = [];
    private readonly LoadBalancerOptions _options;
    private EdgeService _service;
    private EdgeSnapshot _cluster;
    private long _turns;
    private int _proxyPort = FirstProxyPort;

    public LoadBalancer(EdgeService service, EdgeSnapshot cluster, LoadBalancerOptions options)
    {
        (_service, _cluster, _options) = (service, cluster, options);
        Receive<Command.Observe>(message => { (_service, _cluster) = (message.Service, message.Cluster); });
        Receive<OpenFlow>(message => { Sender.Tell(Open(message)); });
        Receive<CloseFlow>(message => { _flows.Remove(message.Original); });
    }

    public static Props PropsFor(EdgeService service, EdgeSnapshot cluster, LoadBalancerOptions options) =>
        Props.Create(() => new LoadBalancer(service, cluster, options));

    private FlowVerdict Open(OpenFlow open)
    {
        var at = $"lb/{_service.Key}";
        if (!_flows.TryGetValue(open.Flow, out var known))
        {
            var choice = LoadBalancerPolicy.Choose(_service, open.Flow, _cluster, _options.RoundRobin ? _turns : null);
            if (choice.Node is null) return Verdict(FlowAction.Drop, open, open.Flow, at, "drop", choice.Reason);
            _turns++;
            known = (Translate(open.Flow, choice), choice.Reason);
            if (_flows.Count < MaxFlows) _flows[open.Flow] = known;
        }
        return Verdict(FlowAction.Forward, open, known.Translated, at, "forward", known.Detail);
    }

    private Flow Translate(Flow flow, LoadBalancerChoice choice)
    {
        var source = flow.Source;
        if (_options.Proxy)
        {
            // The node sees the load balancer as the client; the real one is lost, as with any proxy.
            source = new IpPort(flow.Destination.Ip, _proxyPort);
            _proxyPort = _proxyPort == 65535 ? FirstProxyPort : _proxyPort + 1;
        }
        return new Flow(flow.Protocol, source, new IpPort(choice.Node!.InternalIP, choice.Port));
    }

    private static FlowVerdict Verdict(FlowAction action, OpenFlow open, Flow translated, string at, string what, string detail)
    {
        TraceHop[] hops = open.Trace ? [new TraceHop(at, what, detail, null, 0)] : [];
        return new FlowVerdict(action, open.Flow, translated, null, detail, 0, hops, open.Tag);
    }
}

using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>
/// The cloud load balancer of one Service. It answers <see cref="OpenFlow"/> as a data path does, and sends <see cref="FastRequest"/>s on: each
/// connection goes to a healthy node's NodePort. <see cref="LoadBalancerPolicy"/> decides.
/// </summary>
public sealed class LoadBalancer : ReceiveActor, IHolder
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
    private readonly Determinism _determinism;
    private EdgeService _service;
    private EdgeSnapshot _cluster;
    private long _turns;
    private int _proxyPort = FirstProxyPort;

    public LoadBalancer(EdgeService service, EdgeSnapshot cluster, LoadBalancerOptions options)
    {
        (_service, _cluster, _options) = (service, cluster, options);
        _determinism = Determinism.For(Context.System);
        Receive<Command.Observe>(message => { (_service, _cluster) = (message.Service, message.Cluster); });
        Receive<FastRequest>(message => { Handle(message); });
        Receive<OpenFlow>(message => { Sender.Tell(Open(message)); });
        Receive<CloseFlow>(message => { _flows.Remove(message.Original); });
    }

    public void ListHoldings(List<Holding> holdings) => holdings.Add(new("open flows", _flows.Count, MaxFlows));

    public static Props PropsFor(EdgeService service, EdgeSnapshot cluster, LoadBalancerOptions options) =>
        Props.Create(() => new LoadBalancer(service, cluster, options));

    private FlowVerdict Open(OpenFlow open)
    {
        if (Choose(open.Flow, out var translated, out var detail))
        {
            if (_flows.Count < MaxFlows) _flows[open.Flow] = (translated, detail);
            return Verdict(FlowAction.Forward, open, translated, Place, "forward", detail);
        }
        return Verdict(FlowAction.Drop, open, open.Flow, Place, "drop", detail);
    }

    /// <summary>A whole request: the choice is that of <see cref="Open"/>, for a connection that ends in this turn.</summary>
    private void Handle(FastRequest request)
    {
        var now = _determinism.Microseconds;
        var flow = request.Flow;
        var found = Choose(flow, out var translated, out var detail);
        _flows.Remove(flow);
        if (request.Trace) request.AddHops([new TraceHop(Place, found ? "forward" : "drop", detail, null, 0)], now);
        if (found)
        {
            request.Network!.SendOn(request, "", translated, Sender, now);
            return;
        }
        request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? detail : "");
        request.Network!.Return(request, "", Sender, Self);
    }

    private bool Choose(in Flow flow, out Flow translated, out string detail)
    {
        if (_flows.TryGetValue(flow, out var known))
        {
            (translated, detail) = known;
            return true;
        }
        var choice = LoadBalancerPolicy.Choose(_service, flow, _cluster, _options.RoundRobin ? _turns : null);
        detail = choice.Reason;
        translated = flow;
        if (choice.Node is null) return false;
        _turns++;
        translated = Translate(flow, choice);
        return true;
    }

    private string Place => $"lb/{_service.Key}";

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

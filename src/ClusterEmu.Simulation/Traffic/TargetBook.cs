using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>What the API says of those who send and of where they send to. Filled by informers of the process <c>client</c>.</summary>
internal sealed class TargetBook(Ip dns, string domain)
{
    private readonly Dictionary<string, (LoadSender Sender, string App)> _pods = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (LoadSender Sender, Ip? ExternalIP)> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Service> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<Ip, SourcePorts> _ports = [];

    /// <summary>Counts changes: what was looked up under the same number still holds.</summary>
    public long Revision { get; private set; }

    public LoadSender? FindPod(string key) => _pods.TryGetValue(key, out var pod) ? pod.Sender : null;

    public LoadSender? FindNode(string name) => _nodes.TryGetValue(name, out var node) ? node.Sender : null;

    /// <summary>The running Pods labelled app=NAME, in the order of their names.</summary>
    /// <param name="app"><c>namespace/app</c>.</param>
    public IReadOnlyList<LoadSender> App(string app) =>
        [.. _pods.Where(pod => pod.Value.App == app).OrderBy(pod => pod.Key, StringComparer.Ordinal).Select(pod => pod.Value.Sender)];

    public Service? FindService(string key) => _services.GetValueOrDefault(key);

    /// <summary>The ExternalIPs of a node, or of all nodes in the order of their names.</summary>
    public IReadOnlyList<Ip> ExternalIPs(string node) =>
        [.. _nodes.Where(known => node.Length == 0 || known.Key == node).Select(known => known.Value.ExternalIP).OfType<Ip>()];

    public SourcePorts PortsOf(Ip address)
    {
        if (!_ports.TryGetValue(address, out var ports)) _ports[address] = ports = new SourcePorts();
        return ports;
    }

    public void Observe(IKubeObject value, bool present)
    {
        Revision++;
        var key = $"{value.Metadata.Namespace}/{value.Metadata.Name}";
        switch (value)
        {
            case Pod pod when present && pod.Status.Phase == "Running" && Ip.TryParse(pod.Status.PodIP, out var ip):
                var origin = pod.Spec.HostNetwork ? FlowOrigin.LocalHost : FlowOrigin.LocalPod;
                var app = pod.Metadata.Labels.TryGetValue("app", out var label) ? $"{pod.Metadata.Namespace}/{label}" : "";
                _pods[key] = (new LoadSender(pod.Spec.NodeName, origin, ip, PodResolver.Of(pod, dns, domain), PortsOf(ip)), app);
                break;
            case Pod:
                _pods.Remove(key);
                break;
            case Service service:
                if (present) _services[key] = service;
                else _services.Remove(key);
                break;
            case Node node:
                if (present && AddressOf(node, "InternalIP") is { } inside)
                    _nodes[node.Metadata.Name] = (new LoadSender(node.Metadata.Name, FlowOrigin.LocalHost, inside, new NameSettings { Nameserver = dns }, PortsOf(inside)), AddressOf(node, "ExternalIP"));
                else
                    _nodes.Remove(node.Metadata.Name);
                break;
        }
    }

    private static Ip? AddressOf(Node node, string type)
    {
        foreach (var address in node.Status.Addresses)
            if (address.Type == type && Ip.TryParse(address.Address, out var ip)) return ip;
        return null;
    }
}

/// <summary>Keeps a <see cref="TargetBook"/> in step with the API.</summary>
internal sealed class TargetKeeper : ReceiveActor
{
    private readonly IActorRef _informers;
    private readonly IReadOnlyList<KindInfo> _kinds;

    public TargetKeeper(TargetBook book, IActorRef informers, IReadOnlyList<KindInfo> kinds)
    {
        (_informers, _kinds) = (informers, kinds);
        Receive<InformerSynced>(message =>
        {
            foreach (var item in message.Items) book.Observe(item, present: true);
        });
        Receive<InformerChanged>(message => { book.Observe(message.Object, message.Type != WatchEventType.Deleted); });
    }

    protected override void PreStart()
    {
        foreach (var kind in _kinds) _informers.Tell(new SubscribeInformer(kind, Self));
    }
}

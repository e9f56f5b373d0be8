using System.Collections.Concurrent;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

/// <summary>What a fake node's data path does: translations, listeners, and ports that refuse or drop.</summary>
internal sealed class FakeNode(string name)
{
    public string Name => name;
    public ConcurrentDictionary<IpPort, IpPort> Translations { get; } = new();
    public ConcurrentDictionary<(IpProtocol, IpPort), IInboundListener> Listeners { get; } = new();
    public ConcurrentDictionary<IpPort, FlowAction> Answers { get; } = new();
    public ConcurrentQueue<OpenFlow> Opened { get; } = new();
    public ConcurrentQueue<CloseFlow> Closed { get; } = new();

    /// <summary>Set: every flow's source becomes this address, as masquerading does.</summary>
    public Ip? Masquerade { get; set; }

    public FlowVerdict Decide(OpenFlow open)
    {
        Opened.Enqueue(open);
        var original = open.Flow;
        var flow = Translations.TryGetValue(original.Destination, out var target) ? original with { Destination = target } : original;
        if (Masquerade is { } ip) flow = flow with { Source = flow.Source with { Ip = ip } };
        var action = Answers.TryGetValue(original.Destination, out var answer) ? answer
            : Listeners.ContainsKey((flow.Protocol, flow.Destination)) ? FlowAction.Deliver
            : FlowAction.Forward;
        Listeners.TryGetValue((flow.Protocol, flow.Destination), out var listener);
        IReadOnlyList<TraceHop> hops = open.Trace ? [new TraceHop($"node/{name}", action.ToString().ToLowerInvariant(), $"{open.Origin} {flow}", 7, 0)] : [];
        return new FlowVerdict(action, original, flow, listener, $"{name} says {action}", 7, hops, open.Tag);
    }
}

/// <summary>The fake node's data path actor.</summary>
internal sealed class FakeDataPath : ReceiveActor
{
    private readonly List<IActorRef> _watchers = [];

    public FakeDataPath(FakeNode node)
    {
        Receive<OpenFlow>(open => { Sender.Tell(node.Decide(open)); });
        Receive<CloseFlow>(close => { node.Closed.Enqueue(close); });
        Receive<WatchPortStates>(watch =>
        {
            _watchers.Add(watch.Subscriber);
            watch.Subscriber.Tell(new PortStatesFrame(node.Name, 1, true, []));
        });
        Receive<PortStatesFrame>(frame =>
        {
            foreach (var watcher in _watchers) watcher.Tell(frame);
        });
    }

    public static Props PropsFor(FakeNode node) => Props.Create(() => new FakeDataPath(node));
}

/// <summary>A listener that answers by a delegate.</summary>
internal sealed class FakeListener(IpProtocol protocol, string owner) : IInboundListener
{
    public IpProtocol Protocol => protocol;
    public string Owner => owner;
    public ConcurrentQueue<InboundConnection> Accepted { get; } = new();
    public ConcurrentQueue<Flow> Datagrams { get; } = new();
    public Action<InboundConnection>? OnAccept { get; init; }
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>? OnDatagram { get; init; }

    public void Accept(InboundConnection connection)
    {
        Accepted.Enqueue(connection);
        OnAccept?.Invoke(connection);
    }

    public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply)
    {
        Datagrams.Enqueue(flow);
        if (OnDatagram?.Invoke(payload) is { } answer) reply(answer);
    }
}

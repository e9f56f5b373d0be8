using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

/// <summary>A data path that delivers to open ports, rejects at closed ones and, while <c>Drops</c> is true, loses everything. It repeats commands to a probe.</summary>
internal sealed class FakeDataPath : ReceiveActor
{
    public sealed record Drops(bool Value);

    private readonly Dictionary<(IpPort, IpProtocol), IInboundListener> _listeners = [];
    private bool _drops;

    public FakeDataPath(IActorRef probe)
    {
        Receive<AddListener>(message =>
        {
            _listeners[(message.Address, message.Listener.Protocol)] = message.Listener;
            probe.Tell(message);
        });
        Receive<RemoveListener>(message =>
        {
            _listeners.Remove((message.Address, message.Listener.Protocol));
            probe.Tell(message);
        });
        Receive<AddPod>(message => { probe.Tell(message); });
        Receive<RemovePod>(message => { probe.Tell(message); });
        Receive<Drops>(message => { _drops = message.Value; });
        Receive<CloseFlow>(_ => { });
        Receive<OpenFlow>(message =>
        {
            var listener = _listeners.GetValueOrDefault((message.Flow.Destination, message.Flow.Protocol));
            var action = _drops ? FlowAction.Drop : listener is null ? FlowAction.Reject : FlowAction.Deliver;
            Sender.Tell(new FlowVerdict(action, message.Flow, message.Flow, listener, "", 0, [], message.Tag));
        });
    }

    public static Props PropsFor(IActorRef probe) => Props.Create(() => new FakeDataPath(probe));
}

/// <summary>Listeners that answer probes only.</summary>
internal sealed class FakeListeners : IWorkloadListeners
{
    public IWorkloadListener Open(ListenerPlan plan, ContainerFacts facts, IActorRef runner, int attempt) => new Listener(plan, facts);

    private sealed class Listener(ListenerPlan plan, ContainerFacts facts) : IWorkloadListener
    {
        public ListenerPlan Plan => plan;
        public ContainerFacts Facts => facts;
        public IpProtocol Protocol => plan.Protocol;
        public string Owner => facts.Owner;

        public void Accept(InboundConnection connection) => connection.Stream.Dispose();

        public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) => reply(payload);

        public void Dispose()
        {
        }
    }
}

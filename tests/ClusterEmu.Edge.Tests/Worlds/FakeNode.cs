using System.Collections.Concurrent;
using System.Text;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

/// <summary>
/// A node whose only NodePort echoes in capitals; what it does with packets can be changed by telling it a <see cref="WirePortAction"/>.
/// Its kube-proxy answers health checks with 200, or with the <see cref="Health"/> that it is told.
/// </summary>
internal sealed class FakeNode : ReceiveActor
{
    private readonly List<IActorRef> _watchers = [];
    private readonly string _name;
    private readonly int _port;
    private WirePortAction _action = WirePortAction.Forward;
    private int _health = 200;

    public FakeNode(string name, int port, ConcurrentQueue<OpenFlow> opened)
    {
        (_name, _port) = (name, port);
        var listener = new Echo($"pod/default/on-{name}");
        Receive<OpenFlow>(open =>
        {
            if (open.Flow.Destination.Port == HealthTarget.ProxyPort)
            {
                var answers = _health > 0 && open.Flow.Source.Ip == HealthTarget.Checker;
                Sender.Tell(new FlowVerdict(
                    answers ? FlowAction.Deliver : FlowAction.Drop, open.Flow, open.Flow, answers ? new HealthPage(_health) : null, $"{name}: health {_health}", 3, [], open.Tag));
                return;
            }
            opened.Enqueue(open);
            var action = open.Flow.Destination.Port != port ? FlowAction.Reject
                : _action == WirePortAction.Forward ? FlowAction.Deliver
                : (FlowAction)_action;
            IReadOnlyList<TraceHop> hops = open.Trace ? [new TraceHop($"node/{name}", "deliver", open.Flow.ToString(), 3, 0)] : [];
            Sender.Tell(new FlowVerdict(action, open.Flow, open.Flow, action == FlowAction.Deliver ? listener : null, $"{name}: {action}", 3, hops, open.Tag));
        });
        Receive<CloseFlow>(_ => { });
        Receive<WatchPortStates>(watch =>
        {
            _watchers.Add(watch.Subscriber);
            watch.Subscriber.Tell(Frame());
        });
        Receive<Health>(message => { _health = message.Code; });
        Receive<Act>(message =>
        {
            _action = message.Action;
            foreach (var watcher in _watchers) watcher.Tell(Frame());
        });
    }

    public sealed record Act(WirePortAction Action);

    /// <param name="Code">HTTP status; 0: it does not answer.</param>
    public sealed record Health(int Code);

    public static Props PropsFor(string name, int port, ConcurrentQueue<OpenFlow> opened) => Props.Create(() => new FakeNode(name, port, opened));

    private PortStatesFrame Frame() =>
        new(_name, 1, true, [new WirePort(IpProtocol.Tcp, _port, _action), new WirePort(IpProtocol.Udp, _port, _action)]);

    private sealed class HealthPage(int code) : IInboundListener
    {
        public IpProtocol Protocol => IpProtocol.Tcp;
        public string Owner => "kube-proxy";

        public void Accept(InboundConnection connection) => _ = Task.Run(async () =>
        {
            await using var stream = connection.Stream;
            Assert.True(await stream.ReadAsync(new byte[1024]) > 0);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {code} Something\r\nContent-Length: 0\r\n\r\n"));
        });

        public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) =>
            throw new NotSupportedException("Health checks are asked over TCP.");
    }

    private sealed class Echo(string owner) : IInboundListener
    {
        public IpProtocol Protocol => IpProtocol.Tcp;
        public string Owner => owner;

        public void Accept(InboundConnection connection) => _ = Task.Run(async () =>
        {
            await using var stream = connection.Stream;
            var buffer = new byte[1024];
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0)
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{connection.Flow.Source.Ip} {Encoding.ASCII.GetString(buffer, 0, count).ToUpperInvariant()}"));
        });

        public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) =>
            reply(Encoding.ASCII.GetBytes($"{flow.Source.Ip} {Encoding.ASCII.GetString(payload.Span).ToUpperInvariant()}"));
    }
}

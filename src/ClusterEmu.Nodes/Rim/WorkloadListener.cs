using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>A port of a container: connections go to the process's Kestrel, TLS taken off; raw and DNS ones are served here.</summary>
internal sealed class WorkloadListener(
    ListenerPlan plan,
    ContainerFacts facts,
    IActorRef runner,
    int attempt,
    NodePower power,
    WorkloadTransport transport,
    X509Certificate2? certificate,
    IDnsAnswers dns) : IWorkloadListener, IFastListener
{
    private readonly Lock _lock = new();
    private readonly HashSet<ContainerStream> _open = [];
    private bool _closed;

    public ListenerPlan Plan => plan;
    public ContainerFacts Facts => facts;
    public IpProtocol Protocol => plan.Protocol;
    public string Owner { get; } = facts.Owner;

    public void Accept(InboundConnection connection)
    {
        var stream = new ContainerStream(connection.Stream, Forget);
        lock (_lock)
        {
            if (!_closed && _open.Add(stream))
            {
                _ = ServeAsync(connection.Flow, stream);
                return;
            }
        }

        // The process ended while the packet was on its way: the kernel resets.
        (connection.Stream as FabricStream)?.Abort("the process that listened has ended");
        connection.Stream.Dispose();
    }

    public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply)
    {
        if (_closed || power.IsOff) return;
        var answer = plan.Kind switch
        {
            ListenerKind.Dns => dns.Answer(payload, false),
            _ => plan.Datagrams?.Invoke(payload, flow.Source, facts) ?? default,
        };
        if (!answer.IsEmpty) reply(answer);
    }

    public void Answer(FastRequest request, DateTimeOffset now)
    {
        if (power.IsOff) request.Fail(FastOutcome.Dropped, DecisionCause.Routed, "");
        else if (_closed) request.Fail(FastOutcome.Reset, DecisionCause.Routed, request.Trace ? "the process that listened has ended" : "");
        else if (FastDelivery.Answer(request, plan, facts, now, dns) is { } exit) EndProcess(exit);
    }

    public void EndProcess(ProcessExit exit) => runner.Tell(new PodRunner.Command.EndProcess(facts.Container, attempt, exit), ActorRefs.NoSender);

    public void Dispose()
    {
        ContainerStream[] open;
        lock (_lock)
        {
            if (_closed) return;
            _closed = true;
            open = [.. _open];
            _open.Clear();
        }

        foreach (var stream in open)
        {
            if (power.IsOff) stream.Silence();
            else stream.Dispose();
        }
    }

    private void Forget(ContainerStream stream)
    {
        lock (_lock) _open.Remove(stream);
    }

    private async Task ServeAsync(Flow flow, ContainerStream stream)
    {
        try
        {
            switch (plan.Kind)
            {
                case ListenerKind.Http:
                    Hand(stream, flow);
                    return;
                case ListenerKind.Https when certificate is not null:
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(certificate).ConfigureAwait(false);
                    Hand(tls, flow);
                    return;
                case ListenerKind.Dns:
                    await ServeDnsAsync(stream).ConfigureAwait(false);
                    break;
                case ListenerKind.Raw:
                    await GreetAsync(stream, flow).ConfigureAwait(false);
                    break;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away or speaks no TLS: a server closes and goes on with others.
            stream.Dispose();
        }

        await stream.DisposeAsync().ConfigureAwait(false);
    }

    private void Hand(Stream stream, Flow flow)
    {
        if (!transport.TryAdd(new WorkloadConnection(stream, this, flow))) stream.Dispose();
    }

    private async Task GreetAsync(ContainerStream stream, Flow flow)
    {
        var text = plan.Greeting?.Invoke(flow.Source, facts) ?? "";
        if (text.Length > 0)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
            return;
        }

        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
            // What comes is read and forgotten.
        }
    }

    private async Task ServeDnsAsync(ContainerStream stream)
    {
        var length = new byte[2];
        while (await stream.ReadAtLeastAsync(length, 2, throwOnEndOfStream: false).ConfigureAwait(false) == 2)
        {
            var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(query).ConfigureAwait(false);
            var answer = dns.Answer(query, true);
            if (answer.IsEmpty) return;
            var frame = new byte[2 + answer.Length];
            BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)answer.Length);
            answer.CopyTo(frame.AsMemory(2));
            await stream.WriteAsync(frame).ConfigureAwait(false);
        }
    }
}

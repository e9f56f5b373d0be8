using System.Net;
using System.Net.Sockets;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Opens emulated TCP connections: for senders of this process, and on behalf of other processes.</summary>
internal sealed class StreamOpener(FlowRouter router, FabricConnector connector, EphemeralPorts ports, Func<EndPoint?> apiServer)
{
    private const int ApiServerPort = 6443;

    /// <summary>When a SYN without an answer is sent again, each time after twice the wait; Linux stops after 127 s.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private const int MaxAttempts = 7;

    public async Task<DialResult> DialAsync(Dial dial, CancellationToken cancellationToken)
    {
        var hops = new HopLog(dial.Trace);
        var port = ports.Take(dial.Source, IpProtocol.Tcp);
        var local = new IpPort(dial.Source, port);
        if (port == 0)
        {
            return new DialResult(DialOutcome.Unreachable, null, local, default, "",
                $"{dial.Sender} has all its {EphemeralPorts.Last - EphemeralPorts.First + 1} source ports in use. Close connections first.", []);
        }
        var flow = new Flow(IpProtocol.Tcp, local, dial.Destination);
        hops.Add(dial.Sender, "connect", flow.ToString());
        FabricStream? stream = null;
        Opened result;
        try
        {
            result = await SendAsync(dial.From ?? FlowRouter.Outside, dial.Origin, flow, dial.Sender, hops, cancellationToken).ConfigureAwait(false);
            stream = result.Connection;
        }
        finally
        {
            if (stream is not null) stream.OnClosed(() => ports.Return(dial.Source, IpProtocol.Tcp, port));
            else ports.Return(dial.Source, IpProtocol.Tcp, port);
        }
        return new DialResult(result.Outcome, result.Connection, local, result.Server, result.ServerName, result.Reason, hops.Hops);
    }

    /// <summary>Sends the first packet, and again while it is lost, until the token fires.</summary>
    private async Task<Opened> SendAsync(
        string target, FlowOrigin origin, Flow flow, string sender, HopLog hops, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        var attemptHops = hops;
        var last = Opened.Failed(DialOutcome.TimedOut, "No answer came in time.");
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            try
            {
                last = await OpenAsync(target, origin, flow, sender, attemptHops, cancellationToken).ConfigureAwait(false);
                if (last.Outcome != DialOutcome.TimedOut)
                {
                    if (attempt == 1) return last;
                    hops.Add(sender, "retransmit", $"attempt {attempt} was answered");
                    hops.AddFrom(attemptHops.Hops, hops.ElapsedMicroseconds - attemptHops.ElapsedMicroseconds);
                    return last;
                }
                await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            wait *= 2;
            attemptHops = new HopLog(hops.Enabled);
        }
        hops.Add(sender, "timeout", last.Reason);
        return last;
    }

    /// <summary>One attempt. A packet that is dropped gives TimedOut at once.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    private async Task<Opened> OpenAsync(
        string target, FlowOrigin origin, Flow flow, string sender, HopLog hops, CancellationToken cancellationToken)
    {
        var passed = new PassedNodes();
        try
        {
            var end = await router.RouteAsync(target, origin, flow, NextHop.Limit, hops, passed, cancellationToken).ConfigureAwait(false);
            return await ContinueAsync(end, sender, hops, passed, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            passed.Close();
            throw;
        }
    }

    /// <summary>Goes on from where routing ended. The data paths passed are told when the connection closes, or now if there is none.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public async Task<Opened> ContinueAsync(
        RouteEnd end, string sender, HopLog hops, PassedNodes passed, CancellationToken cancellationToken)
    {
        var opened = Opened.Failed(DialOutcome.TimedOut, "The attempt was given up.");
        try
        {
            opened = end switch
            {
                RouteEnd.Delivered arrived => Deliver(arrived, passed),
                RouteEnd.Elsewhere onward => await AskElsewhereAsync(onward, sender, hops, cancellationToken).ConfigureAwait(false),
                RouteEnd.ControlPlane arrived => await DialApiServerAsync(arrived.Flow, hops, cancellationToken).ConfigureAwait(false),
                RouteEnd.Failed failed => Opened.Failed(failed.Outcome, failed.Reason),
                _ => throw new InvalidOperationException($"No route ends in {end}."),
            };
            if (opened.Connection is { } connected) opened = opened with { Connection = passed.Guard(connected) };
            return opened;
        }
        finally
        {
            if (opened.Connection is { } stream) stream.OnClosed(passed.Close);
            else passed.Close();
        }
    }

    private static Opened Deliver(RouteEnd.Delivered end, PassedNodes passed)
    {
        var (client, server) = PipeConnection.Open();
        end.Listener.Accept(new InboundConnection(end.Flow, passed.Guard(server)));
        return new Opened(DialOutcome.Connected, client, end.Flow.Destination, end.Listener.Owner, "");
    }

    private async Task<Opened> AskElsewhereAsync(RouteEnd.Elsewhere end, string sender, HopLog hops, CancellationToken cancellationToken)
    {
        var offset = hops.ElapsedMicroseconds;
        SocketEnd? stream = null;
        try
        {
            stream = new SocketEnd(await FabricConnector.ConnectAsync(end.Peer.Host, end.Peer.Port, cancellationToken).ConfigureAwait(false));
            var header = connector.Header(FabricRequestKind.OpenStream, end.Target, end.Origin, end.Flow, hops.Enabled, sender, end.Ttl);
            await stream.WriteAsync(header, cancellationToken).ConfigureAwait(false);
            var verdict = await FrameIo.ReadVerdictAsync(stream, cancellationToken).ConfigureAwait(false);
            hops.AddFrom(verdict.Hops, offset);
            if (verdict.Outcome != WireOutcome.Connected) return Opened.Failed((DialOutcome)verdict.Outcome, verdict.Reason);
            var opened = new Opened(DialOutcome.Connected, stream, verdict.Server, verdict.ServerName, "");
            stream = null;
            return opened;
        }
        catch (Exception error) when (error is SocketException or IOException or WireException)
        {
            var reason = $"Process {end.Peer.Name} at {end.Peer.Host}:{end.Peer.Port} does not answer, so the packet is lost: {error.Message}";
            hops.Add(end.Target.Length == 0 ? "edge" : $"node/{end.Target}", "drop", reason);
            return Opened.Failed(DialOutcome.TimedOut, reason);
        }
        finally
        {
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Opened> DialApiServerAsync(Flow flow, HopLog hops, CancellationToken cancellationToken)
    {
        if (flow.Destination.Port != ApiServerPort || apiServer() is not { } address)
        {
            var why = flow.Destination.Port != ApiServerPort
                ? $"The control plane listens on port {ApiServerPort} only, not on {flow.Destination.Port}."
                : "The API server's address is not known here. Set cluster-emu.process.api-server.";
            hops.Add("control-plane", "reject", why);
            return Opened.Failed(DialOutcome.Refused, why);
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            hops.Add("control-plane", "deliver", $"{flow.Destination} is the API server");
            return new Opened(DialOutcome.Connected, new SocketEnd(socket), flow.Destination, "control-plane", "");
        }
        catch (SocketException error)
        {
            socket.Dispose();
            hops.Add("control-plane", "reject", error.Message);
            return Opened.Failed(DialOutcome.Refused, $"The API server does not answer: {error.Message}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>What one attempt to connect gave.</summary>
internal sealed record Opened(DialOutcome Outcome, FabricStream? Connection, IpPort Server, string ServerName, string Reason)
{
    public static Opened Failed(DialOutcome outcome, string reason) => new(outcome, null, default, "", reason);
}

using System.Security.Cryptography.X509Certificates;
using ClusterEmu.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClusterEmu.Nodes;

/// <summary>All emulated servers of a process: one Kestrel over an in-memory transport. It makes the listeners of containers.</summary>
public sealed class WorkloadServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly WorkloadTransport _transport = new();
    private readonly X509Certificate2? _certificate;
    private readonly IDnsAnswers _dns;

    private WorkloadServer(X509Certificate2? certificate, IDnsAnswers dns)
    {
        _certificate = certificate;
        _dns = dns;
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(_transport.EndPoint, listen => listen.Protocols = HttpProtocols.Http1);
        _kestrel = new KestrelServer(Options.Create(options), _transport, NullLoggerFactory.Instance);
    }

    /// <param name="determinism">Clock of the programs.</param>
    /// <param name="certificate">What HTTPS listeners show; without one they reset connections.</param>
    /// <param name="dns">What DNS listeners answer.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<WorkloadServer> StartAsync(
        Determinism determinism, X509Certificate2? certificate, IDnsAnswers dns, CancellationToken cancellationToken = default)
    {
        var server = new WorkloadServer(certificate, dns);
        await server._kestrel.StartAsync(new WorkloadHttp(determinism), cancellationToken).ConfigureAwait(false);
        return server;
    }

    /// <summary>The listeners of one machine: while it is off, they say nothing any more.</summary>
    public IWorkloadListeners For(NodePower power) => new Machine(this, power);

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _kestrel.StopAsync(soon.Token).ConfigureAwait(false);
        _kestrel.Dispose();
    }

    private sealed class Machine(WorkloadServer server, NodePower power) : IWorkloadListeners
    {
        public IWorkloadListener Open(ListenerPlan plan, ContainerFacts facts, IActorRef runner, int attempt) =>
            new WorkloadListener(plan.NeedsNames ? Gated(plan) : plan, facts, runner, attempt, power, server._transport, server._certificate, server._dns);

        private ListenerPlan Gated(ListenerPlan plan)
        {
            var dns = server._dns;
            return plan with { Http = (in HttpAsk ask, ContainerFacts known) => dns.Ready ? plan.Http!(ask, known) : HttpAnswer.Text("kubernetes", 503) };
        }
    }
}

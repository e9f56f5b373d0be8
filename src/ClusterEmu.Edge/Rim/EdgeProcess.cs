using System.Text.Json.Nodes;
using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>The edge role: load balancers, outside clients and hosts, listeners on the host.</summary>
public sealed class EdgeProcess : IAsyncDisposable
{
    private const string Role = "edge";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);
    private readonly List<IActorRef> _actors = [];
    private readonly IActorRef? _hostPorts;
    private ProcessEndpoint? _endpoint;

    private EdgeProcess(EdgeOptions options, ActorSystem system, IAsyncKubeClient client, FabricProcess fabric, IActorRef informerHub)
    {
        fabric.KeepDirectory(informerHub, options.Plan);
        var hosts = options.OutsideHosts.Select(OutsideHost.Parse).ToList();
        Requests = new RequestRunner(fabric);
        Senders = new OutsideSenders(hosts, options.Plan);
        if (options.HostListeners)
        {
            var events = Start(system, EventRecorder.PropsFor(client));
            Func<HostEndpoint, IHostListener> open = endpoint => endpoint.Protocol == IpProtocol.Udp
                ? new HostUdpListener(fabric, endpoint, system.Log)
                : new HostTcpListener(fabric, endpoint, system.Log);
            _hostPorts = Start(system, HostPorts.PropsFor(open, client, events, options.HostListenerNodes, options.Plan));
        }
        var servers = new Dictionary<(string, Ip, OutsideAnswer), OutsideServer>();
        var router = Start(system, EdgeRouter.PropsFor(new EdgeRouterSetup
        {
            Informers = informerHub,
            Plan = options.Plan,
            LoadBalancer = options.LoadBalancer,
            HealthAsker = new FabricHealthAsker(fabric),
            Hosts = hosts.SelectMany(host => host.Addresses.Select(ip => (ip, host))).DistinctBy(pair => pair.ip).ToDictionary(pair => pair.ip, pair => pair.host),
            ListenerFor = (host, ip, answer) =>
                servers.TryGetValue((host.Name, ip, answer), out var known) ? known : servers[(host.Name, ip, answer)] = new OutsideServer(host, ip, answer, Determinism.For(system), system.Log),
            WatchPorts = fabric.WatchPorts,
            HostListeners = _hostPorts,
        }));
        fabric.RegisterOutside(router);
    }

    /// <summary>Sends requests from outside.</summary>
    public RequestRunner Requests { get; }

    /// <summary>Who can send them.</summary>
    public IRequestSenders Senders { get; }

    /// <summary>The process endpoint's address; null without one.</summary>
    public Uri? Address => _endpoint?.Address;

    /// <summary>Starts the role in this process. It registers itself once its endpoint, if any, listens.</summary>
    /// <exception cref="ArgumentException">The options have problems; the message lists them.</exception>
    public static async Task<EdgeProcess> StartAsync(
        EdgeOptions options, ActorSystem system, IAsyncKubeClient client, FabricProcess fabric, IActorRef informerHub,
        CancellationToken cancellationToken = default)
    {
        var problems = options.Problems().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join('\n', problems), nameof(options));
        var process = new EdgeProcess(options, system, client, fabric, informerHub);
        var name = options.Endpoint?.Name is { Length: > 0 } configured ? configured : Role;
        if (options.Endpoint is { } endpoint)
        {
            process._endpoint = await ProcessEndpoint.StartAsync(
                endpoint,
                routes =>
                {
                    routes.MapRequests(process.Requests, process.Senders);
                    routes.MapStatus(name, Role, process.DescribeAsync);
                },
                cancellationToken).ConfigureAwait(false);
        }
        var address = process.Address?.GetLeftPart(UriPartial.Authority);
        process.Start(system, ProcessLease.PropsFor(client, new ProcessRegistration(name, Role, Environment.ProcessId, address, fabric.Address)));
        return process;
    }

    /// <summary>The listeners on the host; empty without any.</summary>
    public async Task<IReadOnlyList<HostPortRow>> ReadHostPortsAsync(CancellationToken cancellationToken = default) => _hostPorts is null
        ? []
        : (await _hostPorts.Ask<HostPortsRead>(new HostPorts.Query.ReadListeners(), QueryTimeout, cancellationToken).ConfigureAwait(false)).Rows;

    public async ValueTask DisposeAsync()
    {
        if (_endpoint is not null) await _endpoint.DisposeAsync().ConfigureAwait(false);
        foreach (var actor in Enumerable.Reverse(_actors)) await actor.GracefulStop(StopTimeout).ConfigureAwait(false);
    }

    private async Task DescribeAsync(JsonObject status, CancellationToken cancellationToken)
    {
        var rows = await ReadHostPortsAsync(cancellationToken).ConfigureAwait(false);
        status["listeners"] = new JsonArray(
        [
            .. rows.Select(row => (JsonNode)new JsonObject
            {
                ["service"] = row.Endpoint.Service,
                ["protocol"] = row.Endpoint.Protocol.ToString().ToUpperInvariant(),
                ["address"] = row.Endpoint.Address.ToString(),
                ["actual"] = row.Actual?.ToString(),
                ["state"] = row.Problem is null ? row.Endpoint.State.ToString().ToLowerInvariant() : "failed",
                ["problem"] = row.Problem,
            }),
        ]);
    }

    private IActorRef Start(ActorSystem system, Props props)
    {
        var actor = system.ActorOf(props);
        _actors.Add(actor);
        return actor;
    }
}

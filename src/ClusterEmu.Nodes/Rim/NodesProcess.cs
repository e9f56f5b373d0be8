using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using Microsoft.AspNetCore.Routing;

namespace ClusterEmu.Nodes;

/// <summary>The role <c>nodes</c>: a process's emulated nodes with their kubelets, kube-proxies, data paths and Pods, and its endpoint.</summary>
public sealed class NodesProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private readonly WorkloadServer _server;
    private readonly ProcessEndpoint? _endpoint;
    private readonly IActorRef _supervisor;

    private NodesProcess(WorkloadServer server, ProcessEndpoint? endpoint, IActorRef supervisor, IRequestSenders senders, IReadOnlyList<NodeSettings> nodes)
    {
        _server = server;
        _endpoint = endpoint;
        _supervisor = supervisor;
        Senders = senders;
        Nodes = nodes;
    }

    /// <summary>Its nodes, in the order of their numbers.</summary>
    public IReadOnlyList<NodeSettings> Nodes { get; }

    /// <summary>Where the API server reaches it; null if the options named no endpoint.</summary>
    public Uri? EndpointAddress => _endpoint?.Address;

    /// <summary>Its nodes and Pods as senders of requests, for a <see cref="RequestRunner"/> in the same process.</summary>
    public IRequestSenders Senders { get; }

    /// <summary>The routing table in force on one of its nodes; may be read at any time.</summary>
    /// <exception cref="ArgumentException">The process has no such node; the message lists those it has.</exception>
    public async Task<NodeTable> TableAsync(string node, CancellationToken cancellationToken = default)
    {
        var listed = await _supervisor.Ask<NodesSupervisor.NodesListed>(new NodesSupervisor.Command.ListNodes(), cancellationToken).ConfigureAwait(false);
        var host = listed.Hosts.FirstOrDefault(host => host.Settings.Name == node).Host
            ?? throw new ArgumentException($"There is no node '{node}' in this process. It has: {string.Join(", ", Nodes.Take(20).Select(other => other.Name))}.", nameof(node));
        return (await host.Ask<NodeHost.NetworkRead>(new NodeHost.Command.ReadNetwork(), cancellationToken).ConfigureAwait(false)).Table;
    }

    /// <summary>Starts the nodes. They register themselves; nobody is waited for.</summary>
    /// <param name="options">Which nodes, and how they behave.</param>
    /// <param name="system">Where the actors live. Its <see cref="Determinism"/> is the clock.</param>
    /// <param name="client">The cluster's API.</param>
    /// <param name="fabric">The process's emulated network; its directory is the caller's to keep.</param>
    /// <param name="informerHub">The process's informer hub.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">The options have problems; the message lists them.</exception>
    /// <exception cref="IOException">The endpoint's port is taken.</exception>
    public static async Task<NodesProcess> StartAsync(
        NodesOptions options, ActorSystem system, IAsyncKubeClient client, FabricProcess fabric, IActorRef informerHub, CancellationToken cancellationToken = default)
    {
        var problems = options.Problems().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join('\n', problems), nameof(options));
        var determinism = Determinism.For(system);
        var names = new ZoneFeed();
        var server = await WorkloadServer.StartAsync(determinism, WorkloadCertificate.Create(determinism.UtcNow), new ZoneAnswers(names), cancellationToken)
            .ConfigureAwait(false);

        // The nodes report the endpoint's port, and the endpoint answers for the nodes: its requests wait for them.
        var started = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        var senders = new LateSenders(options, started.Task);
        ProcessEndpoint? endpoint = null;
        try
        {
            if (options.Endpoint is { } where)
            {
                endpoint = await ProcessEndpoint.StartAsync(where, routes => Map(routes, options, started.Task, determinism, new RequestRunner(fabric), senders), cancellationToken)
                    .ConfigureAwait(false);
            }

            var registration = new ProcessRegistration(options.Process, "nodes", Environment.ProcessId, endpoint?.Address.ToString().TrimEnd('/'), fabric.Address);
            var parts = new NodesParts(
                options, client, informerHub, new FabricNodeSwitch(fabric), server.For, names, registration, endpoint?.Address.Port ?? 0);
            var supervisor = system.ActorOf(NodesSupervisor.PropsFor(parts), $"nodes-of-{options.Process}");
            started.SetResult(supervisor);
            return new NodesProcess(server, endpoint, supervisor, senders, options.Machines(parts.KubeletPort));
        }
        catch
        {
            if (endpoint is not null) await endpoint.DisposeAsync().ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_endpoint is not null) await _endpoint.DisposeAsync().ConfigureAwait(false);
        await _supervisor.GracefulStop(StopPatience).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }

    private static void Map(
        IEndpointRouteBuilder routes, NodesOptions options, Task<IActorRef> started, Determinism determinism, RequestRunner runner, IRequestSenders senders)
    {
        routes.MapRequests(runner, senders);
        routes.MapTables(started, determinism);
        routes.MapStatus(options.Process, "nodes", async (status, cancellationToken) =>
            await NodeRoutes.DescribeAsync(status, await started.ConfigureAwait(false), determinism, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The senders of nodes that may still be starting.</summary>
    private sealed class LateSenders(NodesOptions options, Task<IActorRef> supervisor) : IRequestSenders
    {
        public async ValueTask<RequestSender> FindAsync(string from, CancellationToken cancellationToken)
        {
            var actor = await supervisor.WaitAsync(cancellationToken).ConfigureAwait(false);
            return await new NodeSenders(options, actor).FindAsync(from, cancellationToken).ConfigureAwait(false);
        }
    }
}

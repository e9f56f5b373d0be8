using System.Globalization;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane;
using ClusterEmu.Edge;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Nodes;

namespace ClusterEmu.Cli.Roles;

/// <summary>What runs in a process of each role. Disposing it stops it, in the reverse order of its start.</summary>
internal sealed class RoleComposition : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly Config _config;
    private readonly ActorSystem _system;

    private RoleComposition(Config config, ActorSystem system)
    {
        _config = config;
        _system = system;
    }

    /// <summary>One line for the log.</summary>
    public string Summary { get; private set; } = "";

    /// <exception cref="CommandFailure">The configuration has problems, all of which are told; or something could not be started.</exception>
    public static async Task<RoleComposition> StartAsync(string role, Config config, ActorSystem system, CancellationToken cancellationToken)
    {
        var composition = new RoleComposition(config, system);
        try
        {
            await (role switch
            {
                "control-plane" => composition.ControlPlaneAsync(cancellationToken),
                "nodes" => composition.NodesAsync(cancellationToken),
                "edge" => composition.EdgeAsync(cancellationToken),
                _ => throw new CommandFailure($"There is no role '{role}'. There are control-plane, nodes and edge.", 2),
            });
            return composition;
        }
        catch (Exception cause)
        {
            await composition.DisposeAsync();
            if (cause is ArgumentException or IOException or UnauthorizedAccessException or FormatException or ConfigurationException)
                throw new CommandFailure(cause.Message, cause is FormatException or ConfigurationException ? 2 : 1);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part)) await part.DisposeAsync();
    }

    private async Task ControlPlaneAsync(CancellationToken cancellationToken)
    {
        var options = ControlPlaneOptions.From(_config);
        var controllers = ControllerOptions.From(_config);
        Require(ClusterAddresses.Problems(_config), options.Problems(), controllers.Problems());
        var pki = ClusterPki.Open(options.PkiDirectory);
        var process = Keep(await ControlPlaneProcess.StartAsync(options, _system, cancellationToken));
        var hub = _system.ActorOf(InformerHub.PropsFor(process.Client), "informers");
        ControllerManager.Start(_system, process.Client, hub, controllers with { RootCa = pki.AuthorityPem, TokenFor = process.TokenFor });
        var registration = new ProcessRegistration(ProcessName("control-plane"), "control-plane", Environment.ProcessId, AsOthersReachIt(process.ApiAddress, options), Fabric: null);
        _system.ActorOf(ProcessLease.PropsFor(process.Client, registration), "process-lease");
        Summary = string.Create(CultureInfo.InvariantCulture, $"the API is at {process.ApiAddress}");
    }

    private async Task NodesAsync(CancellationToken cancellationToken)
    {
        var options = NodesOptions.From(_config);
        var fabricOptions = FabricOptions.From(_config);
        Require(ClusterAddresses.Problems(_config), options.Problems(), fabricOptions.Problems(), ApiServerProblems());
        var (client, hub) = Connect();
        var fabric = Keep(FabricProcess.Start(fabricOptions, _system));
        fabric.KeepDirectory(hub, options.Plan);
        Keep(await NodesProcess.StartAsync(options, _system, client, fabric, hub, cancellationToken));
        Summary = string.Create(CultureInfo.InvariantCulture, $"{options.Count} nodes from node-{options.First} on");
    }

    private async Task EdgeAsync(CancellationToken cancellationToken)
    {
        var options = EdgeOptions.From(_config);
        var fabricOptions = FabricOptions.From(_config);
        Require(ClusterAddresses.Problems(_config), options.Problems(), fabricOptions.Problems(), ApiServerProblems());
        var (client, hub) = Connect();
        var fabric = Keep(FabricProcess.Start(fabricOptions, _system));
        Keep(await EdgeProcess.StartAsync(options, _system, client, fabric, hub, cancellationToken));
        Summary = options.HostListeners ? "listeners on this machine are on" : "listeners on this machine are off";
    }

    private (HttpKubeClient Client, IActorRef Hub) Connect()
    {
        var pki = ClusterPki.Open(_config.GetString("cluster-emu.process.pki-directory") ?? "");
        var client = new HttpKubeClient(new HttpKubeClientOptions
        {
            Server = new Uri(_config.GetString("cluster-emu.process.api-server")!),
            Ca = pki.Authority,
            ClientCertificate = pki.Certificate(ProcessName("")),
            ConnectPatience = TimeSpan.FromSeconds(5),
        });
        return (client, _system.ActorOf(InformerHub.PropsFor(client), "informers"));
    }

    private static string AsOthersReachIt(Uri bound, ControlPlaneOptions options) =>
        (options.AdvertisedHost.Length > 0 ? new UriBuilder(bound) { Host = options.AdvertisedHost }.Uri : bound).GetLeftPart(UriPartial.Authority);

    private string ProcessName(string usual) => _config.GetString("cluster-emu.process.name") is { Length: > 0 } name ? name : usual;

    private IEnumerable<string> ApiServerProblems()
    {
        var text = _config.GetString("cluster-emu.process.api-server");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme != Uri.UriSchemeHttps)
            yield return $"cluster-emu.process.api-server is '{text}', but must be the API server's address, such as https://127.0.0.1:6443.";
    }

    private T Keep<T>(T part) where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    private static void Require(params IEnumerable<string>[] problems)
    {
        var all = problems.SelectMany(list => list).Distinct(StringComparer.Ordinal).ToList();
        if (all.Count > 0) throw new CommandFailure(string.Join(Environment.NewLine, all), 2);
    }
}

using System.Net;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>The emulated network of one process: its nodes' data paths, its listener for other processes, its dials.</summary>
/// <remarks>Nothing is static: a process may hold the fabrics of several clusters.</remarks>
public sealed class FabricProcess : IFabric, IAsyncDisposable
{
    private readonly FlowRouter _router;
    private readonly StreamOpener _streams;
    private readonly DatagramOpener _datagrams;
    private readonly FabricListener? _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ActorSystem _system;
    private readonly FabricConnector _connector;
    private FabricDirectory _directory = FabricDirectory.EmptyOf(new AddressPlan());
    private EndPoint? _apiServer;
    private int _kept;

    private FabricProcess(FabricOptions options, byte[] key, ActorSystem system)
    {
        _system = system;
        _apiServer = options.ApiServerEndPoint;
        _router = new FlowRouter(() => Volatile.Read(ref _directory));
        Fast = new FastNetwork(_router);
        _connector = new FabricConnector(key);
        var ports = new EphemeralPorts();
        _streams = new StreamOpener(_router, _connector, ports, () => Volatile.Read(ref _apiServer));
        _datagrams = new DatagramOpener(_router, _connector, ports);
        if (options.Listen) _listener = new FabricListener(options, key, system, _router, _streams, _datagrams);
    }

    /// <summary>Where other processes reach this one, <c>host:port</c>; null if it does not listen.</summary>
    public string? Address => _listener?.Address;

    /// <summary>Who has which address. Set by <see cref="DirectoryKeeper"/>, or by a test.</summary>
    public FabricDirectory Directory
    {
        get => Volatile.Read(ref _directory);
        set => Volatile.Write(ref _directory, value);
    }

    /// <summary>Requests as messages, among the nodes of this process.</summary>
    public FastNetwork Fast { get; }

    /// <summary>Where connections to the control plane's address really go; null: nowhere, they are refused.</summary>
    public EndPoint? ApiServer
    {
        get => Volatile.Read(ref _apiServer);
        set => Volatile.Write(ref _apiServer, value);
    }

    /// <summary>Makes the fabric of this process and, if the options say so, listens for other processes.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address or port cannot be bound.</exception>
    /// <exception cref="ArgumentException">The options have problems; the message lists them.</exception>
    public static FabricProcess Start(FabricOptions options, ActorSystem system)
    {
        var problems = options.Problems().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join('\n', problems), nameof(options));
        var key = options.Listen ? ClusterPki.Open(options.PkiDirectory).FabricKey : [];
        return Start(options, key, system);
    }

    internal static FabricProcess Start(FabricOptions options, byte[] key, ActorSystem system)
    {
        var process = new FabricProcess(options, key, system);
        process._listener?.Start();
        return process;
    }

    /// <summary>From now on packets for the node go to this data path actor. Replaces an earlier one.</summary>
    public void RegisterNode(string node, IActorRef dataPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        _router.Register(node, dataPath);
    }

    /// <summary>From now on packets for the node are lost. Connections that are open stay so; their owners close them.</summary>
    public void UnregisterNode(string node) => _router.Unregister(node);

    /// <summary>The node lost its power: connections that end there or run through it hang; nobody is told, and no close gets through.</summary>
    public void CutNode(string node) => _router.Cut(node);

    /// <summary>The node has power again. It knows nothing of its former connections: what comes of them is answered with RST.</summary>
    public void RestoreNode(string node) => _router.Restore(node);

    /// <summary>The actor that stands for everything outside the nodes; it speaks the data paths' protocol. The edge process registers one.</summary>
    public void RegisterOutside(IActorRef outside) => _router.Register(FlowRouter.Outside, outside);

    /// <summary>Keeps <see cref="Directory"/> in step with the cluster. Every role calls it; the first call counts.</summary>
    /// <param name="informers">The process's InformerHub.</param>
    /// <param name="plan">The cluster's address ranges.</param>
    public void KeepDirectory(IActorRef informers, AddressPlan plan)
    {
        if (Interlocked.Exchange(ref _kept, 1) == 0) _system.ActorOf(DirectoryKeeper.PropsFor(informers, plan, this), $"directory-keeper-{Guid.NewGuid():N}");
    }

    public Task<DialResult> DialAsync(Dial dial, CancellationToken cancellationToken) => _streams.DialAsync(dial, cancellationToken);

    public Task<IDatagramChannel> OpenDatagramsAsync(Dial dial, CancellationToken cancellationToken) =>
        Task.FromResult<IDatagramChannel>(_datagrams.Open(dial));

    /// <summary>
    /// Tells <paramref name="subscriber"/> the node's <see cref="PortStatesFrame"/>s, wherever it runs, and one
    /// <see cref="PortStatesLost"/> whenever it can no longer be asked. Tries again by itself until disposed.
    /// </summary>
    public IDisposable WatchPorts(string node, IActorRef subscriber) =>
        new PortStatesSubscription(node, subscriber, _system, _router, _connector, () => Directory, _stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_listener is not null) await _listener.DisposeAsync().ConfigureAwait(false);
        _router.Close();
        _stopping.Dispose();
    }
}

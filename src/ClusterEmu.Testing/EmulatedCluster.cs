using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Fabric;

namespace ClusterEmu.Testing;

/// <summary>
/// A whole emulated cluster in this process: API server, controllers, nodes with kubelets and kube-proxies, cluster DNS, load balancers
/// and clients outside. Several may run at once; they share nothing.
/// </summary>
/// <remarks>Every wait is bounded, by <see cref="EmulatedClusterOptions.WaitTimeout"/> unless it names another time.</remarks>
public sealed partial class EmulatedCluster : IAsyncDisposable
{
    private readonly EmulatedClusterOptions _options;
    private readonly ClusterParts _parts;
    private readonly RequestRunner _requests;
    private int _disposed;

    private EmulatedCluster(EmulatedClusterOptions options, ClusterParts parts)
    {
        _options = options;
        _parts = parts;
        _requests = new RequestRunner(parts.Fabric);
    }

    /// <summary>The cluster's API without HTTP, in the administrator's name: for calls that this class has no method for.</summary>
    public IAsyncKubeClient Client => _parts.ControlPlane.Client;

    /// <summary>The nodes' names, in the order of their numbers.</summary>
    public IReadOnlyList<string> Nodes => [.. _parts.Nodes.Nodes.Select(node => node.Name)];

    /// <summary>The seed of the cluster's random streams; give it as <see cref="EmulatedClusterOptions.Seed"/> to draw the same numbers again.</summary>
    public ulong Seed => _parts.Determinism.Seed;

    /// <summary>Where the API is served.</summary>
    /// <exception cref="InvalidOperationException">The cluster was started without <see cref="EmulatedClusterOptions.Serve"/>.</exception>
    public Uri ApiAddress => Served(() => _parts.ControlPlane.ApiAddress);

    /// <summary>Starts a cluster. When this returns, the API answers, all nodes are Ready, and the cluster's DNS answers.</summary>
    /// <param name="options">What it is like; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting; what was started is stopped.</param>
    /// <exception cref="ArgumentException">The options have problems; the message lists them.</exception>
    /// <exception cref="WaitTimeoutException">It took longer than <see cref="EmulatedClusterOptions.StartTimeout"/>; the message says what is missing.</exception>
    /// <exception cref="IOException">A port or address cannot be used.</exception>
    public static async Task<EmulatedCluster> StartAsync(EmulatedClusterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatedClusterOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.StartTimeout);
        var parts = new ClusterParts(options);
        var stage = "the control plane did not start";
        try
        {
            await parts.StartAsync(limit.Token).ConfigureAwait(false);
            var cluster = new EmulatedCluster(options, parts);
            await cluster.BecomeReadyAsync(text => stage = text, limit.Token).ConfigureAwait(false);
            return cluster;
        }
        catch (Exception failure)
        {
            await parts.DisposeAsync().ConfigureAwait(false);
            if (failure is not OperationCanceledException || cancellationToken.IsCancellationRequested) throw;
            throw new WaitTimeoutException($"After {options.StartTimeout.TotalSeconds:0.#} s the cluster is not ready: {stage}. If this machine is just slow, raise StartTimeout.");
        }
    }

    /// <summary>Writes a kubeconfig for the administrator, readable by its owner only. Its context is called <c>clusteremu-test</c>.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The cluster was started without <see cref="EmulatedClusterOptions.Serve"/>.</exception>
    public async Task WriteKubeconfigAsync(string path, CancellationToken cancellationToken = default)
    {
        var text = Served(() => TestKubeconfig.Write(ApiAddress, _parts.Pki!));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var writer = new StreamWriter(path, options);
        await using (writer.ConfigureAwait(false)) await writer.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An HTTP client of the served API that trusts the cluster's CA and carries the administrator's token. The caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">The cluster was started without <see cref="EmulatedClusterOptions.Serve"/>.</exception>
    public HttpClient CreateHttpClient() => Served(() =>
    {
        var pki = _parts.Pki!;
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(pki.Authority);
        var handler = new SocketsHttpHandler { UseProxy = false, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } };
        return new HttpClient(handler) { BaseAddress = ApiAddress, DefaultRequestHeaders = { { "Authorization", $"Bearer {pki.Token}" } } };
    });

    /// <summary>Stops everything, within 30 s.</summary>
    /// <exception cref="TimeoutException">A part did not stop in time; the message names it.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) await _parts.DisposeAsync().ConfigureAwait(false);
    }

    private async Task BecomeReadyAsync(Action<string> stage, CancellationToken cancellationToken)
    {
        stage($"not all {_options.Nodes} nodes are Ready");
        await Watched(Kinds.Node, null)
            .UntilAsync(nodes => nodes.Count(node => ReadyRules.Missing(node) is null) >= _options.Nodes, cancellationToken).ConfigureAwait(false);
        stage("the cluster's DNS has no ready Pod");
        await Watched(Kinds.EndpointSlice, "kube-system", labels: "kubernetes.io/service-name=kube-dns")
            .UntilAsync(slices => slices.Any(slice => ReadyRules.Missing(slice) is null), cancellationToken).ConfigureAwait(false);
        stage("the cluster's DNS does not answer");
        // A node whose table comes late would ask nobody for so long.
        var asker = Nodes.MinBy(node => _options.KubeProxyDelays.GetValueOrDefault(node))!;
        var probe = new RequestSpec { Url = "tcp://kubernetes.default.svc.cluster.local:443", From = $"node/{asker}", TimeoutMs = 500 };
        while ((await RequestAsync(probe, cancellationToken).ConfigureAwait(false)) is { } report && report.Failed.Dns + report.Failed.Timeout > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken).ConfigureAwait(false);
    }

    private T Served<T>(Func<T> read) => _options.Serve
        ? read()
        : throw new InvalidOperationException("This cluster's API is not served over HTTPS. Start it with new EmulatedClusterOptions { Serve = true }, or use Client.");
}

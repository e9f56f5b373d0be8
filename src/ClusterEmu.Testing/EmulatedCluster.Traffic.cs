using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Testing;

/// <content>Requests, routing tables, and nodes switched off and on.</content>
public sealed partial class EmulatedCluster
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);

    /// <summary>Sends requests over the emulated network, one after another, and reports who answered.</summary>
    /// <param name="url"><c>http://</c>, <c>https://</c> (any certificate is taken, and reported) or <c>tcp://host:port</c>.</param>
    /// <param name="from">Who sends: <c>pod/NS/NAME</c>, <c>node/NAME</c>, <c>outside</c> (192.0.2.1) or <c>outside/IP</c>.</param>
    /// <param name="count">1 to 1,000,000; each on a connection of its own. Default: 1.</param>
    /// <param name="trace">Whether the report has the hops of the first 100 requests. Default: no.</param>
    /// <param name="timeout">Of each request, at most an hour; null: 5 s.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Requests that found no answer are counted there by reason; they do not throw.</returns>
    /// <exception cref="RequestRefusedException">Nothing was sent: the sender does not exist or cannot send, or the URL is none.</exception>
    public Task<RequestReport> RequestAsync(
        string url, string from = "outside", int count = 1, bool trace = false, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var spec = new RequestSpec { Url = url, From = from, Count = count, Trace = trace };
        if (timeout is { } limit) spec.TimeoutMs = (int)Math.Clamp(limit.TotalMilliseconds, 0, int.MaxValue);
        return RequestAsync(spec, cancellationToken);
    }

    /// <summary>The same with everything that can be said of requests: method, headers, body, kept connections.</summary>
    /// <exception cref="RequestRefusedException">Nothing was sent: the sender does not exist or cannot send, or the spec has problems.</exception>
    public async Task<RequestReport> RequestAsync(RequestSpec spec, CancellationToken cancellationToken = default)
    {
        var senders = spec.From.StartsWith("outside", StringComparison.Ordinal) ? _parts.Edge.Senders : _parts.Nodes.Senders;
        var sender = await senders.FindAsync(spec.From, cancellationToken).ConfigureAwait(false);
        return await _requests.RunAsync(spec, sender, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The routing table in force on a node: what <c>clusteremu node tables</c> shows.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="service"><c>NAMESPACE/NAME</c> for this Service alone; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">There is no such node; the message lists those there are.</exception>
    public async Task<NodeTableView> TableAsync(string node, string? service = null, CancellationToken cancellationToken = default)
    {
        var table = await _parts.Nodes.TableAsync(node, cancellationToken).ConfigureAwait(false);
        return table.View(_parts.Determinism.Microseconds, service is null ? null : ObjectName.Parse(service));
    }

    /// <summary>Waits until the table of every node that is on holds the Services and EndpointSlices as the API has them.</summary>
    /// <param name="timeout">Above 0; null: <see cref="EmulatedClusterOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WaitTimeoutException">A node is behind; the message says which, and in what.</exception>
    public async Task WaitForTablesAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var patience = PatienceOf(timeout);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        IReadOnlyList<string> behind = [];
        try
        {
            // Tables are memory that kube-proxies write and nobody announces: looking costs less than being told would.
            while ((behind = await BehindAsync(limit.Token).ConfigureAwait(false)).Count > 0) await Task.Delay(LookAgain, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WaitTimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"Not within {patience.TotalSeconds:0.##} s: every node's table has what the API has.{Environment.NewLine}{string.Join(Environment.NewLine, behind)}"));
        }
    }

    /// <summary>Cuts a node's power: its kubelet, kube-proxy and Pods are dead at once, and packets to it are lost. Returns when it is off.</summary>
    /// <remarks>The cluster notices later, when the node's Lease expires.</remarks>
    /// <exception cref="ClusterApiException">There is no such node (code 404).</exception>
    public Task NodeOffAsync(string node, CancellationToken cancellationToken = default) => SwitchAsync(node, "\"off\"", on: false, cancellationToken);

    /// <summary>Gives a node its power back. Returns when it boots; <c>WaitForReadyAsync("node/NAME")</c> waits until it is Ready.</summary>
    /// <exception cref="ClusterApiException">There is no such node (code 404).</exception>
    public Task NodeOnAsync(string node, CancellationToken cancellationToken = default) => SwitchAsync(node, "null", on: true, cancellationToken);

    private async Task SwitchAsync(string node, string power, bool on, CancellationToken cancellationToken)
    {
        var patch = $$$$"""{"metadata":{"annotations":{"{{{{Registration.PowerAnnotation}}}}":{{{{power}}}}}}}""";
        await PatchAsync<Node>(node, patch, cancellationToken: cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.WaitTimeout);
        try
        {
            while (await IsOnAsync(node, limit.Token).ConfigureAwait(false) != on) await Task.Delay(LookAgain, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WaitTimeoutException($"Not within {_options.WaitTimeout.TotalSeconds:0.##} s: node {node} is {(on ? "on" : "off")}.");
        }
    }

    private async Task<bool> IsOnAsync(string node, CancellationToken cancellationToken)
    {
        try
        {
            await _parts.Nodes.Senders.FindAsync($"node/{node}", cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestRefusedException refused) when (refused.Code == 409)
        {
            return false; // A node without power cannot send.
        }
    }

    /// <summary>A line for each node that is on and lacks something.</summary>
    private async Task<IReadOnlyList<string>> BehindAsync(CancellationToken cancellationToken)
    {
        var services = await ListAsync<Service>(ns: null, cancellationToken: cancellationToken).ConfigureAwait(false);
        var slices = await ListAsync<EndpointSlice>(ns: null, cancellationToken: cancellationToken).ConfigureAwait(false);
        var wanted = TableVersions.Of(TableCompiler.CompileAll(services, slices));
        var behind = new List<string>();
        foreach (var node in Nodes)
        {
            if (!await IsOnAsync(node, cancellationToken).ConfigureAwait(false)) continue;
            var table = await _parts.Nodes.TableAsync(node, cancellationToken).ConfigureAwait(false);
            var published = table.Published.Root;
            if (TableVersions.Difference(wanted, TableVersions.Of(published)) is not { } difference) continue;
            var lag = table.LagAt(_parts.Determinism.Microseconds).TotalMilliseconds;
            behind.Add(string.Create(
                CultureInfo.InvariantCulture, $"  {node}: table revision {published.Revision}, newest {table.Newest.Root.Revision}, lag {lag:0} ms; {difference}"));
        }
        return behind;
    }
}

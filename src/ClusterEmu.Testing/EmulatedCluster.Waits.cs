using System.Globalization;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Testing;

/// <content>Waiting for conditions. Objects are watched, so a wait ends with the change that fulfils it.</content>
public sealed partial class EmulatedCluster
{
    private const int MostShown = 5;

    /// <summary>Waits until an object is as wanted; one that is not there is not.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="wanted">Says whether it is; called after each change.</param>
    /// <param name="because">What is waited for, for the message: <c>"it has an address"</c>.</param>
    /// <param name="ns">Its namespace; of no account for kinds without one. Default: default.</param>
    /// <param name="timeout">Above 0; null: <see cref="EmulatedClusterOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object that was as wanted.</returns>
    /// <exception cref="WaitTimeoutException">It was not in time; the message shows its last state and events.</exception>
    public async Task<T> WaitForAsync<T>(
        string name, Func<T, bool> wanted, string because, string ns = Default, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        where T : class, IKubeObject
    {
        var kind = KindCatalog.Of<T>();
        var found = await WaitAsync(
            Watched(kind, In(kind, ns), name: name), objects => objects.Count > 0 && wanted((T)objects[0]),
            () => $"{kind.Singular} {Named(kind, ns, name)}: {because}", timeout, cancellationToken).ConfigureAwait(false);
        return (T)found[0];
    }

    /// <summary>Waits until the objects of a kind are as wanted, all together.</summary>
    /// <typeparam name="T">Its kind: <see cref="Pod"/>, <see cref="Service"/>, …</typeparam>
    /// <param name="wanted">Says whether they are; called after each change, with the objects by namespace and name.</param>
    /// <param name="because">What is waited for, for the message: <c>"it has an address"</c>.</param>
    /// <param name="labels">Only objects that this label selector selects; null for all.</param>
    /// <param name="ns">Their namespace; null for all. Default: default.</param>
    /// <param name="timeout">Above 0; null: <see cref="EmulatedClusterOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WaitTimeoutException">They were not in time; the message shows some of them.</exception>
    public async Task<IReadOnlyList<T>> WaitForAllAsync<T>(
        Func<IReadOnlyList<T>, bool> wanted, string because, string? labels = null, string? ns = Default, TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) where T : class, IKubeObject
    {
        var kind = KindCatalog.Of<T>();
        var found = await WaitAsync(
            Watched(kind, In(kind, ns), labels: labels), objects => wanted([.. objects.Cast<T>()]),
            () => $"{kind.Plural}: {because}", timeout, cancellationToken).ConfigureAwait(false);
        return [.. found.Cast<T>()];
    }

    /// <summary>Waits until there is no such object.</summary>
    /// <typeparam name="T">Its kind: <see cref="Pod"/>, <see cref="Service"/>, …</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="ns">Its namespace; of no account for kinds without one. Default: default.</param>
    /// <param name="timeout">Above 0; null: <see cref="EmulatedClusterOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WaitTimeoutException">It is still there; the message shows it.</exception>
    public Task WaitForGoneAsync<T>(string name, string ns = Default, TimeSpan? timeout = null, CancellationToken cancellationToken = default) where T : class, IKubeObject
    {
        var kind = KindCatalog.Of<T>();
        return WaitAsync(Watched(kind, In(kind, ns), name: name), objects => objects.Count == 0, () => $"{kind.Singular} {Named(kind, ns, name)}: it is gone", timeout, cancellationToken);
    }

    /// <summary>Waits until an object is ready, as <see cref="ReadyRules"/> says for its kind.</summary>
    /// <param name="what">Kind and name: <c>deployment/web</c>, <c>pod/client</c>, <c>node/node-1</c>, <c>svc/web-lb</c>.</param>
    /// <param name="ns">Its namespace; of no account for kinds without one. Default: default.</param>
    /// <param name="timeout">Above 0; null: <see cref="EmulatedClusterOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException"><paramref name="what"/> names no kind that the cluster serves; the message lists them.</exception>
    /// <exception cref="WaitTimeoutException">It was not ready in time; the message says what it lacks.</exception>
    public async Task<IKubeObject> WaitForReadyAsync(string what, string ns = Default, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var parts = what.Split('/');
        if (parts.Length != 2 || parts[1].Length == 0 || KindCatalog.ByAnyName(parts[0]) is not { } kind)
        {
            var known = string.Join(", ", KindCatalog.All.Select(other => other.Singular).Order(StringComparer.Ordinal));
            throw new ArgumentException($"'{what}' names no object. Write KIND/NAME, such as deployment/web. Kinds: {known}.", nameof(what));
        }
        var missing = "it does not exist";
        var found = await WaitAsync(
            Watched(kind, In(kind, ns), name: parts[1]), objects => objects.Count > 0 && (missing = ReadyRules.Missing(objects[0])) is null,
            () => $"{kind.Singular} {Named(kind, ns, parts[1])} is ready, but {missing}", timeout, cancellationToken).ConfigureAwait(false);
        return found[0];
    }

    /// <summary>Waits until a Service has exactly so many ready endpoints, over all of its EndpointSlices.</summary>
    /// <remarks>Without any ready one, kube-proxy still uses those that end and serve to their end: refused is only a Service without both.</remarks>
    /// <param name="service">The Service's name.</param>
    /// <param name="count">0 or more. An address counts once, however many ports it has.</param>
    /// <param name="ns">The Service's namespace. Default: default.</param>
    /// <param name="timeout">Above 0; null: <see cref="EmulatedClusterOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The ready endpoints, in the order of slices and endpoints.</returns>
    /// <exception cref="WaitTimeoutException">It had another number; the message shows its slices.</exception>
    public async Task<IReadOnlyList<Endpoint>> WaitForEndpointsAsync(
        string service, int count, string ns = Default, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        IReadOnlyList<Endpoint> ready = [];
        await WaitAsync(
            Watched(Kinds.EndpointSlice, ns, labels: $"kubernetes.io/service-name={service}"),
            slices => (ready = ReadyOf(slices)).Count == count,
            () => string.Create(CultureInfo.InvariantCulture, $"service {ns}/{service} has {count} ready endpoints, but it has {ready.Count}"),
            timeout, cancellationToken).ConfigureAwait(false);
        return ready;
    }

    private static IReadOnlyList<Endpoint> ReadyOf(IReadOnlyList<IKubeObject> slices) =>
    [
        .. slices.Cast<EndpointSlice>().SelectMany(slice => slice.Endpoints)
            .Where(endpoint => (endpoint.Conditions.Ready ?? true) && endpoint.Addresses.Count > 0)
            .DistinctBy(endpoint => endpoint.Addresses[0]),
    ];

    private WatchedObjects Watched(KindInfo kind, string? ns, string? name = null, string? labels = null) => new(
        Client, _parts.System, ApiCall.List(kind, ns) with { FieldSelector = name is null ? null : $"metadata.name={name}", LabelSelector = labels });

    private async Task<IReadOnlyList<IKubeObject>> WaitAsync(
        WatchedObjects watched, Func<IReadOnlyList<IKubeObject>, bool> satisfied, Func<string> describe, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var patience = PatienceOf(timeout);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await watched.UntilAsync(satisfied, limit.Token).ConfigureAwait(false);
            return watched.Known;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var state = await StateAsync(watched.Known, cancellationToken).ConfigureAwait(false);
            throw new WaitTimeoutException(string.Create(CultureInfo.InvariantCulture, $"Not within {patience.TotalSeconds:0.##} s: {describe()}.{Environment.NewLine}{state}"));
        }
    }

    private TimeSpan PatienceOf(TimeSpan? timeout)
    {
        var patience = timeout ?? _options.WaitTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero, nameof(timeout));
        return patience;
    }

    private async Task<string> StateAsync(IReadOnlyList<IKubeObject> objects, CancellationToken cancellationToken)
    {
        if (objects.Count == 0) return "There is no such object.";
        var more = objects.Count > MostShown ? $" (the first {MostShown} of {objects.Count})" : "";
        var shown = objects.Take(MostShown).ToList();
        var states = string.Join("---" + Environment.NewLine, shown.Select(Yaml));
        var events = await Client.SendAsync(ApiCall.List(Kinds.Event, shown[0].Metadata.Namespace is { Length: > 0 } ns ? ns : null), cancellationToken).ConfigureAwait(false);
        var told = (events.Items ?? []).Cast<Event>().Where(told => shown.Any(value => value.Metadata.Uid == told.InvolvedObject.Uid))
            .OrderBy(told => told.LastTimestamp ?? told.EventTime).TakeLast(MostShown).Select(told => $"  {told.Type} {told.Reason}: {told.Message}").ToList();
        return $"Last state{more}:{Environment.NewLine}{states}" + (told.Count == 0 ? "" : $"Events:{Environment.NewLine}{string.Join(Environment.NewLine, told)}");
    }

    private static string Yaml(IKubeObject value)
    {
        var json = (JsonObject)JsonNode.Parse(KindCatalog.Of(value).Encode(value))!;
        (json["metadata"] as JsonObject)?.Remove("managedFields");
        return YamlPrinter.Print(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static string Named(KindInfo kind, string ns, string name) => kind.Namespaced ? $"{ns}/{name}" : name;
}

using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>Keeps the listeners on the host in step with the cluster. <see cref="HostListenerPlan"/> decides which there are.</summary>
/// <remarks>Where a listener had to go elsewhere, an Event and an annotation on its Service say where.</remarks>
public sealed class HostPorts : ReceiveActor, IWithTimers
{
    /// <summary>All that this actor accepts, besides <see cref="EdgeSnapshot"/>s.</summary>
    public abstract record Query
    {
        private Query() { } // No cases outside this file.

        /// <summary>Asks for all listeners. Reply: <see cref="HostPortsRead"/>.</summary>
        public sealed record ReadListeners : Query;
    }

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);
    private readonly SortedDictionary<(IpPort Address, IpProtocol Protocol), Held> _listeners = [];
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _patching = new(StringComparer.Ordinal);
    private readonly Func<HostEndpoint, IHostListener> _open;
    private readonly IKubeClient _client;
    private readonly IActorRef _events;
    private readonly int _maxNodes;
    private readonly AddressPlan _addresses;
    private EdgeSnapshot _cluster = EdgeSnapshot.Empty;

    public HostPorts(Func<HostEndpoint, IHostListener> open, IKubeClient client, IActorRef events, int maxNodes, AddressPlan addresses)
    {
        (_open, _client, _events, _maxNodes, _addresses) = (open, client, events, maxNodes, addresses);
        Receive<EdgeSnapshot>(cluster =>
        {
            _cluster = cluster;
            Apply();
        });
        Receive<Query.ReadListeners>(_ =>
        {
            Sender.Tell(new HostPortsRead([.. _listeners.Values.Select(held => new HostPortRow(held.Endpoint, held.Listener.Actual, held.Listener.Problem))]));
        });
        Receive<ApiReply>(reply =>
        {
            _patching.Remove((string)reply.Call.Tag!);
            // A Service that is gone needs no annotation; anything else is tried again.
            if (!reply.Ok && !reply.NotFound) Timers.StartSingleTimer("retry", new Retry(), RetryDelay);
        });
        Receive<Retry>(_ => { Apply(); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(Func<HostEndpoint, IHostListener> open, IKubeClient client, IActorRef events, int maxNodes, AddressPlan addresses) =>
        Props.Create(() => new HostPorts(open, client, events, maxNodes, addresses));

    protected override void PostStop()
    {
        foreach (var held in _listeners.Values) held.Listener.Dispose();
        base.PostStop();
    }

    private void Apply()
    {
        var wanted = HostListenerPlan.Of(_cluster, _maxNodes, _addresses);
        var keys = wanted.Select(endpoint => (endpoint.Address, endpoint.Protocol)).ToHashSet();
        foreach (var gone in _listeners.Keys.Where(key => !keys.Contains(key)).ToList())
        {
            _listeners[gone].Listener.Dispose();
            _listeners.Remove(gone);
        }
        var failed = false;
        foreach (var endpoint in wanted)
        {
            var key = (endpoint.Address, endpoint.Protocol);
            var listener = _listeners.TryGetValue(key, out var held) ? held.Listener : _open(endpoint);
            _listeners[key] = new Held(endpoint, listener);
            listener.Set(endpoint.State);
            failed |= listener.Problem is not null;
        }
        // Another program's port may become free.
        if (failed) Timers.StartSingleTimer("retry", new Retry(), RetryDelay);
        foreach (var service in _cluster.Services) TellPlaces(service);
    }

    private void TellPlaces(EdgeService service)
    {
        var held = _listeners.Values.Where(held => held.Endpoint.Service == service.Key).ToList();
        var map = FallbackPlaces.Describe(held.Where(h => h.Listener.Actual is not null)
            .Select(h => (h.Endpoint.Protocol, h.Endpoint.Address, h.Listener.Actual!.Value)));
        if (map.Length > 0 && _told.GetValueOrDefault(service.Key, "") != map)
        {
            var about = new ObjectReference { ApiVersion = "v1", Kind = "Service", Namespace = service.Namespace, Name = service.Name, Uid = service.Uid };
            _events.Tell(new RecordEvent(about, RecordEvent.Warning, "HostPortMoved",
                $"Not every address of this Service can be bound on this host. Use instead: {map.Replace("=", " -> ", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal)}", "clusteremu-edge"));
        }
        _told[service.Key] = map;
        if (map == service.HostPortMap || !_patching.Add(service.Key)) return;
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [EdgeReader.HostPortMapAnnotation] = map.Length > 0 ? map : null } },
        };
        _client.Send(ApiCall.MergePatch(Kinds.Service, service.Namespace, service.Name, Encoding.UTF8.GetBytes(patch.ToJsonString()), service.Key), Self);
    }

    private sealed record Held(HostEndpoint Endpoint, IHostListener Listener);

    private sealed record Retry;
}

/// <summary>Answers <see cref="HostPorts.Query.ReadListeners"/>.</summary>
public sealed record HostPortsRead(IReadOnlyList<HostPortRow> Rows);

/// <param name="Endpoint">What it stands for.</param>
/// <param name="Actual">Where it is; null if it was never bound.</param>
/// <param name="Problem">Why it could not be bound; else null.</param>
public sealed record HostPortRow(HostEndpoint Endpoint, IpPort? Actual, string? Problem);

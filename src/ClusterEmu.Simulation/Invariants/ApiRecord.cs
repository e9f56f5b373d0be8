using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <param name="Kind">Of the object.</param>
/// <param name="Before">Null if it is new.</param>
/// <param name="Now">Null if it is gone.</param>
/// <param name="AtMicroseconds">When the record learned of it, which is when the change was durable.</param>
public sealed record ApiChange(KindInfo Kind, IKubeObject? Before, IKubeObject? Now, long AtMicroseconds)
{
    public IKubeObject Object => (Now ?? Before)!;
}

/// <summary>The API's durable state and every change of it, seen at the store itself: past links, clients, informers and their faults.</summary>
public sealed class ApiRecord
{
    private static readonly KindInfo[] Kept =
    [
        Kinds.Namespace, Kinds.Node, Kinds.Lease, Kinds.Service, Kinds.EndpointSlice, Kinds.Pod, Kinds.Deployment, Kinds.ReplicaSet,
    ];

    private readonly SimulatedWorld _world;
    private readonly Dictionary<string, Dictionary<ObjectKey, IKubeObject>> _objects = new(StringComparer.Ordinal);
    private readonly List<Action<ApiChange>> _listeners = [];
    private int _lives;

    internal ApiRecord(SimulatedWorld world)
    {
        _world = world;
        foreach (var kind in Kept) _objects[kind.QualifiedPlural] = [];
    }

    /// <summary>When the API server of now began to serve; null while it is away.</summary>
    public long? ServesSince { get; private set; }

    /// <summary>Hears of every change, in order, as soon as it is durable.</summary>
    public void Listen(Action<ApiChange> listener) => _listeners.Add(listener);

    /// <summary>The objects of a kind, in the order in which they were first seen.</summary>
    /// <param name="kind">One of those that are kept.</param>
    public IEnumerable<T> All<T>(KindInfo kind) => _objects[kind.QualifiedPlural].Values.Cast<T>();

    public T? Get<T>(KindInfo kind, string ns, string name) where T : class =>
        _objects[kind.QualifiedPlural].TryGetValue(new ObjectKey(ns, name), out var value) ? (T)value : null;

    /// <summary>An API server serves from now on.</summary>
    internal void Begin(ApiCore core)
    {
        ServesSince = _world.Now;
        var life = ++_lives;
        foreach (var kind in Kept)
        {
            var list = List(core, kind);
            Replace(kind, list.Items);
            var request = new ApiRequest { Verb = ApiVerb.List, Kind = kind, User = "invariants", ResourceVersion = list.Revision.ToString(CultureInfo.InvariantCulture) };
            core.Watch(request, new WatchOptions(), new Sink(this, kind, life));
        }
    }

    internal void End() => ServesSince = null;

    private static ApiList List(ApiCore core, KindInfo kind)
    {
        var answer = new Answer();
        core.Handle(new ApiRequest { Verb = ApiVerb.List, Kind = kind, User = "invariants" }, answer);
        return answer.List ?? throw new InvalidOperationException($"The API server did not list {kind.QualifiedPlural} at once, as it does for reads.");
    }

    private void Replace(KindInfo kind, IReadOnlyList<StoredObject> items)
    {
        var known = _objects[kind.QualifiedPlural];
        var present = items.Select(item => new ObjectKey(item.Namespace, item.Name)).ToHashSet();
        foreach (var gone in known.Keys.Where(key => !present.Contains(key)).ToList()) Set(kind, gone, null);
        foreach (var item in items)
        {
            var key = new ObjectKey(item.Namespace, item.Name);
            var value = item.Decode();
            if (!known.TryGetValue(key, out var before) || before.Metadata.ResourceVersion != value.Metadata.ResourceVersion) Set(kind, key, value);
        }
    }

    private void Set(KindInfo kind, ObjectKey key, IKubeObject? now)
    {
        var known = _objects[kind.QualifiedPlural];
        var before = known.GetValueOrDefault(key);
        if (now is null) known.Remove(key);
        else known[key] = now;
        if (before is null && now is null) return;
        var change = new ApiChange(kind, before, now, _world.Now);
        foreach (var listener in _listeners) listener(change);
    }

    private sealed class Answer : IApiReply
    {
        public ApiList? List { get; private set; }

        public void Complete(ApiResponse response) => List = response.List;
    }

    private sealed class Sink(ApiRecord record, KindInfo kind, int life) : IWatchSink
    {
        public bool IsFull => false;

        public void Deliver(WatchDelivery delivery)
        {
            if (life != record._lives || delivery.Object is not { } stored) return;
            record.Set(kind, new ObjectKey(stored.Namespace, stored.Name), delivery.Type == WatchEventType.Deleted ? null : stored.Decode());
        }

        public void Close(int code, string message)
        {
            // It ends with its server; the next one's state is listed anew.
        }
    }
}

using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>
/// What clients were told of ConfigMaps keeps the promises that <see cref="HistoryChecker"/> knows: it looks from outside alone, as it does at a
/// live cluster, and knows neither store nor disk.
/// </summary>
public sealed class ClientHistory : IInvariant
{
    /// <summary>Calls and events after which nothing more is recorded, so that long runs stay within their memory.</summary>
    private const int Most = 50_000;

    private readonly ApiHistory _history = new();
    private readonly Dictionary<long, (ApiCall Call, string Client, long At)> _underway = [];
    private readonly Dictionary<long, HistoryWatch> _open = [];
    private SimulatedWorld _world = null!;
    private int _recorded;

    public string Name => "client-history";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        world.Events.ApiAsked.Add(asked =>
        {
            if (IsRecorded(asked.Call.Kind)) _underway[asked.Id] = (asked.Call, asked.Client, _world.Now);
        });
        world.Events.ApiAnswered.Add(answered =>
        {
            if (_underway.Remove(answered.Id, out var asked)) Answered(asked.Call, asked.Client, asked.At, answered.Reply);
        });
        world.Events.WatchOpened.Add(opened =>
        {
            var from = (long)ResourceVersions.Parse(opened.Call.ResourceVersion);
            if (!IsRecorded(opened.Call.Kind) || from == 0 || opened.Call.LabelSelector is not null || opened.Call.FieldSelector is not null) return;
            var ns = opened.Call.Namespace is { Length: > 0 } named ? named : null;
            _history.Add(_open[opened.Stream] = new HistoryWatch(opened.Client, opened.Call.Kind.QualifiedPlural, ns, from));
        });
        world.Events.WatchDelivered.Add(Delivered);
        world.Events.WatchEnded.Add(ended => _open.Remove(ended.Stream));
    }

    public void Check(bool healed)
    {
        if (!healed) return;
        foreach (var (_, asked) in _underway.OrderBy(pair => pair.Key)) Write(asked.Call, asked.Client, asked.At, long.MaxValue, HistoryOutcome.Unknown, 0);
        _underway.Clear();
        foreach (var problem in HistoryChecker.Check(_history)) _world.Report(new Violation(Name, _world.Now, problem.ToString()));
    }

    private bool IsRecorded(KindInfo kind) => kind == Kinds.ConfigMap && _recorded < Most;

    private void Answered(ApiCall call, string client, long at, ApiReply reply)
    {
        _recorded++;
        if (call.Verb == ApiVerb.List)
        {
            if (reply is { Ok: true, Items: { } items, Continue: null } && call is { Continue: null, LabelSelector: null, FieldSelector: null }) List(call, client, at, reply, items);
        }
        else if (call.Verb == ApiVerb.Get)
        {
            if (!reply.Ok && !reply.NotFound) return;
            var target = TargetOf(call, null);
            var revision = reply.Ok ? RevisionOf(reply) : 0;
            _history.Add(new HistoryRead(client, at, _world.Now, revision, revision > 0 ? [(target, revision)] : []) { Target = target });
        }
        else if (call.Verb is ApiVerb.Create or ApiVerb.Update or ApiVerb.Patch or ApiVerb.Delete)
        {
            var outcome = reply.Ok ? HistoryOutcome.Done : reply.Code is >= 400 and < 500 ? HistoryOutcome.Refused : HistoryOutcome.Unknown;
            Write(call, client, at, outcome == HistoryOutcome.Unknown ? long.MaxValue : _world.Now, outcome, reply.Ok ? RevisionOf(reply) : 0);
        }
    }

    private void Write(ApiCall call, string client, long at, long returned, HistoryOutcome outcome, long revision)
    {
        var verb = call.Verb switch { ApiVerb.Create => HistoryVerb.Create, ApiVerb.Delete => HistoryVerb.Delete, _ => HistoryVerb.Update };
        if (call.Verb is ApiVerb.Get or ApiVerb.List or ApiVerb.DeleteCollection) return;
        _history.Add(new HistoryWrite(client, TargetOf(call, call.Body), verb, at, returned, outcome)
        {
            Revision = verb == HistoryVerb.Delete ? 0 : revision,
            Precondition = call.Verb == ApiVerb.Update && call.Body is { } body ? (long)ResourceVersions.Parse(body.Metadata.ResourceVersion) : 0,
            // Others write back what they read, with a finalizer less, so that their writes cannot be told by it.
            Value = call.Verb != ApiVerb.Patch && client == SimulatedWorld.ClientName ? ValueOf(call.Body) : "",
        });
    }

    private void List(ApiCall call, string client, long at, ApiReply reply, IReadOnlyList<IKubeObject> items) =>
        _history.Add(new HistoryRead(client, at, _world.Now, RevisionOf(reply), [.. items.Select(item => (TargetOf(call, item), (long)ResourceVersions.Parse(item.Metadata.ResourceVersion)))])
        {
            Listed = (call.Kind.QualifiedPlural, call.Namespace is { Length: > 0 } ns ? ns : null),
        });

    private void Delivered(WatchDelivered delivered)
    {
        if (!_open.TryGetValue(delivered.Stream, out var watch) || !IsRecorded(Kinds.ConfigMap)) return;
        _recorded++;
        var target = delivered.Key is { } key ? new HistoryObject(watch.Resource, key) : default;
        watch.Events.Add(new HistoryEvent(delivered.Type, target, delivered.Revision, delivered.Type == WatchEventType.Deleted ? "" : ValueOf(delivered.Event.Object)));
    }

    private static HistoryObject TargetOf(ApiCall call, IKubeObject? value) =>
        new(call.Kind.QualifiedPlural, value is not null ? new ObjectKey(value.Metadata.Namespace is { Length: > 0 } ns ? ns : call.Namespace ?? "", value.Metadata.Name) : new ObjectKey(call.Namespace ?? "", call.Name ?? ""));

    private static string ValueOf(IKubeObject? value) =>
        value is ConfigMap map && map.Data.TryGetValue("by", out var by) && map.Data.TryGetValue("number", out var number) ? $"{by}/{number}" : "";

    private static long RevisionOf(ApiReply reply) => (long)ResourceVersions.Parse(reply.ResourceVersion);
}

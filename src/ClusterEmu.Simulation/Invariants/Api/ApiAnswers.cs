using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>
/// Every answer of the API is true: an acknowledged write is on disk, once, after all that was acknowledged before it was asked for, and on
/// top of the state that it named; a read shows the state at its answer's revision, and none that was past when it was asked for.
/// </summary>
public sealed class ApiAnswers : IInvariant
{
    private readonly Dictionary<long, long> _floors = [];
    private readonly Dictionary<long, long> _creations = [];
    private SimulatedWorld _world = null!;
    private long _acknowledged;
    private StoreSnapshot? _checked;

    public string Name => "api-answers";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        _ = world.Log;
        world.Events.ApiAsked.Add(asked => _floors[asked.Id] = _acknowledged);
        world.Events.ApiAnswered.Add(Answered);
    }

    /// <summary>The store's snapshot is what is on disk.</summary>
    public void Check(bool healed)
    {
        if (_world.ControlPlane.Core?.Reader.Current is not { } snapshot || snapshot.Revision != _world.Log.Newest) return;
        var before = _checked;
        if (ReferenceEquals(snapshot, before)) return; // It cannot change, and neither does what is on disk up to its revision.
        _checked = snapshot;
        foreach (var kind in KindCatalog.Stored)
        {
            var log = _world.Log.Of(kind);
            if (before is not null && log.Newest <= before.Revision && snapshot.SharesAll(kind, before)) continue; // As it was found before.
            var alive = 0;
            foreach (var (key, changes) in log.Objects)
            {
                if (changes[^1].IsGone) continue;
                alive++;
                var found = snapshot.Find(kind, key.Namespace, key.Name);
                if (found?.Revision != changes[^1].Revision)
                    Report($"{kind.Plural} {key} is on disk with revision {changes[^1].Revision}, but the store has {(found is null ? "none" : $"revision {found.Revision}")}.");
            }
            if (alive != snapshot.Count(kind)) Report($"The store has {snapshot.Count(kind)} {kind.Plural}, but {alive} are on disk.");
        }
    }

    private void Answered(ApiAnswered answered)
    {
        if (!_floors.Remove(answered.Id, out var floor)) return;
        var (call, reply) = (answered.Call, answered.Reply);
        if (reply.NotFound) CheckAbsence(call, reply, floor);
        else if (call.Verb == ApiVerb.List) CheckList(call, reply, floor);
        else if (call.Verb == ApiVerb.Get) CheckGet(call, reply, floor);
        else if (reply.Ok) CheckWrite(answered.Id, call, reply, floor);
    }

    /// <summary>What is not found, whoever asks, was absent on disk at some time since the call was made.</summary>
    private void CheckAbsence(ApiCall call, ApiReply reply, long floor)
    {
        if (call.Name is not { Length: > 0 } || call.Kind == Kinds.Binding) return;
        var key = KeyOf(call, reply);
        var newest = _world.Log.Of(call.Kind).At(key, floor);
        if (newest is { IsGone: false } && !WasGoneAfter(call.Kind, newest, key))
            Report($"{call.Verb} of {call.Kind.Plural} {key} was answered that it does not exist, but its revision {newest.Revision} was acknowledged before (up to {floor}), and is not gone.");
    }

    private void CheckGet(ApiCall call, ApiReply reply, long floor)
    {
        if (reply.Ok && RevisionOf(reply) is { } revision) CheckFresh("A read", call, KeyOf(call, reply), revision, floor);
    }

    private void CheckList(ApiCall call, ApiReply reply, long floor)
    {
        if (!reply.Ok || reply.Items is null || RevisionOf(reply) is not { } at) return;
        if (call.Continue is null && at < floor) Report($"A list of {call.Kind.Plural} shows revision {at}, but {floor} was acknowledged before it was asked for.");
        var log = _world.Log.Of(call.Kind);
        foreach (var item in reply.Items)
        {
            var (key, revision) = (ObjectKey.Of(item), (long)ResourceVersions.Parse(item.Metadata.ResourceVersion));
            var change = log.At(key, at);
            if (change?.Revision != revision || change.IsGone)
                Report($"A list of {call.Kind.Plural} at revision {at} shows {key} with revision {revision}; it should be {(change is null or { IsGone: true } ? "absent" : change.Revision)}.");
        }
        if (call.LabelSelector is not null || call.FieldSelector is not null || call.Continue is not null || reply.Continue is not null) return;
        var alive = log.Objects.Count(known => (call.Namespace is null or "" || known.Key.Namespace == call.Namespace) && log.At(known.Key, at) is { IsGone: false });
        if (alive != reply.Items.Count) Report($"A list of {call.Kind.Plural} at revision {at} has {reply.Items.Count} items; it should have {alive}.");
    }

    private void CheckWrite(long id, ApiCall call, ApiReply reply, long floor)
    {
        if (call.Verb == ApiVerb.DeleteCollection || call.Subresource is not (null or "" or "status" or "scale") || call.Kind == Kinds.Binding) return;
        var key = KeyOf(call, reply);
        if (RevisionOf(reply) is not { } revision)
        {
            if (call.Verb == ApiVerb.Delete && !WasGoneAfter(call.Kind, null, key, floor))
                Report($"The deletion of {call.Kind.Plural} {key} was acknowledged, but is not on disk after revision {floor}.");
            return;
        }
        var change = CheckFresh($"The acknowledged {call.Verb}", call, key, revision, floor);
        _acknowledged = Math.Max(_acknowledged, revision);
        if (change is null) return;
        if (call.Verb == ApiVerb.Create)
        {
            if (change.Type != StoreEventType.Created) Report($"The creation of {call.Kind.Plural} {key} was acknowledged with revision {revision}, which is a change of an older object.");
            if (!_creations.TryAdd(revision, id)) Report($"Revision {revision} of {call.Kind.Plural} {key} was acknowledged to two creations.");
        }
        else if (call.Verb == ApiVerb.Update && call.Body?.Metadata.ResourceVersion is { Length: > 0 } wanted && wanted != "0")
        {
            var basis = (long)ResourceVersions.Parse(wanted);
            if (basis != change.PreviousRevision && basis != revision)
                Report($"The update of {call.Kind.Plural} {key} on top of revision {basis} was acknowledged, but it replaced revision {change.PreviousRevision}.");
        }
    }

    /// <summary>The state with a revision was the newest of its object at some time since the call was made.</summary>
    private LoggedChange? CheckFresh(string what, ApiCall call, ObjectKey key, long revision, long floor)
    {
        var change = _world.Log.Of(call.Kind).Find(key, revision);
        if (change is null) Report($"{what} of {call.Kind.Plural} {key} was answered with revision {revision}, which is not on disk.");
        else if (change.NextRevision <= floor)
            Report($"{what} of {call.Kind.Plural} {key} was answered with revision {revision}, but revision {change.NextRevision} was acknowledged before it was asked for (up to {floor}).");
        return change;
    }

    private bool WasGoneAfter(KindInfo kind, LoggedChange? after, ObjectKey key, long floor = 0)
    {
        var from = Math.Max(after?.Revision ?? 0, floor);
        var log = _world.Log.Of(kind);
        for (var change = log.At(key, long.MaxValue); change is not null && change.Revision > from; change = log.At(key, change.Revision - 1))
        {
            if (change.IsGone) return true;
        }
        return false;
    }

    private static ObjectKey KeyOf(ApiCall call, ApiReply reply) =>
        new(call.Kind.Namespaced ? call.Namespace ?? "" : "", call.Name is { Length: > 0 } name ? name : reply.Object?.Metadata.Name ?? "");

    private static long? RevisionOf(ApiReply reply) => ResourceVersions.Parse(reply.ResourceVersion) is > 0 and var revision ? (long)revision : null;

    private void Report(string what) => _world.Report(new Violation(Name, _world.Now, what));
}

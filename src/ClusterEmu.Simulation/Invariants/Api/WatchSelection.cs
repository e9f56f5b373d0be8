using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>Which changes a watch must be told of, and as what: told anew from Kubernetes's documentation, and not from the product's code.</summary>
/// <remarks>
/// Source: k8s.io/apiserver storage/cacher: an object that enters the selection is ADDED, one that stays in it MODIFIED, and one that leaves it
/// DELETED, whether or not it still exists.
/// </remarks>
/// <param name="call">The watch.</param>
/// <param name="log">The changes of its kind.</param>
public sealed class WatchSelection(WatchCall call, KindLog log)
{
    private readonly LabelQuery _labels = LabelQuery.Parse(call.LabelSelector);
    private readonly FieldQuery _fields = FieldQuery.Parse(call.Kind, call.FieldSelector);

    /// <summary>What the watcher must be told of a change; null: nothing.</summary>
    public WatchEventType? Expected(LoggedChange change)
    {
        if (call.Namespace is { Length: > 0 } ns && change.Key.Namespace != ns) return null;
        var before = change.PreviousRevision > 0 ? log.Find(change.Key, change.PreviousRevision) : null;
        return (before is not null && IsIn(before), IsIn(change)) switch
        {
            (false, true) => WatchEventType.Added,
            (true, true) => WatchEventType.Modified,
            (true, false) => WatchEventType.Deleted,
            _ => null,
        };
    }

    private bool IsIn(LoggedChange state)
    {
        if (state.IsGone) return false;
        if (!_labels.IsEverything && !_labels.Matches(IndexFields.Read(state.Json).Labels)) return false;
        return _fields.IsEverything || _fields.Matches(call.Kind.Decode(state.Json));
    }
}

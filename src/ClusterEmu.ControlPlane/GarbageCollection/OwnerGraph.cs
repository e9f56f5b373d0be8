using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Who owns whom, over all kinds. Belongs to one actor. Source: pkg/controller/garbagecollector/graph_builder.go.</summary>
public sealed class OwnerGraph
{
    /// <summary>Owners remembered as gone; then all are forgotten and asked for again.</summary>
    private const int MaxGone = 10000;

    private readonly Dictionary<string, IKubeObject> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, IKubeObject>> _dependents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>The kinds that owners may be of.</summary>
    public ServedKinds Kinds { get; set; } = KindCatalog.BuiltIn;

    public IKubeObject? Get(string uid) => _objects.GetValueOrDefault(uid);

    public IReadOnlyCollection<IKubeObject> DependentsOf(string uid) =>
        _dependents.TryGetValue(uid, out var dependents) ? dependents.Values : [];

    /// <summary>True if the object is known to be deleted, not just unknown.</summary>
    public bool IsGone(string uid) => _gone.Contains(uid);

    public void MarkGone(string uid)
    {
        if (_gone.Count >= MaxGone) _gone.Clear();
        _gone.Add(uid);
    }

    /// <summary>Takes in a change.</summary>
    /// <returns>UIDs of objects to look at.</returns>
    public IReadOnlyList<string> Update(IKubeObject? before, IKubeObject? now)
    {
        var look = new List<string>();
        if (before is not null && before.Metadata.Uid != now?.Metadata.Uid) Remove(before, look);
        if (now is null) return look;
        var uid = now.Metadata.Uid;
        if (_objects.TryGetValue(uid, out var known))
        {
            foreach (var owner in known.Metadata.OwnerReferences)
            {
                Unlink(owner.Uid, uid);
                look.Add(owner.Uid); // It may have waited for being let go.
            }
        }
        _objects[uid] = now;
        _gone.Remove(uid);
        foreach (var owner in now.Metadata.OwnerReferences)
        {
            if (!_dependents.TryGetValue(owner.Uid, out var dependents)) _dependents[owner.Uid] = dependents = new(StringComparer.Ordinal);
            dependents[uid] = now;
            // A dependent that no longer holds its owner back may let it go.
            if (_objects.TryGetValue(owner.Uid, out var held) && held.Metadata.DeletionTimestamp is not null) look.Add(owner.Uid);
        }
        if (now.Metadata.DeletionTimestamp is not null) look.AddRange(DependentsOf(uid).Select(dependent => dependent.Metadata.Uid));
        if (now.Metadata.OwnerReferences.Count > 0 || now.Metadata.DeletionTimestamp is not null) look.Add(uid);
        return look;
    }

    private void Remove(IKubeObject value, List<string> look)
    {
        var uid = value.Metadata.Uid;
        _objects.Remove(uid);
        MarkGone(uid);
        foreach (var owner in value.Metadata.OwnerReferences)
        {
            Unlink(owner.Uid, uid);
            look.Add(owner.Uid);
        }
        look.AddRange(DependentsOf(uid).Select(dependent => dependent.Metadata.Uid));
    }

    private void Unlink(string owner, string dependent)
    {
        if (_dependents.TryGetValue(owner, out var dependents) && dependents.Remove(dependent) && dependents.Count == 0) _dependents.Remove(owner);
    }
}

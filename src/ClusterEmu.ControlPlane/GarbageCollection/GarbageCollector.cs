using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Deletes what belonged to objects that are gone. <see cref="OwnerPolicy"/> decides.</summary>
/// <remarks>Follows every kind, custom ones too, but Events, which own nothing and belong to nobody. Its queue holds UIDs.</remarks>
public sealed class GarbageCollector : ControllerActor
{
    private readonly OwnerGraph _graph = new();
    private readonly Dictionary<string, InformerView<IKubeObject>> _customViews = new(StringComparer.Ordinal);
    private CustomKinds _custom = CustomKinds.None;

    public GarbageCollector(ControllerServices services) : base(services, "garbage-collector-controller")
    {
        foreach (var kind in KindCatalog.Stored.Where(kind => kind != Kinds.Event)) Follow<IKubeObject>(kind, Changed);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new GarbageCollector(services));

    protected override ControllerPlan Reconcile(ObjectKey key) =>
        _graph.Get(key.Name) is { } value ? OwnerPolicy.Plan(value, _graph) : ControllerPlan.Nothing;

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply.Call.Verb != ApiVerb.Get) return;
        if (OwnerPolicy.SaysGone(reply))
        {
            _graph.MarkGone((string)reply.Call.Tag!);
            Enqueue(key);
        }
    }

    private void Changed(IKubeObject? before, IKubeObject? now)
    {
        foreach (var uid in _graph.Update(before, now)) Enqueue(new ObjectKey("", uid));
        if ((now ?? before) is CustomResourceDefinition definition) FollowDefinition(definition, now is null);
    }

    private void FollowDefinition(CustomResourceDefinition definition, bool isGone)
    {
        var name = definition.Metadata.Name;
        _custom = isGone ? _custom.Without(name) : _custom.With(definition);
        _graph.Kinds = _custom.Served;
        var wanted = _custom.Preferred.FirstOrDefault(kind => kind.QualifiedPlural == name);
        if (_customViews.TryGetValue(name, out var known))
        {
            if (wanted is not null && wanted.IsSuccessorOf((CustomKind)known.Kind)) return;
            Unfollow(known.Kind);
            _customViews.Remove(name);
            // Its objects went before it; where only another version is served now, the new view brings them again.
            if (isGone)
            {
                foreach (var value in known.Objects.All.ToList()) Changed(value, null);
            }
        }
        if (wanted is not null) _customViews[name] = FollowAlso(wanted, Changed);
    }
}

using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Deletes what belonged to objects that are gone. <see cref="OwnerPolicy"/> decides.</summary>
/// <remarks>Follows every kind but Events, which own nothing and belong to nobody. Its queue holds UIDs.</remarks>
public sealed class GarbageCollector : ControllerActor
{
    private readonly OwnerGraph _graph = new();

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
    }
}

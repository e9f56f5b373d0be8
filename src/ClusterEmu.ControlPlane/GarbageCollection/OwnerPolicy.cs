using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Decides what follows from ownership. Pure. Source: pkg/controller/garbagecollector/garbagecollector.go.</summary>
public static class OwnerPolicy
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";

    public static ControllerPlan Plan(IKubeObject value, OwnerGraph graph)
    {
        if (value.Metadata.DeletionTimestamp is not null)
        {
            if (value.Metadata.Finalizers.Contains(Orphan)) return OrphanDependents(value, graph);
            return value.Metadata.Finalizers.Contains(Foreground) ? ReleaseWhenAlone(value, graph) : ControllerPlan.Nothing;
        }
        if (value.Metadata.OwnerReferences.Count == 0) return ControllerPlan.Nothing;
        var (solid, leaving, unknown) = Sort(value, graph);
        if (unknown.Count > 0) return ControllerPlan.Of([.. unknown]);
        if (leaving.Count == 0) return ControllerPlan.Nothing;
        if (solid > 0)
        {
            // Another owner keeps it; the references to those that go must go too.
            var meta = value.Metadata;
            foreach (var uid in leaving) meta = ObjectOwners.Released(meta, uid);
            return ControllerPlan.Of(ApiCall.Update(value.WithMetadata(meta)));
        }
        var waiting = leaving.Exists(uid => graph.Get(uid) is not null);
        var policy = value.Metadata.Finalizers.Contains(Orphan) ? "Orphan"
            : value.Metadata.Finalizers.Contains(Foreground) || (waiting && graph.DependentsOf(value.Metadata.Uid).Count > 0) ? "Foreground"
            : "Background";
        return ControllerPlan.Of(DeleteOf(value, policy));
    }

    /// <summary>Whether an object holds back the deletion of that owner.</summary>
    public static bool Blocks(IKubeObject dependent, string owner) =>
        dependent.Metadata.OwnerReferences.Any(reference => reference.Uid == owner && reference.BlockOwnerDeletion == true);

    /// <summary>True if the answer to a question about an owner says that it is gone.</summary>
    public static bool SaysGone(ApiReply reply) => reply.Call.Verb == ApiVerb.Get && reply.Call.Tag is string uid
        && (reply.NotFound || (reply.Ok && reply.Object is { } found && found.Metadata.Uid != uid));

    private static (int Solid, List<string> Leaving, List<ApiCall> Unknown) Sort(IKubeObject value, OwnerGraph graph)
    {
        var solid = 0;
        var leaving = new List<string>();
        var unknown = new List<ApiCall>();
        foreach (var owner in value.Metadata.OwnerReferences)
        {
            if (graph.Get(owner.Uid) is { } known)
            {
                if (known.Metadata.DeletionTimestamp is not null && known.Metadata.Finalizers.Contains(Foreground)) leaving.Add(owner.Uid);
                else solid++;
            }
            else if (graph.IsGone(owner.Uid))
            {
                leaving.Add(owner.Uid);
            }
            else if (graph.Kinds.ByKind(owner.ApiVersion, owner.Kind) is { } kind)
            {
                // Another kind's watch may be behind: the server itself is asked.
                unknown.Add(ApiCall.Get(kind, kind.Namespaced ? value.Metadata.Namespace : null, owner.Name, owner.Uid));
            }
            else
            {
                solid++; // A kind that is not served here: nobody can say that it is gone.
            }
        }
        return (solid, leaving, unknown);
    }

    private static ControllerPlan ReleaseWhenAlone(IKubeObject value, OwnerGraph graph)
    {
        var uid = value.Metadata.Uid;
        return graph.DependentsOf(uid).Any(dependent => Blocks(dependent, uid)) ? ControllerPlan.Nothing : WithoutFinalizer(value, Foreground);
    }

    private static ControllerPlan OrphanDependents(IKubeObject value, OwnerGraph graph)
    {
        var dependents = graph.DependentsOf(value.Metadata.Uid);
        return dependents.Count == 0
            ? WithoutFinalizer(value, Orphan)
            : ControllerPlan.Of([.. dependents.Select(dependent =>
                ApiCall.Update(dependent.WithMetadata(ObjectOwners.Released(dependent.Metadata, value.Metadata.Uid))))]);
    }

    private static ControllerPlan WithoutFinalizer(IKubeObject value, string finalizer) => ControllerPlan.Of(ApiCall.Update(
        value.WithMetadata(value.Metadata with { Finalizers = [.. value.Metadata.Finalizers.Where(other => other != finalizer)] })));

    private static ApiCall DeleteOf(IKubeObject value, string policy)
    {
        var kind = KindCatalog.Of(value);
        return ApiCall.Delete(kind, kind.Namespaced ? value.Metadata.Namespace : null, value.Metadata.Name, new DeleteOptions
        {
            PropagationPolicy = policy,
            Preconditions = new Preconditions { Uid = value.Metadata.Uid },
        });
    }
}

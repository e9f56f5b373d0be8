using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Objects live in namespaces that exist and are not on their way out. Source: NamespaceLifecycle admission.</summary>
internal static class NamespaceAdmission
{
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];

    /// <exception cref="ApiException">404 without the namespace; 403 while it is being deleted.</exception>
    public static void CheckCreate(KindInfo kind, string ns, string name, StoreSnapshot objects)
    {
        if (!kind.Namespaced) return;
        if (objects.Find(Kinds.Namespace, "", ns) is not { } stored) throw Refuse.NotFound(Kinds.Namespace, ns);
        if (stored.Decode().Metadata.DeletionTimestamp is not null) throw Refuse.NamespaceTerminating(kind, name, ns);
    }

    /// <exception cref="ApiException">403 for the namespaces that the cluster cannot do without.</exception>
    public static void CheckDelete(KindInfo kind, string name)
    {
        if (kind == Kinds.Namespace && Immortal.Contains(name, StringComparer.Ordinal))
            throw Refuse.Forbidden(kind, name, "this namespace may not be deleted");
    }
}

using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Gives an Ingress that names no class the default one. Source: plugin/pkg/admission/network/defaultingressclass.</summary>
internal static class IngressClassAdmission
{
    private const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";
    private const string OldAnnotation = "kubernetes.io/ingress.class";

    /// <summary>Of several defaults the newest counts; of those of one second, the first by name.</summary>
    public static Ingress Admit(Ingress ingress, StoreSnapshot objects)
    {
        if (ingress.Spec.IngressClassName is not null || ingress.Metadata.Annotations.ContainsKey(OldAnnotation)) return ingress;
        var name = objects.List(Kinds.IngressClass).Select(stored => (IngressClass)stored.Decode())
            .Where(value => value.Metadata.Annotations.GetValueOrDefault(DefaultAnnotation) == "true")
            .OrderByDescending(value => value.Metadata.CreationTimestamp)
            .FirstOrDefault()?.Metadata.Name;
        return name is null ? ingress : ingress with { Spec = ingress.Spec with { IngressClassName = name } };
    }
}

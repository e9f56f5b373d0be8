using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What the server fills in or refuses knowing the other objects of the cluster. Source: plugin/pkg/admission.</summary>
internal static class KindAdmission
{
    /// <summary>A new object, with its defaults and before its strategy.</summary>
    /// <exception cref="ApiException">It is refused.</exception>
    public static IKubeObject OfNew(IKubeObject value, StoreSnapshot objects, RandomStream random, string user) => value switch
    {
        Pod pod => PodAdmission.Admit(pod, objects, random),
        Ingress ingress => IngressClassAdmission.Admit(ingress, objects),
        PriorityClass priority => PriorityAdmission.Admit(priority, objects),
        CertificateSigningRequest request => CertificateRequestAdmission.Admit(request, user),
        _ => value,
    };

    /// <summary>A changed object, after its strategy and before its validation.</summary>
    /// <exception cref="ApiException">It is refused.</exception>
    public static IKubeObject OfChanged(IKubeObject value, IKubeObject old, StoreSnapshot objects, DateTimeOffset now) => value switch
    {
        PriorityClass priority => PriorityAdmission.Admit(priority, objects),
        CertificateSigningRequest request => CertificateSigningRequestStrategy.Stamped(request, (CertificateSigningRequest)old, now),
        _ => value,
    };
}

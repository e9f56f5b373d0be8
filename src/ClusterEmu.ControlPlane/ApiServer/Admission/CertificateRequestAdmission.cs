using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Writes into a request for a certificate who asks for it. Source: pkg/registry/certificates/certificates/strategy.go.</summary>
internal static class CertificateRequestAdmission
{
    private const string Administrator = "kubernetes-admin";

    /// <summary>What the client says of itself does not count.</summary>
    public static CertificateSigningRequest Admit(CertificateSigningRequest request, string user) => request with
    {
        Spec = request.Spec with
        {
            Username = user,
            Uid = "",
            Groups = user == Administrator ? ["system:masters", "system:authenticated"] : ["system:authenticated"],
            Extra = EmptyMap.Lists,
        },
    };
}

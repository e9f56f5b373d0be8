namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<CertificateSigningRequest> CertificateSigningRequest = new()
    {
        Group = "certificates.k8s.io",
        Version = "v1",
        Kind = "CertificateSigningRequest",
        Plural = "certificatesigningrequests",
        Singular = "certificatesigningrequest",
        Namespaced = false,
        ShortNames = ["csr"],
        Subresources = ["status", "approval"],
        Fields = KindFields.CertificateSigningRequest,
        Rules = RulesOf.CertificateSigningRequest,
    };

    internal static IReadOnlyList<KindInfo> Certificates => [CertificateSigningRequest];
}

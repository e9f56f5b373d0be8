namespace ClusterEmu.Cli.Kubeconfigs;

/// <summary>What a kubeconfig must say of one cluster.</summary>
/// <param name="Name">Of context, cluster and user alike: <c>clusteremu-default</c>.</param>
/// <param name="Server">Such as <c>https://127.0.0.1:6443</c>.</param>
/// <param name="AuthorityPem">The CA certificate.</param>
/// <param name="CertificatePem">The client certificate.</param>
/// <param name="KeyPem">Its key.</param>
public sealed record KubeconfigEntry(string Name, string Server, string AuthorityPem, string CertificatePem, string KeyPem);

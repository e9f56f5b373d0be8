using System.Text;
using ClusterEmu.Hosting;

namespace ClusterEmu.Testing;

/// <summary>The kubeconfig of a served cluster. Source of the form: client-go tools/clientcmd/api/v1.</summary>
internal static class TestKubeconfig
{
    private const string Name = "clusteremu-test";

    public static string Write(Uri server, ClusterPki pki) => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {Name}
          cluster:
            certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(pki.AuthorityPem))}
            server: {server.GetLeftPart(UriPartial.Authority)}
        users:
        - name: {Name}
          user:
            token: {pki.Token}
        contexts:
        - name: {Name}
          context:
            cluster: {Name}
            user: {Name}
        current-context: {Name}

        """;
}

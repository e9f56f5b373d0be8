using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ClusterEmu.Hosting.Tests;

public sealed class ClusterPkiTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("clusteremu-pki-").FullName, "pki");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void Ensure_MakesCertificatesThatTheAuthoritySigned()
    {
        var pki = ClusterPki.Ensure(_folder, ["nodes-1"], [IPAddress.Parse("127.18.0.1")]);
        foreach (var name in (string[])["apiserver", "admin", "nodes-1"])
        {
            using var certificate = pki.Certificate(name);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(pki.Authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            Assert.True(chain.Build(certificate), name);
            Assert.True(certificate.HasPrivateKey);
        }
        using var server = pki.Certificate("apiserver");
        Assert.True(server.MatchesHostname("kubernetes.default.svc"));
        Assert.True(server.MatchesHostname("10.96.0.1"));
        Assert.True(server.MatchesHostname("127.0.0.1"));
        using var admin = pki.Certificate("admin");
        Assert.Contains("CN=kubernetes-admin", admin.Subject, StringComparison.Ordinal);
        Assert.Contains("O=system:masters", admin.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Ensure_KeepsWhatIsThere()
    {
        var before = ClusterPki.Ensure(_folder, ["nodes-1"], []);
        var (token, key, certificate) = (before.Token, before.FabricKey, before.CertificatePem("nodes-1"));
        var after = ClusterPki.Ensure(_folder, ["nodes-1", "nodes-2"], []);
        Assert.Equal(token, after.Token);
        Assert.Equal(key, after.FabricKey);
        Assert.Equal(certificate, after.CertificatePem("nodes-1"));
        Assert.NotEmpty(after.CertificatePem("nodes-2"));
    }

    [Fact]
    public void Keys_AreReadableByTheirOwnerOnly()
    {
        ClusterPki.Ensure(_folder, [], []);
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.GetFiles(_folder)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Certificate_ListsThoseThereAre()
    {
        var failure = Assert.Throws<FileNotFoundException>(() => ClusterPki.Ensure(_folder, ["edge"], []).Certificate("nodes-9"));
        Assert.Contains("admin, apiserver, ca, edge", failure.Message, StringComparison.Ordinal);
    }
}

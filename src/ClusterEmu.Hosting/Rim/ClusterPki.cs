using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClusterEmu.Hosting;

/// <summary>The keys of one cluster, in one directory: CA, a certificate for each process, the token, the fabric's key, the key of service accounts.</summary>
/// <remarks>
/// Files: <c>ca.crt ca.key NAME.crt NAME.key token fabric.key sa.key</c>, PEM, readable by their owner only. A certificate serves as
/// server and as client; its CN is the user name and its O are the groups, as Kubernetes reads them.
/// </remarks>
public sealed class ClusterPki
{
    /// <summary>The names of the API server inside every cluster. Source: kubeadm's certificate list.</summary>
    public static readonly IReadOnlyList<string> ApiServerNames =
        ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "localhost"];

    private ClusterPki(string directory) => Path = directory;

    public string Path { get; }

    /// <summary>The CA, without its key.</summary>
    public X509Certificate2 Authority => X509CertificateLoader.LoadCertificateFromFile(File("ca.crt"));

    public string AuthorityPem => System.IO.File.ReadAllText(File("ca.crt"));

    /// <summary>The administrator's bearer token.</summary>
    public string Token => System.IO.File.ReadAllText(File("token")).Trim();

    /// <summary>The key that signs the tokens of service accounts, as PEM text; null in a directory that an earlier version made.</summary>
    public string? ServiceAccountKeyPem => System.IO.File.Exists(File("sa.key")) ? System.IO.File.ReadAllText(File("sa.key")) : null;

    /// <summary>The 32 bytes that authenticate fabric connections between the cluster's processes.</summary>
    public byte[] FabricKey => Convert.FromHexString(System.IO.File.ReadAllText(File("fabric.key")).Trim());

    /// <summary>The certificate of <paramref name="name"/> with its private key.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message lists those there are.</exception>
    public X509Certificate2 Certificate(string name)
    {
        if (!System.IO.File.Exists(File(name + ".crt")))
        {
            var known = Directory.GetFiles(Path, "*.crt").Select(System.IO.Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
            throw new FileNotFoundException(
                $"{Path} holds no certificate for '{name}', but for: {string.Join(", ", known)}. Start the cluster with 'clusteremu up', or make one with 'clusteremu pki --dir {Path} --process {name}'.");
        }
        return X509Certificate2.CreateFromPemFile(File(name + ".crt"), File(name + ".key"));
    }

    public string CertificatePem(string name) => System.IO.File.ReadAllText(File(name + ".crt"));

    public string KeyPem(string name) => System.IO.File.ReadAllText(File(name + ".key"));

    public static ClusterPki Open(string directory) => new(directory);

    /// <summary>Opens the directory and makes what is missing: CA, token, fabric key, and a certificate for each process.</summary>
    /// <param name="directory">Made if it is not there, with mode 0700.</param>
    /// <param name="processes">Such as <c>nodes-1</c>, <c>edge</c>. <c>apiserver</c> and <c>admin</c> are always made.</param>
    /// <param name="addresses">Addresses under which the API server and process endpoints are reached, beside 10.96.0.1 and 127.0.0.1.</param>
    /// <param name="hosts">Host names under which they are reached, beside those of <see cref="ApiServerNames"/> and each process's own name.</param>
    public static ClusterPki Ensure(string directory, IEnumerable<string> processes, IEnumerable<IPAddress> addresses, IEnumerable<string>? hosts = null)
    {
        IReadOnlyList<string> names = [.. ApiServerNames, .. hosts ?? []];
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var pki = new ClusterPki(directory);
        if (!System.IO.File.Exists(pki.File("ca.key"))) pki.MakeAuthority();
        if (!System.IO.File.Exists(pki.File("token"))) pki.Write("token", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n");
        if (!System.IO.File.Exists(pki.File("fabric.key"))) pki.Write("fabric.key", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n");
        if (!System.IO.File.Exists(pki.File("sa.key"))) pki.MakeServiceAccountKey();
        IPAddress[] all = [IPAddress.Loopback, IPAddress.Parse("10.96.0.1"), IPAddress.Parse("172.18.0.1"), .. addresses];
        pki.EnsureCertificate("apiserver", "kube-apiserver", ["system:masters"], all, names);
        pki.EnsureCertificate("admin", "kubernetes-admin", ["system:masters"], all, names);
        foreach (var name in processes) pki.EnsureCertificate(name, $"system:node:{name}", ["system:nodes", "system:masters"], all, names);
        return pki;
    }

    private void MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=clusteremu-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = DateTimeOffset.UtcNow;
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        Write("ca.key", key.ExportPkcs8PrivateKeyPem() + "\n");
        Write("ca.crt", authority.ExportCertificatePem() + "\n");
    }

    private void MakeServiceAccountKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("sa.key", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private void EnsureCertificate(string name, string user, IReadOnlyList<string> groups, IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> hosts)
    {
        if (System.IO.File.Exists(File(name + ".crt"))) return;
        using var authority = X509Certificate2.CreateFromPemFile(File("ca.crt"), File("ca.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups) subject.AddOrganizationName(group);
        subject.AddCommonName(user);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var dns in hosts.Append(name).Distinct()) names.AddDnsName(dns);
        foreach (var address in addresses.Distinct()) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.Create(authority, now.AddHours(-1), now.AddYears(9), RandomNumberGenerator.GetBytes(16));
        Write(name + ".key", key.ExportPkcs8PrivateKeyPem() + "\n");
        Write(name + ".crt", certificate.ExportCertificatePem() + "\n");
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);

    private void Write(string name, string text)
    {
        var temporary = File("." + name + ".new");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options)) stream.Write(Encoding.UTF8.GetBytes(text));
        System.IO.File.Move(temporary, File(name), overwrite: true);
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane;

/// <summary>A token key on the curve P-256 (ES256).</summary>
internal sealed class EllipticTokenKey : ITokenKey
{
    private readonly ECParameters _parameters;

    private EllipticTokenKey(ECDsa key)
    {
        _parameters = key.ExportParameters(includePrivateParameters: true);
        Id = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>A key from PEM text; without text a new one, whose tokens end with the process.</summary>
    public static EllipticTokenKey Of(string? pem)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (pem is not null) key.ImportFromPem(pem);
        return new EllipticTokenKey(key);
    }

    public string Id { get; }

    public string Algorithm => "ES256";

    public byte[] Sign(ReadOnlySpan<byte> text)
    {
        using var key = ECDsa.Create(_parameters); // One for each call: instances are not thread-safe.
        return key.SignData(text, HashAlgorithmName.SHA256);
    }

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(_parameters);
        return key.VerifyData(text, signature, HashAlgorithmName.SHA256);
    }

    public byte[] PublicKeySet()
    {
        var (x, y) = (Base64Url.EncodeToString(_parameters.Q.X), Base64Url.EncodeToString(_parameters.Q.Y));
        return Encoding.UTF8.GetBytes($$"""{"keys":[{"use":"sig","kty":"EC","kid":"{{Id}}","crv":"P-256","alg":"ES256","x":"{{x}}","y":"{{y}}"}]}""");
    }
}

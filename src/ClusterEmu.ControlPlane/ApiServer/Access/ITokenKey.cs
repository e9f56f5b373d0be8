namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The key with which a cluster signs the tokens of its service accounts. Callable from any thread.</summary>
public interface ITokenKey
{
    /// <summary>Names the key in a token's header.</summary>
    string Id { get; }

    /// <summary>The algorithm as JOSE names it, such as <c>ES256</c>.</summary>
    string Algorithm { get; }

    byte[] Sign(ReadOnlySpan<byte> text);

    bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

    /// <summary>The public half as a JSON Web Key Set, for those who check tokens themselves.</summary>
    byte[] PublicKeySet();
}

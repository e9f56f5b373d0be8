using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What the API server knows of users, beside the objects.</summary>
public sealed record AccessTools
{
    /// <summary>Without keys: nobody has a token, and everybody may do everything.</summary>
    public static readonly AccessTools None = new();

    private static readonly IReadOnlyList<string> OwnAudience = [ServiceAccountTokens.Issuer];

    public IAuthorizer Authorizer { get; init; } = new AlwaysAllow();

    /// <summary>Null where there is no key to sign with: tokens can then be neither made nor read.</summary>
    public ServiceAccountTokens? Tokens { get; init; }

    /// <summary>Whose static token this is; null if nobody's.</summary>
    public Func<string, RequestUser?> StaticToken { get; init; } = static _ => null;

    /// <summary>Whose token this is, whoever gave it out; null if it is no good.</summary>
    /// <param name="token">The text behind the word Bearer.</param>
    /// <param name="audiences">Whom it must be meant for, one of them at least; empty for the API server.</param>
    /// <param name="objects">What there is now.</param>
    public (RequestUser User, IReadOnlyList<string> Audiences)? UserOfToken(string token, IReadOnlyList<string> audiences, StoreSnapshot objects)
    {
        if (StaticToken(token) is { } known) return audiences.Count == 0 || audiences.Contains(ServiceAccountTokens.Issuer) ? (known, OwnAudience) : null;
        return Tokens?.Read(token, audiences, objects);
    }
}

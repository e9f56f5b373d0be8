using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>Who asks: by bearer token, or by a client certificate that the cluster's CA signed.</summary>
internal sealed class Authenticator(AccessTools access, X509Certificate2 authority)
{
    private static readonly object UserKey = new();

    /// <summary>The user; <see cref="RequestUser.Anonymous"/> for a client that shows nothing; null for one whose credentials are wrong.</summary>
    public RequestUser? UserOf(HttpContext context, Storage.StoreSnapshot objects)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            const string scheme = "Bearer ";
            return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? access.UserOfToken(header[scheme.Length..].Trim(), [], objects)?.User : null;
        }
        var connection = context.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionItemsFeature>()?.Items;
        if (connection is not null && connection.TryGetValue(UserKey, out var known)) return (RequestUser?)known;
        var user = UserOf(context.Connection.ClientCertificate);
        if (connection is not null) connection[UserKey] = user;
        return user;
    }

    /// <summary>Knows the administrator's token, and tells nothing by the time it takes.</summary>
    public static Func<string, RequestUser?> StaticToken(string token)
    {
        var bytes = Encoding.UTF8.GetBytes(token);
        var admin = new RequestUser("kubernetes-admin", [RequestUser.Masters, RequestUser.Authenticated]);
        return shown => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), bytes) ? admin : null;
    }

    private RequestUser? UserOf(X509Certificate2? certificate)
    {
        if (certificate is null) return RequestUser.Anonymous;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (!chain.Build(certificate)) return null;
        var groups = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == "2.5.4.10")
            .Select(part => part.GetSingleElementValue()!)
            .Reverse(); // To the order in which they are encoded, which is the one that Go shows.
        return new RequestUser(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), [.. groups, RequestUser.Authenticated])
        {
            Extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                [RequestUser.CredentialId] = ["X509SHA256=" + Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))],
            },
        };
    }
}

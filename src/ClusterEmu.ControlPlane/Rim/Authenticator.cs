using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>Who asks: by bearer token, or by a client certificate that the cluster's CA signed.</summary>
internal sealed class Authenticator(string token, X509Certificate2 authority)
{
    private static readonly object UserKey = new();
    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    /// <summary>The user name; empty for a client that shows nothing; null for one whose credentials are wrong.</summary>
    public string? UserOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            const string scheme = "Bearer ";
            if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return null;
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header[scheme.Length..].Trim()), _token) ? "kubernetes-admin" : null;
        }
        var connection = context.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionItemsFeature>()?.Items;
        if (connection is not null && connection.TryGetValue(UserKey, out var known)) return (string?)known;
        var user = UserOf(context.Connection.ClientCertificate);
        if (connection is not null) connection[UserKey] = user;
        return user;
    }

    private string? UserOf(X509Certificate2? certificate)
    {
        if (certificate is null) return "";
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate) ? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) : null;
    }
}

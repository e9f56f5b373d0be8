using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ClusterEmu.Client;

/// <summary>The way to an API server: connections, trust and credentials, the same for every client.</summary>
public static class KubeTransport
{
    /// <summary>What clients call themselves: the field manager of writes that name none.</summary>
    public const string Program = "clusteremu";

    /// <summary>A client of the server: it trusts the cluster's CA alone, checks the host name, and shows the certificate or the token.</summary>
    /// <remarks>It sets no time limit of its own: each caller bounds its calls.</remarks>
    public static HttpClient CreateClient(HttpKubeClientOptions options)
    {
        var http = new HttpClient(HandlerFor(options)) { BaseAddress = options.Server, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(Program, "0.1"));
        if (options.Token is { } token) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static SocketsHttpHandler HandlerFor(HttpKubeClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = TimeSpan.FromSeconds(10),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        if (options.ConnectPatience > TimeSpan.Zero)
            handler.ConnectCallback = (context, cancellationToken) => PatientConnect.ConnectAsync(context.DnsEndPoint, options.ConnectPatience, cancellationToken);
        handler.SslOptions.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        if (options.ClientCertificate is { } certificate)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }
        if (options.Ca is { } ca)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { ca },
            };
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None;
        }
        return handler;
    }
}

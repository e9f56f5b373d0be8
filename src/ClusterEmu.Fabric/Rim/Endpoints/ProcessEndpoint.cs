using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ClusterEmu.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterEmu.Fabric;

/// <summary>The HTTPS endpoint of a nodes or edge process. Callers show a certificate of the cluster's CA; nobody else gets in.</summary>
public sealed class ProcessEndpoint : IAsyncDisposable
{
    private const long MaxBodyBytes = 4 * 1024 * 1024;
    private readonly WebApplication _app;

    private ProcessEndpoint(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>As others reach it: <c>https://127.0.0.1:41234</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">Name, address and keys.</param>
    /// <param name="map">Adds the routes: see <see cref="ProcessRoutes"/> for those that nodes and edge share.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ArgumentException">The options have problems; the message lists them.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ProcessEndpoint> StartAsync(
        ProcessEndpointOptions options, Action<IEndpointRouteBuilder> map, CancellationToken cancellationToken = default)
    {
        var problems = options.Problems().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join('\n', problems), nameof(options));
        var pki = ClusterPki.Open(options.PkiDirectory);
        var (authority, certificate) = (pki.Authority, pki.Certificate(options.Name));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(IPAddress.Parse(options.ListenAddress), options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (client, _, _) => IsSignedBy(authority, client);
                });
            });
        });
        var app = builder.Build();
        app.UseRouting();
        map(app);
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var host = options.AdvertisedHost.Length > 0 ? options.AdvertisedHost : options.ListenAddress;
        return new ProcessEndpoint(app, new UriBuilder("https", host, bound.Port).Uri);
    }

    /// <summary>Whether <paramref name="authority"/>, and no other, signed the certificate, and it is valid now.</summary>
    public static bool IsSignedBy(X509Certificate2 authority, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    /// <summary>A client that calls process endpoints of this cluster as <paramref name="name"/>.</summary>
    public static HttpMessageHandler ClientHandler(ClusterPki pki, string name)
    {
        var authority = pki.Authority;
        return new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [pki.Certificate(name)],
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    certificate is X509Certificate2 server && IsSignedBy(authority, server),
            },
        };
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync().ConfigureAwait(false);
}

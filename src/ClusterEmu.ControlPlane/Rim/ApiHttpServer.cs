using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ClusterEmu.ControlPlane;

/// <summary>Kestrel with HTTPS and nothing else: no configuration files, no middleware, no routing.</summary>
internal sealed class ApiHttpServer : IAsyncDisposable
{
    /// <summary>After so much silence a client is asked whether it is still there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly WebApplication _application;

    private ApiHttpServer(WebApplication application) => _application = application;

    /// <summary>The address with the port that is really open.</summary>
    public Uri Address { get; private init; } = null!;

    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public static async Task<ApiHttpServer> StartAsync(
        IPEndPoint endPoint, X509Certificate2 certificate, RequestDelegate handler, ServerLoad load, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseSockets(options => options.CreateBoundListenSocket = Listen);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8; // Warnings name fields, which may have any letters.
            options.Limits.MaxRequestBodySize = null; // BodyReading has the API's own limit and answer.
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null; // A quiet watch is no slow client.
            options.Limits.Http2.MaxStreamsPerConnection = 1000;
            options.Limits.MaxRequestLineSize = 64 * 1024;
            // Who vanished without a word is found out, so that his watches do not stay open.
            options.Limits.Http2.KeepAlivePingDelay = Silence;
            options.Limits.Http2.KeepAlivePingTimeout = Silence;
            options.Listen(endPoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.Use(next => async connection =>
                {
                    load.ConnectionOpened();
                    try
                    {
                        await next(connection).ConfigureAwait(false);
                    }
                    finally
                    {
                        load.ConnectionClosed();
                    }
                });
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                    // Authentication looks at it: a wrong one is answered with 401, not with a broken handshake.
                    ClientCertificateValidation = static (_, _, _) => true,
                    SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                });
            });
        });
        var application = builder.Build();
        application.Run(handler);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            if (problem is not (IOException or SocketException)) throw;
            throw new IOException(
                $"The API server cannot listen on {endPoint}: {problem.Message} Stop what listens there, or choose another place: " +
                "cluster-emu.control-plane.listen-port (0 takes a free port) and listen-address.", problem);
        }
        var bound = new Uri(application.Urls.First());
        return new ApiHttpServer(application) { Address = bound };
    }

    /// <summary>A listener whose connections inherit TCP's own keep-alive.</summary>
    private static Socket Listen(EndPoint endPoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)Silence.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>One port of a declared outside host.</summary>
internal sealed class OutsideServer(OutsideHost host, Ip address, OutsideAnswer answer, Determinism determinism, ILoggingAdapter log) : IFastListener
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(120);
    private readonly Lock _making = new();
    private X509Certificate2? _certificate;

    public IpProtocol Protocol => IpProtocol.Tcp;
    public string Owner => OutsideRoutes.OwnerOf(host, address);

    public void Accept(InboundConnection connection) => _ = Task.Run(() => ServeAsync(connection));

    public void Answer(FastRequest request, DateTimeOffset now) => OutsideText.Answer(request, host, answer);

    /// <summary>Never called: outside hosts have TCP ports only, and the router refuses all else.</summary>
    public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) =>
        throw new NotSupportedException($"{host.Name} takes TCP connections only.");

    private async Task ServeAsync(InboundConnection connection)
    {
        using var limit = new CancellationTokenSource(IdleLimit);
        try
        {
            await using var stream = connection.Stream;
            switch (answer)
            {
                case OutsideAnswer.Tcp:
                    await OutsideAnswers.EchoAsync(stream, limit, IdleLimit).ConfigureAwait(false);
                    break;
                case OutsideAnswer.Http:
                    await OutsideAnswers.HttpAsync(stream, host.Name, connection.Flow, limit, IdleLimit).ConfigureAwait(false);
                    break;
                default:
                    await using (var secured = new SslStream(stream))
                    {
                        var options = new SslServerAuthenticationOptions { ServerCertificate = Certificate() };
                        await secured.AuthenticateAsServerAsync(options, limit.Token).ConfigureAwait(false);
                        await OutsideAnswers.HttpAsync(secured, host.Name, connection.Flow, limit, IdleLimit).ConfigureAwait(false);
                    }
                    break;
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
        {
            log.Debug("{0}: a connection ended early: {1}", Owner, error.Message);
        }
        catch (Exception error)
        {
            log.Warning("{0}: a connection was given up, others go on: {1}", Owner, error);
        }
    }

    /// <summary>Made at first use: most runs never ask.</summary>
    private X509Certificate2 Certificate()
    {
        lock (_making) return _certificate ??= Make();
    }

    private X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host.Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host.Name);
        names.AddIpAddress(address.ToIPAddress());
        request.CertificateExtensions.Add(names.Build());
        var now = determinism.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ClusterEmu.Client;

/// <summary>The Kubernetes API over HTTPS (HTTP/2 where the server offers it). Thread-safe.</summary>
public sealed class HttpKubeClient : IAsyncKubeClient, IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpKubeClientOptions _options;

    public HttpKubeClient(HttpKubeClientOptions options)
    {
        _options = options;
        _http = new HttpClient(HandlerFor(options))
        {
            BaseAddress = options.Server,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("clusteremu", "0.1"));
        if (options.Token is { } token) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public void Send(ApiCall call, IActorRef replyTo) => _ = SendAndTellAsync(call, replyTo);

    public IWatch Watch(WatchCall call, IActorRef subscriber) => HttpWatch.Start(_http, call, subscriber);

    public async Task<ApiReply> SendAsync(ApiCall call, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.RequestTimeout);
        try
        {
            using var message = MessageOf(ApiRequest.Of(call));
            using var response = await _http.SendAsync(message, timeout.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(timeout.Token).ConfigureAwait(false);
            return ApiAnswer.Read(call, (int)response.StatusCode, body);
        }
        catch (OperationCanceledException)
        {
            var why = cancellationToken.IsCancellationRequested ? "was cancelled" : $"took longer than {_options.RequestTimeout}";
            return ApiAnswer.Unanswered(call, $"{call.Verb} of {call.Kind.QualifiedPlural} at {_options.Server} {why}.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
        {
            return ApiAnswer.Unanswered(call, $"The API server at {_options.Server} did not answer: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    internal static HttpRequestMessage MessageOf(ApiRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.PathAndQuery)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (request.ContentType is { } type)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }
        return message;
    }

    private async Task SendAndTellAsync(ApiCall call, IActorRef replyTo)
    {
        ApiReply reply;
        try
        {
            reply = await SendAsync(call).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            reply = ApiAnswer.Unanswered(call, e.Message);
        }
        replyTo.Tell(reply);
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

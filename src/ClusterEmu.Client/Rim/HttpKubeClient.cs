using System.Net;
using System.Net.Http.Headers;

namespace ClusterEmu.Client;

/// <summary>The Kubernetes API over HTTPS (HTTP/2 where the server offers it). Thread-safe.</summary>
public sealed class HttpKubeClient : IAsyncKubeClient, IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpKubeClientOptions _options;

    public HttpKubeClient(HttpKubeClientOptions options)
    {
        _options = options;
        _http = KubeTransport.CreateClient(options);
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
        catch (Exception e) // Whatever it is: who asked counts on one answer.
        {
            reply = ApiAnswer.Unanswered(call, e.Message);
        }
        replyTo.Tell(reply);
    }
}

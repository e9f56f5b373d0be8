using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.Launching;
using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.ApiAccess;

/// <summary>The API as the command line uses it: raw JSON over HTTPS, as the administrator.</summary>
public sealed class ApiConnection : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http;

    /// <param name="address">Of the API server.</param>
    /// <param name="pki">The cluster's keys.</param>
    /// <param name="patience">How long to wait for a server that does not listen yet; longer than that is a failure.</param>
    public ApiConnection(Uri address, ClusterPki pki, TimeSpan patience = default)
    {
        try
        {
            _http = KubeTransport.CreateClient(new HttpKubeClientOptions { Server = address, Ca = pki.Authority, Token = pki.Token, ConnectPatience = patience });
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandFailure($"The cluster's keys in {pki.Path} cannot be read: {cause.Message} Run the command as the user who started the cluster, or end it and start it again ('clusteremu down', 'clusteremu up').");
        }
    }

    /// <summary>Connects to a running cluster.</summary>
    /// <exception cref="CommandFailure">It is not running.</exception>
    public static ApiConnection To(ClusterFolder folder) => new(folder.Running().ApiAddress, ClusterPki.Open(folder.Pki));

    /// <summary>Sends a request; the answer's body is JSON, or null if it is empty or none.</summary>
    /// <param name="method">GET, POST, …</param>
    /// <param name="path">With its query.</param>
    /// <param name="body">JSON text; null for none.</param>
    /// <param name="mediaType">Of the body.</param>
    /// <param name="accept">Null: JSON.</param>
    /// <param name="limit">How long it may take. Default: 60 s.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">The server cannot be reached, or took too long.</exception>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, string? body = null, string mediaType = "application/json", string? accept = null, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        either.CancelAfter(limit ?? Limit);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }
        request.Headers.TryAddWithoutValidation("Accept", accept ?? "application/json");
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            var text = await response.Content.ReadAsStringAsync(either.Token);
            return new ApiAnswer((int)response.StatusCode, text);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure($"The API server at {_http.BaseAddress} did not answer within {(limit ?? Limit).TotalSeconds:0} s. See 'clusteremu status'; its log is in the state directory under logs/control-plane.log.");
        }
        catch (HttpRequestException cause)
        {
            throw Silent(cause);
        }
    }

    public Task<ApiAnswer> GetAsync(string path, string? accept = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, path, accept: accept, cancellationToken: cancellationToken);

    /// <summary>The body of a GET as it comes, such as a watch's.</summary>
    /// <exception cref="CommandFailure">The server refuses the request, or cannot be reached.</exception>
    public async Task<Stream> OpenAsync(string path, string accept, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode) return await response.Content.ReadAsStreamAsync(cancellationToken);
            using (response) throw new CommandFailure(new ApiAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken)).ErrorText);
        }
        catch (HttpRequestException cause)
        {
            throw Silent(cause);
        }
    }

    public void Dispose() => _http.Dispose();

    private CommandFailure Silent(HttpRequestException cause) =>
        new($"The API server at {_http.BaseAddress} does not answer: {cause.Message} See 'clusteremu status'; its log is in the state directory under logs/control-plane.log.");
}

/// <summary>An HTTP answer with its whole body.</summary>
public sealed record ApiAnswer(int Code, string Text)
{
    public bool Ok => Code is >= 200 and < 300;

    /// <summary>The body as JSON; an empty object if it is none.</summary>
    public JsonObject Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Text) as JsonObject ?? [];
            }
            catch (JsonException)
            {
                return [];
            }
        }
    }

    /// <summary>The failure as kubectl words it: <c>Error from server (NotFound): …</c>.</summary>
    public string ErrorText => ErrorDuring("");

    /// <summary>The failure with what was being done: <c>Error from server (Invalid): error when creating "x.yaml": …</c>.</summary>
    public string ErrorDuring(string what)
    {
        var message = Json["message"]?.GetValue<string>() ?? (Text.Trim() is { Length: > 0 } text ? text : $"it answered {Code} without a word. Its log is in the state directory under logs/.");
        if (what.Length > 0) message = $"{what}: {message}";
        return Json["reason"]?.GetValue<string>() is { Length: > 0 } reason ? $"Error from server ({reason}): {message}" : $"Error from server: {message}";
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
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
    private readonly HttpClient _http;

    /// <param name="address">Of the API server.</param>
    /// <param name="pki">The cluster's keys.</param>
    /// <param name="patience">How long to wait for a server that does not listen yet; longer than that is a failure.</param>
    public ApiConnection(Uri address, ClusterPki pki, TimeSpan patience = default)
    {
        var authority = pki.Authority;
        var handler = new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsSignedBy(authority, certificate);
        if (patience > TimeSpan.Zero) handler.ConnectCallback = (context, cancellationToken) => PatientConnect.ConnectAsync(context.DnsEndPoint, patience, cancellationToken);
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pki.Token);
    }

    /// <summary>Connects to a running cluster.</summary>
    /// <exception cref="CommandFailure">It is not running.</exception>
    public static ApiConnection To(ClusterFolder folder) => new(folder.Running().ApiAddress, ClusterPki.Open(folder.Pki));

    /// <summary>Sends a request; the answer's body is JSON, or null if it is empty or none.</summary>
    /// <exception cref="CommandFailure">The server cannot be reached.</exception>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, string? body = null, string mediaType = "application/json", string? accept = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }
        request.Headers.TryAddWithoutValidation("Accept", accept ?? "application/json");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new ApiAnswer((int)response.StatusCode, text);
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

    private static bool IsSignedBy(X509Certificate2 authority, X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 leaf) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
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
    public string ErrorText
    {
        get
        {
            var message = Json["message"]?.GetValue<string>() ?? Text.Trim();
            return Json["reason"]?.GetValue<string>() is { Length: > 0 } reason ? $"Error from server ({reason}): {message}" : $"Error from server: {message}";
        }
    }
}

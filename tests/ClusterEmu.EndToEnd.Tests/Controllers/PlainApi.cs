using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace ClusterEmu.EndToEnd.Tests.Controllers;

/// <summary>The API as any program sees it: an <see cref="HttpClient"/> with what a kubeconfig says, and nothing of ours.</summary>
public sealed class PlainApi : IDisposable
{
    private readonly HttpClient _http;

    public PlainApi(string kubeconfig)
    {
        var yaml = new YamlStream();
        using (var text = File.OpenText(kubeconfig)) yaml.Load(text);
        var root = yaml.Documents[0].RootNode;
        var cluster = root["clusters"][0]["cluster"];
        var user = root["users"][0]["user"];
        var authority = X509Certificate2.CreateFromPem(Pem(cluster["certificate-authority-data"]));
        var own = X509Certificate2.CreateFromPem(Pem(user["client-certificate-data"]), Pem(user["client-key-data"]));
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), UseProxy = false };
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = [own],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => own,
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { authority } },
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(cluster["server"].ToString()), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a request again and again while the server is away. The answer may be any.</summary>
    public async Task<(HttpStatusCode Code, JsonObject Body)> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path);
                if (body is not null)
                {
                    request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");
                }
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
                limit.CancelAfter(TimeSpan.FromSeconds(10));
                using var answer = await _http.SendAsync(request, limit.Token);
                if ((int)answer.StatusCode is not (429 or >= 500)) return (answer.StatusCode, (JsonObject)JsonNode.Parse(await answer.Content.ReadAsStringAsync(limit.Token))!);
            }
            catch (Exception cause) when (cause is HttpRequestException or IOException || (cause is OperationCanceledException && !stop.IsCancellationRequested))
            {
                // The server is away, or was taken away in the middle.
            }
            await Task.Delay(50, stop);
        }
    }

    /// <summary>The lines of a watch until it ends, for whatever reason.</summary>
    public async IAsyncEnumerable<JsonObject> WatchAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        HttpResponseMessage? answer = null;
        try
        {
            answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (HttpRequestException)
        {
            // The server is away.
        }
        if (answer is null) yield break;
        using (answer)
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
            while (true)
            {
                string? line;
                try
                {
                    line = await reader.ReadLineAsync(stop);
                }
                catch (Exception cause) when (cause is IOException or HttpRequestException)
                {
                    yield break;
                }
                if (line is null) yield break;
                yield return (JsonObject)JsonNode.Parse(line)!;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Pem(YamlNode node) => Encoding.ASCII.GetString(Convert.FromBase64String(node.ToString()));
}

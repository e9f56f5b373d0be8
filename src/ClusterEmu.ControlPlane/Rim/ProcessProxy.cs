using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ClusterEmu.ControlPlane;

/// <summary>Forwards requests to the endpoint of a node's process, or of any process, over mutual TLS.</summary>
internal sealed class ProcessProxy : IDisposable
{
    private const string ProcessAnnotation = "clusteremu.io/process";
    private const string EndpointAnnotation = "clusteremu.io/endpoint";
    private static readonly string[] OwnHeaders = ["Host", "Connection", "Authorization", "Transfer-Encoding", "Content-Length", "Content-Type", "Keep-Alive", "Upgrade"];

    private readonly ApiCore _core;
    private readonly HttpMessageInvoker _http;

    public ProcessProxy(ApiCore core, X509Certificate2 certificate, X509Certificate2 authority)
    {
        _core = core;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
    }

    /// <summary>The name of the process and the path behind it, for /apis/clusteremu.io/v1alpha1/processes/NAME/proxy/PATH.</summary>
    public static (string Name, string Below)? ProcessTarget(string path)
    {
        var parts = path.Trim('/').Split('/', 7);
        return parts is ["apis", "clusteremu.io", "v1alpha1", "processes", var name, "proxy", ..] ? (name, parts.Length > 6 ? parts[6] : "") : null;
    }

    /// <exception cref="ApiException">There is no such node, or it runs in no process.</exception>
    public Task ToNodeAsync(HttpContext context, string node, string rest)
    {
        var found = _core.Reader.Current.Find(Kinds.Node, "", node) ?? throw Refuse.NotFound(Kinds.Node, node);
        var process = found.Decode().Metadata.Annotations.GetValueOrDefault(ProcessAnnotation)
            ?? throw Refuse.Unavailable($"Node {node} has no annotation {ProcessAnnotation}: no process of this cluster runs it, so there is nothing to ask.");
        return ToProcessAsync(context, process, rest);
    }

    /// <exception cref="ApiException">The process has not said where it listens.</exception>
    public async Task ToProcessAsync(HttpContext context, string process, string rest)
    {
        var lease = _core.Reader.Current.Find(Kinds.Lease, "kube-system", "clusteremu-process-" + process)?.Decode();
        if (lease?.Metadata.Annotations.GetValueOrDefault(EndpointAnnotation) is not { } text || !Uri.TryCreate(text, UriKind.Absolute, out var endpoint))
        {
            throw Refuse.Unavailable(
                $"Process {process} has not said where it listens (Lease kube-system/clusteremu-process-{process}, annotation {EndpointAnnotation}). See 'clusteremu status' whether it runs.");
        }
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(endpoint, "/" + rest + context.Request.QueryString));
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith(':')) request.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        // Over HTTP/2 a body may come without a length, and without a header that says so.
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            request.Content = new StreamContent(context.Request.Body);
            if (context.Request.ContentType is { } type) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (context.Request.ContentLength is { } length) request.Content.Headers.ContentLength = length;
        }
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, context.RequestAborted).ConfigureAwait(false);
        }
        catch (HttpRequestException problem)
        {
            throw Refuse.Unavailable($"error trying to reach process {process} at {endpoint}: {problem.Message}. See 'clusteremu status' whether it runs.");
        }
        using (response)
        {
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Content.Headers)
            {
                if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) context.Response.Headers[name] = values.ToArray();
            }
            context.Response.ContentLength = response.Content.Headers.ContentLength;
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();
}

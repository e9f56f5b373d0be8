using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>A whole control plane on a free port, with keys of its own. Shared by the tests of one class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("clusteremu-server-").FullName;
    private int _number;

    public ActorSystem System { get; } = ActorSystem.Create("server-" + Guid.NewGuid().ToString("n"));
    public ControlPlaneProcess Process { get; private set; } = null!;
    public ClusterPki Pki { get; private set; } = null!;
    public HttpClient Http { get; private set; } = null!;
    public string StateDirectory => _directory;

    public async Task InitializeAsync()
    {
        Pki = ClusterPki.Ensure(Path.Combine(_directory, "pki"), ["nodes-1"], []);
        Process = await ControlPlaneProcess.StartAsync(Options, System);
        Http = NewHttp();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Pki.Token);
    }

    public ControlPlaneOptions Options => new() { StateDirectory = _directory, PkiDirectory = Path.Combine(_directory, "pki") };

    public HttpClient NewHttp(X509Certificate2? certificate = null)
    {
        var tls = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { Pki.Authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        if (certificate is not null) tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        return new HttpClient(new SocketsHttpHandler { SslOptions = tls, UseProxy = false }) { BaseAddress = Process.ApiAddress, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Makes a namespace that no other test uses, with its default service account.</summary>
    public async Task<string> NewNamespace()
    {
        var name = $"ns-{Interlocked.Increment(ref _number)}";
        await Must(ApiCall.Create(new Namespace { Metadata = new ObjectMeta { Name = name } }));
        await Must(ApiCall.Create(new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = name } }));
        return name;
    }

    public async Task<ApiReply> Must(ApiCall call)
    {
        var reply = await Process.Client.SendAsync(call);
        Assert.True(reply.Ok, $"{call.Verb} {call.Kind.Kind} {call.Name ?? call.Body?.Metadata.Name}: {reply.Failure?.Message}");
        return reply;
    }

    public async Task<(int Code, JsonNode Body)> Send(string method, string path, string? body = null, string type = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
        await System.Terminate();
        Directory.Delete(_directory, recursive: true);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;
using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class WorkloadServerTests() : TestKit("akka.test.single-expect-default = 20s"), IAsyncLifetime
{
    private static readonly IpPort Server = new(Ip.Parse("172.17.0.2"), 8080);
    private readonly NodePower _power = new();
    private readonly UpperCaseDns _dns = new();
    private WorkloadServer _server = null!;
    private TestProbe _runner = null!;

    private sealed class UpperCaseDns : IDnsAnswers
    {
        public bool Ready { get; set; }

        public ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> query, bool tcp) =>
            Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(query.Span).ToUpperInvariant() + (tcp ? "!" : ""));
    }

    public async Task InitializeAsync()
    {
        _runner = CreateTestProbe("runner");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var made = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _server = await WorkloadServer.StartAsync(Determinism.For(Sys), X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null), _dns);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private IWorkloadListener Listen(ListenerPlan plan) => _server.For(_power).Open(plan, Facts, _runner.Ref, 3);

    private static FabricStream Connect(IWorkloadListener listener)
    {
        var (client, server) = PipeConnection.Open();
        listener.Accept(new InboundConnection(new Flow(IpProtocol.Tcp, Caller, Server), server));
        return client;
    }

    private static HttpClient Client(IWorkloadListener listener) => new(new SocketsHttpHandler
    {
        ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(Connect(listener)),
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    { Timeout = TimeSpan.FromSeconds(20) };

    private static ListenerPlan Port(string image, string args, int port, string env = "") => Plan(image, args, env).Listeners.First(plan => plan.Port == port);

    [Fact]
    public async Task Http_AnswersAsTheImageDoesAndAddsNothing()
    {
        using var client = Client(Listen(Port("agnhost", "netexec", 8080)));
        using var response = await client.GetAsync("http://web/echo?msg=hello%20you&code=202");
        Assert.Equal((HttpStatusCode.Accepted, "hello you"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(MediaTypeHeaderValue.Parse("text/plain; charset=utf-8"), response.Content.Headers.ContentType);
        Assert.Equal(["Date"], response.Headers.Select(header => header.Key));
        Assert.Equal("172.17.1.9:40000", await client.GetStringAsync("http://web/clientip"));
    }

    [Fact]
    public async Task Http_KeepsConnectionsAndServesManyPodsFromOneServer()
    {
        var accepted = 0;
        var (one, two) = (Listen(Port("agnhost", "netexec", 8080)), Listen(Port("nginx:1.21", "", 80)));
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (context, _) =>
            {
                Interlocked.Increment(ref accepted);
                return ValueTask.FromResult<Stream>(Connect(context.DnsEndPoint.Host == "one" ? one : two));
            },
        });
        for (var i = 0; i < 5; i++) Assert.Equal("web-1", await client.GetStringAsync("http://one/hostname"));
        using var nginx = await client.GetAsync("http://two/");
        Assert.Equal("nginx/1.21.6", Assert.Single(nginx.Headers.GetValues("Server")));
        Assert.Equal(2, accepted);
    }

    [Fact]
    public async Task Http_HeadHasNoBody()
    {
        using var client = Client(Listen(Port("nginx", "", 80)));
        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "http://web/"));
        Assert.True(response.Content.Headers.ContentLength > 100);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Https_ShowsTheCertificate()
    {
        using var client = Client(Listen(Port("agnhost", "porter", 8443, "SERVE_TLS_PORT_8443=secret")));
        Assert.Equal("secret", await client.GetStringAsync("https://web:8443/"));
    }

    [Fact]
    public async Task Https_ClosesOnAClientWithoutTls()
    {
        using var client = Client(Listen(Port("agnhost", "porter", 8443, "SERVE_TLS_PORT_8443=secret")));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("http://web:8443/"));
    }

    [Fact]
    public async Task Raw_GreetsAndCloses()
    {
        await using var stream = Connect(Listen(Port("agnhost", "serve-hostname --http=false --tcp", 9376)));
        using var reader = new StreamReader(stream);
        Assert.Equal("web-1", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Dns_AnswersOverTcpAndUdp()
    {
        var tcp = Listen(new ListenerPlan(53, IpProtocol.Tcp, ListenerKind.Dns));
        await using var stream = Connect(tcp);
        await stream.WriteAsync(new byte[] { 0, 2, (byte)'h', (byte)'i' });
        var answer = new byte[5];
        await stream.ReadExactlyAsync(answer);
        Assert.Equal("\0\u0003HI!", Encoding.ASCII.GetString(answer));

        var reply = new TaskCompletionSource<string>();
        Listen(new ListenerPlan(53, IpProtocol.Udp, ListenerKind.Dns))
            .Receive(new Flow(IpProtocol.Udp, Caller, Server), Encoding.ASCII.GetBytes("who"), bytes => reply.SetResult(Encoding.ASCII.GetString(bytes.Span)));
        Assert.Equal("WHO", await reply.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Coredns_IsReadyOnceThereAreNames()
    {
        using var client = Client(Listen(Port("coredns", "", 8181)));
        using var before = await client.GetAsync("http://dns/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        _dns.Ready = true;
        using var after = await client.GetAsync("http://dns/ready");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public void Datagrams_AreAnsweredOrIgnored()
    {
        var listener = Listen(Port("agnhost", "netexec", 8081));
        var replies = new List<string>();
        foreach (var text in new[] { "hostname", "nonsense", "echo hi" })
            listener.Receive(new Flow(IpProtocol.Udp, Caller, Server), Encoding.ASCII.GetBytes(text), bytes => replies.Add(Encoding.ASCII.GetString(bytes.Span)));
        Assert.Equal(["web-1", "hi"], replies);
    }

    [Fact]
    public async Task Exit_TellsTheRunnerAndBreaksTheConnection()
    {
        using var client = Client(Listen(Port("agnhost", "netexec", 8080)));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("http://web/exit?code=7"));
        Assert.Equal(new PodRunner.Command.EndProcess("web", 3, new ProcessExit(TimeSpan.Zero, 7)), _runner.ExpectMsg<PodRunner.Command.EndProcess>());
    }

    [Fact]
    public async Task TheEndOfAProcess_ClosesItsConnections()
    {
        var listener = Listen(Port("agnhost", "netexec", 8080));
        await using var open = Connect(listener);
        await open.WriteAsync(Encoding.ASCII.GetBytes("GET /hostname HTTP/1.1\r\nHost: web\r\n\r\n"));
        var buffer = new byte[1024];
        Assert.True(await open.ReadAsync(buffer) > 0);
        listener.Dispose();
        Assert.True(await EndsAsync(open));
        await using var late = Connect(listener);
        Assert.True(await EndsAsync(late));
    }

    [Fact]
    public async Task AMachineWithoutPower_FallsSilent()
    {
        var listener = Listen(Port("agnhost", "netexec", 8080));
        await using var open = Connect(listener);
        _power.IsOff = true;
        listener.Dispose();
        await open.WriteAsync(Encoding.ASCII.GetBytes("GET /hostname HTTP/1.1\r\nHost: web\r\n\r\n"));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.ReadAsync(new byte[16], patience.Token).AsTask());
    }

    [Theory]
    [InlineData("agnhost", "netexec", 8080, "GET", "/clientip", "")]
    [InlineData("agnhost", "netexec", 8080, "GET", "/echo", "msg=hello%20you&code=202")]
    [InlineData("agnhost", "netexec", 8080, "GET", "/echo", "msg=nothing&code=204")]
    [InlineData("agnhost", "serve-hostname", 9376, "POST", "/", "")]
    [InlineData("nginx:1.21", "", 80, "GET", "/", "")]
    [InlineData("nginx:1.21", "", 80, "HEAD", "/", "")]
    [InlineData("nginx:1.21", "", 80, "DELETE", "/", "")]
    [InlineData("nginx:1.21", "", 80, "GET", "/missing", "")]
    public async Task FastPath_AnswersAsTheConnectionDoes(string image, string args, int port, string method, string path, string query)
    {
        var listener = Listen(Port(image, args, port));
        using var client = Client(listener);
        using var ask = new HttpRequestMessage(new HttpMethod(method), $"http://web{path}{(query.Length > 0 ? "?" : "")}{query}");
        using var response = await client.SendAsync(ask);
        var request = AskFast(listener, method, path, query);
        Assert.Equal((FastOutcome.Answered, (int)response.StatusCode), (request.Outcome, request.Status));
        Assert.Equal(await response.Content.ReadAsStringAsync(), request.Body);
        Assert.Equal(
            response.Headers.Where(header => header.Key != "Date").Select(header => (header.Key, string.Join(',', header.Value))).Order(),
            request.AnswerHeaders.Select(header => (header.Key, header.Value)).Order());
        if (request.Body.Length > 0) Assert.Equal(response.Content.Headers.ContentType?.ToString(), request.ContentType);
    }

    [Fact]
    public void FastPath_EndsProcessesAndFindsThemEnded()
    {
        var listener = Listen(Port("agnhost", "netexec", 8080));
        Assert.Equal(FastOutcome.Reset, AskFast(listener, "GET", "/exit", "code=7").Outcome);
        Assert.Equal(new PodRunner.Command.EndProcess("web", 3, new ProcessExit(TimeSpan.Zero, 7)), _runner.ExpectMsg<PodRunner.Command.EndProcess>());
        listener.Dispose();
        Assert.Equal(FastOutcome.Reset, AskFast(listener, "GET", "/hostname").Outcome);
        _power.IsOff = true;
        Assert.Equal(FastOutcome.Dropped, AskFast(listener, "GET", "/hostname").Outcome);
        _power.IsOff = false;
        var raw = AskFast(Listen(Port("agnhost", "serve-hostname --http=false --tcp", 9376)), "GET", "/");
        Assert.Equal((FastOutcome.Unsupported, ""), (raw.Outcome, raw.ServerName));
        Assert.Contains("speaks Raw on port 9376", raw.Reason);
    }

    private FastRequest AskFast(IWorkloadListener listener, string method, string path, string query = "")
    {
        var request = new FastRequest { Method = method, Path = path, Query = query };
        request.Arrive(new Flow(IpProtocol.Tcp, Caller, Server), listener.Owner);
        Assert.IsAssignableFrom<IFastListener>(listener).Answer(request, Determinism.For(Sys).UtcNow);
        return request;
    }

    private static async Task<bool> EndsAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) > 0)
            {
                // Bytes that were on their way.
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }
}

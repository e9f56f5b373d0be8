using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

public sealed class RequestRunnerTests
{
    private static readonly IpPort Pod = FabricWorld.At("172.17.1.9:8080");
    private static readonly IpPort Dns = FabricWorld.At("172.17.1.2:53");

    private static RequestSender Client(bool names = true) => new("pod/default/client", "node-1", FlowOrigin.LocalPod, FabricWorld.PodOne, new NameSettings
    {
        Nameserver = names ? Dns.Ip : null,
        Search = ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"],
        Dots = 5,
        Hosts = new Dictionary<string, IReadOnlyList<Ip>> { ["db.example.com"] = [Ip.Parse("203.0.113.20")] },
    });

    /// <summary>A Service web-svc whose only Pod answers over HTTP/1.1; its name is in DNS.</summary>
    private static FabricWorld Web(out FakeListener listener, Func<string, string>? answer = null, bool oneProcess = true, bool tls = false)
    {
        var world = FabricWorld.Create(oneProcess);
        listener = new FakeListener(IpProtocol.Tcp, "pod/default/web-1")
        {
            OnAccept = connection => _ = TinyHttp.ServeAsync(connection.Stream, answer ?? (_ => "hello"), tls),
        };
        world.Node1.Translations[FabricWorld.Service] = Pod;
        world.Node1.Translations[FabricWorld.Service with { Port = 443 }] = Pod;
        world.Node2.Listeners[(IpProtocol.Tcp, Pod)] = listener;
        world.Node2.Listeners[(IpProtocol.Udp, Dns)] = new FakeListener(IpProtocol.Udp, "pod/kube-system/coredns")
        {
            OnDatagram = Answer,
        };
        return world;
    }

    /// <summary>Knows web-svc, and alias as another name of it whose address must be asked for.</summary>
    private static ReadOnlyMemory<byte>? Answer(ReadOnlyMemory<byte> bytes)
    {
        var query = DnsCodec.Read(bytes.Span);
        var name = query.Questions[0].Name;
        IReadOnlyList<DnsRecord> answers = name switch
        {
            "web-svc.default.svc.cluster.local" => [new DnsRecord.Address(name, 30, FabricWorld.Service.Ip)],
            "alias.default.svc.cluster.local" => [new DnsRecord.Pointer(name, DnsType.CNAME, 30, "web-svc.default.svc.cluster.local")],
            _ => [],
        };
        return DnsCodec.Write(query with { IsResponse = true, Code = answers.Count > 0 ? DnsCode.NoError : DnsCode.NameError, Answers = answers, Additional = [] });
    }

    [Theory]
    [InlineData("web-svc")]
    [InlineData("WEB-SVC.default")]
    [InlineData("web-svc.default.svc.cluster.local.")]
    [InlineData("alias")]
    public async Task Names_AreResolvedThroughTheClustersDns(string name)
    {
        await using var world = Web(out _);
        var report = await RunAsync(world, new RequestSpec { Url = $"http://{name}", Trace = true });
        Assert.Equal(1, report.Succeeded);
        Assert.Contains("10.96.45.123", Assert.Single(report.Traces[0].Hops, hop => hop.What == "resolve").Detail);
    }

    private static async Task<RequestReport> RunAsync(FabricWorld world, RequestSpec spec, RequestSender? sender = null) =>
        await new RequestRunner(world.A).RunAsync(spec, sender ?? Client(), default).WaitAsync(FabricWorld.Patience);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_AreSentOneConnectionEachAndCounted(bool oneProcess)
    {
        await using var world = Web(out var listener, oneProcess: oneProcess);
        var report = await RunAsync(world, new RequestSpec { Url = "http://web-svc/x", From = "pod/default/client", Count = 20, Trace = true });
        Assert.Equal((20, 20), (report.Sent, report.Succeeded));
        Assert.Equal(new RequestFailures(0, 0, 0, 0), report.Failed);
        Assert.Equal(20, Assert.Single(report.ByPod, pair => pair.Key == "default/web-1").Value);
        Assert.Equal(20, report.Answers.StatusCodes["200"]);
        Assert.Equal("hello", report.Answers.FirstBody);
        Assert.Equal(20, listener.Accepted.Count);
        Assert.InRange(report.LatencyMs.P50, 0.001, report.LatencyMs.P99);
        Assert.Equal(20, report.Traces.Count);
        Assert.Equal(["resolve", "connect", "forward", "deliver", "answer"], report.Traces[0].Hops.Select(hop => hop.What));
        Assert.Equal(7, report.Traces[0].Hops[2].TableRevision);
        await FabricWorld.UntilAsync(() => world.Node2.Closed.Count(close => close.Original.Protocol == IpProtocol.Tcp) == 20, "every connection is closed");
    }

    [Fact]
    public async Task Keepalive_UsesOneConnection()
    {
        await using var world = Web(out var listener);
        var report = await RunAsync(world, new RequestSpec { Url = "http://web-svc", Count = 20, Keepalive = true });
        Assert.Equal(20, report.ByPod["default/web-1"]);
        Assert.Single(listener.Accepted);
    }

    [Fact]
    public async Task Method_HeadersAndDataArrive()
    {
        await using var world = Web(out _, request => request);
        var report = await RunAsync(world, new RequestSpec { Url = "http://web-svc/p?q=1", Method = "PUT", Headers = ["X-Test: yes", "Content-Type: text/plain"], Data = "body" });
        var seen = report.Answers.FirstBody!;
        Assert.StartsWith("PUT /p?q=1 HTTP/1.1", seen);
        Assert.Contains("Host: web-svc", seen);
        Assert.Contains("X-Test: yes", seen);
        Assert.Contains("Content-Type: text/plain", seen);
        Assert.EndsWith("body", seen);
    }

    [Fact]
    public async Task Https_TakesAnyCertificateAndReportsIt()
    {
        await using var world = Web(out _, tls: true);
        var report = await RunAsync(world, new RequestSpec { Url = "https://web-svc" });
        Assert.Equal(1, report.Succeeded);
        Assert.Contains("CN=tiny", report.Answers.Certificate);
        Assert.Contains("not trusted", report.Answers.Certificate);
    }

    [Theory]
    //          url                     the Pod's port            refused timeout reset dns
    [InlineData("http://172.17.1.9:8080", FlowAction.Reject, "2 0 0 0")]
    [InlineData("http://172.17.1.9:8080", FlowAction.Unreachable, "2 0 0 0")]
    [InlineData("http://172.17.1.9:8080", FlowAction.Drop, "0 2 0 0")]
    [InlineData("http://no-such-service", FlowAction.Reject, "0 0 0 2")]
    [InlineData("tcp://172.17.1.9:8080", FlowAction.Reject, "2 0 0 0")]
    public async Task Failures_AreToldApart(string url, FlowAction action, string expected)
    {
        await using var world = Web(out _);
        world.Node2.Answers[Pod] = action;
        var report = await RunAsync(world, new RequestSpec { Url = url, Count = 2, TimeoutMs = action == FlowAction.Drop ? 1500 : 10_000, Trace = true });
        var failed = report.Failed;
        Assert.Equal(expected, $"{failed.Refused} {failed.Timeout} {failed.Reset} {failed.Dns}");
        Assert.Equal((2, 0), (report.Sent, report.Succeeded));
        Assert.Equal(2, Assert.Single(report.Answers.Errors).Value);
        Assert.All(report.Traces, trace => Assert.NotEmpty(trace.Hops));
    }

    [Fact]
    public async Task AServerThatResets_IsAReset()
    {
        await using var world = Web(out _);
        world.Node2.Listeners[(IpProtocol.Tcp, Pod)] = new FakeListener(IpProtocol.Tcp, "pod/default/web-1")
        {
            OnAccept = connection => ((FabricStream)connection.Stream).Abort("no"),
        };
        var report = await RunAsync(world, new RequestSpec { Url = "http://web-svc" });
        Assert.Equal(new RequestFailures(0, 0, 1, 0), report.Failed);
    }

    [Fact]
    public async Task AServerThatSaysNothing_IsATimeout()
    {
        await using var world = Web(out _);
        world.Node2.Listeners[(IpProtocol.Tcp, Pod)] = new FakeListener(IpProtocol.Tcp, "pod/default/web-1");
        var report = await RunAsync(world, new RequestSpec { Url = "http://web-svc", TimeoutMs = 1000 });
        Assert.Equal(new RequestFailures(0, 1, 0, 0), report.Failed);
    }

    [Fact]
    public async Task ADeadNameServer_IsADnsFailure()
    {
        await using var world = Web(out _);
        world.Node2.Answers[Dns] = FlowAction.Drop;
        var report = await RunAsync(world, new RequestSpec { Url = "http://web-svc", TimeoutMs = 1000, Trace = true });
        Assert.Equal(new RequestFailures(0, 0, 0, 1), report.Failed);
        Assert.Contains("did not answer", Assert.Single(report.Answers.Errors).Key);
    }

    [Fact]
    public async Task WithoutANameServer_OnlyHostsAreKnown()
    {
        await using var world = Web(out _);
        world.Outside.Listeners[(IpProtocol.Tcp, FabricWorld.At("203.0.113.20:80"))] = new FakeListener(IpProtocol.Tcp, "outside/db.example.com")
        {
            OnAccept = connection => _ = TinyHttp.ServeAsync(connection.Stream, _ => "db", tls: false),
        };
        var report = await RunAsync(world, new RequestSpec { Url = "http://db.example.com" }, Client(names: false));
        Assert.Equal(1, report.ByPod["outside/db.example.com"]);
        report = await RunAsync(world, new RequestSpec { Url = "http://web-svc" }, Client(names: false));
        Assert.Equal(1, report.Failed.Dns);
        Assert.Contains("db.example.com", Assert.Single(report.Answers.Errors).Key);
    }

    [Fact]
    public async Task Tcp_SendsDataAndReadsToTheEnd()
    {
        await using var world = Web(out _);
        world.Node2.Listeners[(IpProtocol.Tcp, Pod)] = FabricWorld.Echo("pod/default/echo");
        var report = await RunAsync(world, new RequestSpec { Url = "tcp://web-svc:80", Data = "shout" });
        Assert.Equal("SHOUT", report.Answers.FirstBody);
        Assert.Equal(1, report.ByPod["default/echo"]);
    }

    [Theory]
    [InlineData("ftp://x", 1, 5000, "Accept: a", "url 'ftp://x'")]
    [InlineData("", 1, 5000, "Accept: a", "url ''")]
    [InlineData("tcp://x", 1, 5000, "Accept: a", "names no port")]
    [InlineData("http://x", 0, 5000, "Accept: a", "count is 0")]
    [InlineData("http://x", 1_000_001, 5000, "Accept: a", "1000000")]
    [InlineData("http://x", 1, 0, "Accept: a", "timeoutMs is 0")]
    [InlineData("http://x", 1, 5000, "nonsense", "header 'nonsense'")]
    public async Task BadSpecs_AreRefusedWithTheReason(string url, int count, int timeoutMs, string header, string expected)
    {
        await using var world = Web(out _);
        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() =>
            RunAsync(world, new RequestSpec { Url = url, Count = count, TimeoutMs = timeoutMs, Headers = [header] }));
        Assert.Equal(400, refusal.Code);
        Assert.Contains(expected, refusal.Message);
    }
}

/// <summary>A very small HTTP/1.1 server on a stream.</summary>
internal static class TinyHttp
{
    private static readonly Lazy<X509Certificate2> Certificate = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=tiny", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    });

    public static async Task ServeAsync(Stream stream, Func<string, string> answer, bool tls)
    {
        await using var plain = stream;
        await using var secured = tls ? new SslStream(stream) : null;
        if (secured is not null) await secured.AuthenticateAsServerAsync(Certificate.Value);
        Stream io = secured is null ? plain : secured;
        var (buffer, length) = (new byte[8192], 0);
        while (true)
        {
            var count = await io.ReadAsync(buffer.AsMemory(length));
            if (count == 0) return;
            length += count;
            var text = Encoding.ASCII.GetString(buffer, 0, length);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) continue;
            var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            var body = at < 0 ? 0 : int.Parse(text[(at + 16)..text.IndexOf('\r', at)], System.Globalization.CultureInfo.InvariantCulture);
            if (length < head + 4 + body) continue;
            var reply = answer(text);
            await io.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {reply.Length}\r\n\r\n{reply}"));
            length = 0;
        }
    }
}

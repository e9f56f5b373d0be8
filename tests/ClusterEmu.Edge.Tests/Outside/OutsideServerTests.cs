using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

public sealed class OutsideServerTests : TestKit
{
    [Fact]
    public async Task TheCertificate_IsMadeAtTheClustersTime()
    {
        var then = new DateTimeOffset(2030, 2, 3, 4, 5, 6, TimeSpan.Zero);
        var host = OutsideHost.Parse("api.example.com 203.0.113.10 443/https");
        var server = new OutsideServer(host, host.Addresses[0], OutsideAnswer.Https, new SetClock(then), Sys.Log);
        var (client, inbound) = PipeConnection.Open();
        server.Accept(new InboundConnection(new Flow(IpProtocol.Tcp, Some.At("192.0.2.1:40000"), Some.At("203.0.113.10:443")), inbound));
        X509Certificate2? seen = null;
        await using var secured = new SslStream(client);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host.Name,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => (seen = (X509Certificate2)certificate!) is not null,
        }).WaitAsync(EdgeWorld.Patience);
        Assert.Equal(then.AddDays(-1).UtcDateTime, seen!.NotBefore.ToUniversalTime());
        Assert.Equal(then.AddYears(1).UtcDateTime, seen.NotAfter.ToUniversalTime());
    }

    private sealed class SetClock(DateTimeOffset now) : Determinism
    {
        private readonly LiveDeterminism _rest = new();

        public override DateTimeOffset UtcNow => now;
        public override long Microseconds => _rest.Microseconds;
        public override RandomStream Stream(string name) => _rest.Stream(name);
        public override string NewUid() => _rest.NewUid();
    }
}

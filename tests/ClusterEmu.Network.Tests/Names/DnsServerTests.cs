using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests;

public class DnsServerTests
{
    private static readonly ClusterZone Zone = Build(200);

    private static ClusterZone Build(int endpoints)
    {
        var compiler = new ZoneCompiler(new ClusterZone());
        compiler.SetNamespace("default");
        compiler.SetService(Some.Service());
        compiler.SetService(Some.Service("many", "None"));
        return compiler.SetSlice(Some.Slice("", service: "many", name: "many-1") with
        {
            Endpoints = [.. Enumerable.Range(0, endpoints).Select(i => new Endpoint { Addresses = [$"172.17.0.{i + 1}"] })],
        });
    }

    private static DnsMessage Ask(DnsMessage query, ulong rotation = 0, bool tcp = false) =>
        DnsCodec.Read((tcp ? DnsServer.AnswerTcp(DnsCodec.Write(query), Zone, rotation) : DnsServer.Answer(DnsCodec.Write(query), Zone, rotation))!);

    [Fact]
    public void Answer_RepeatsIdAndQuestion()
    {
        var reply = Ask(DnsMessage.Query(99, "web.default.svc.cluster.local", DnsType.A));
        Assert.Equal((99, true, true, true, true), (reply.Id, reply.IsResponse, reply.Authoritative, reply.RecursionDesired, reply.RecursionAvailable));
        Assert.Equal("web.default.svc.cluster.local", Assert.Single(reply.Questions).Name);
        Assert.Equal(Ip.Parse("10.96.45.123"), Assert.IsType<DnsRecord.Address>(Assert.Single(reply.Answers)).Ip);
        Assert.Null(reply.Edns);
    }

    [Fact]
    public void Answer_ToANameThatIsNotThere_CarriesTheAuthority()
    {
        var reply = Ask(DnsMessage.Query(1, "nobody.default.svc.cluster.local", DnsType.A));
        Assert.Equal(DnsCode.NameError, reply.Code);
        var authority = Assert.IsType<DnsRecord.Authority>(Assert.Single(reply.Authorities));
        Assert.Equal(("cluster.local", "ns.dns.cluster.local", 30u), (authority.Name, authority.Server, authority.Minimum));
    }

    [Theory] //  EDNS size  over TCP  answers  truncated
    [InlineData(0, false, 29, true)]
    [InlineData(1232, false, 73, true)]
    [InlineData(100, false, 28, true)]
    [InlineData(4096, false, 200, false)]
    [InlineData(0, true, 200, false)]
    public void Answer_FitsWhatTheAskerTakes(int size, bool tcp, int answers, bool truncated)
    {
        var reply = Ask(DnsMessage.Query(1, "many.default.svc.cluster.local", DnsType.A, (ushort)size), tcp: tcp);
        Assert.Equal((answers, truncated), (reply.Answers.Count, reply.Truncated));
        Assert.Equal(size > 0, reply.Edns is not null);
    }

    [Fact]
    public void Answer_TurnsTheAddresses()
    {
        string First(ulong rotation) => Assert.IsType<DnsRecord.Address>(
            Ask(DnsMessage.Query(1, "many.default.svc.cluster.local", DnsType.A, 4096), rotation).Answers[0]).Ip.ToString();
        Assert.Equal(["172.17.0.1", "172.17.0.2", "172.17.0.200", "172.17.0.1"], [First(0), First(1), First(199), First(200)]);
    }

    [Fact]
    public void Answer_RefusesWhatItCannotDo()
    {
        var query = DnsMessage.Query(5, "web.default.svc.cluster.local", DnsType.A);
        Assert.Equal(DnsCode.NotImplemented, Ask(query with { Opcode = 5 }).Code);
        Assert.Equal(DnsCode.FormatError, Ask(query with { Questions = [] }).Code);
        Assert.Equal(DnsCode.Refused, Ask(query with { Questions = [query.Questions[0] with { Class = 3 }] }).Code);
    }

    [Fact]
    public void Answer_ThatFitsIntoNoMessage_IsAServerFailure()
    {
        var compiler = new ZoneCompiler(new ClusterZone());
        var zone = compiler.SetService(Some.Service("far", "", "ExternalName").With(spec => spec with { ExternalName = $"{new string('a', 64)}.example.com" }));
        var query = DnsMessage.Query(8, "far.default.svc.cluster.local", DnsType.A);
        var reply = DnsCodec.Read(DnsServer.Answer(DnsCodec.Write(query), zone, 0)!);
        Assert.Equal((8, DnsCode.ServerFailure, "far.default.svc.cluster.local"), (reply.Id, reply.Code, Assert.Single(reply.Questions).Name));
    }

    [Fact]
    public void Answer_ToTheLongestNames()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 49), 5)) + ".bcd"; // 253 letters.
        Assert.Equal(DnsCode.NameError, Ask(DnsMessage.Query(1, longest, DnsType.A)).Code);
        var query = DnsCodec.Write(DnsMessage.Query(1, longest, DnsType.A)).ToList();
        query.Insert(query.IndexOf(3, DnsCodec.HeaderLength) + 1, (byte)'x');
        query[query.IndexOf(3, DnsCodec.HeaderLength)] = 4;
        Assert.Equal(DnsCode.FormatError, DnsCodec.Read(DnsServer.Answer([.. query], Zone, 0)!).Code);
    }

    [Fact]
    public void Answer_ToBrokenBytes()
    {
        var broken = DnsCodec.Read(DnsServer.Answer(Convert.FromHexString("0007010000010000000000003F61"), Zone, 0)!);
        Assert.Equal((7, DnsCode.FormatError), (broken.Id, broken.Code));
        Assert.Null(DnsServer.Answer([1, 2, 3], Zone, 0));
        Assert.Null(DnsServer.Answer(DnsCodec.Write(new DnsMessage { IsResponse = true }), Zone, 0)); // Answers are not answered.
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace ClusterEmu.Network.Tests;

public class DnsCodecTests
{
    [Fact]
    public void Query_HasTheLayoutOfRfc1035()
    {
        var bytes = DnsCodec.Write(DnsMessage.Query(0x1234, "web.default.", DnsType.A));
        Assert.Equal("1234" + "0100" + "0001" + "0000" + "0000" + "0000" + "03776562" + "0764656661756C74" + "00" + "0001" + "0001", Convert.ToHexString(bytes));
    }

    [Fact]
    public void Names_AreCompressed_AndComeBack()
    {
        var message = new DnsMessage
        {
            Id = 7,
            IsResponse = true,
            Authoritative = true,
            Code = DnsCode.NoError,
            Questions = [new DnsQuestion("web.default.svc.cluster.local", DnsType.A)],
            Answers =
            [
                new DnsRecord.Pointer("web.default.svc.cluster.local", DnsType.CNAME, 30, "api.default.svc.cluster.local"),
                new DnsRecord.Address("api.default.svc.cluster.local", 30, Ip.Parse("10.96.0.9")),
                new DnsRecord.Address("api.default.svc.cluster.local", 30, Ip.Parse("fd00::9")),
                new DnsRecord.Service("_http._tcp.api", 30, 0, 50, 80, "api.default.svc.cluster.local"),
                new DnsRecord.Text("dns-version", 30, ["1.1.0", ""]),
                new DnsRecord.Unknown("x", (DnsType)65280, 1, [1, 2, 3]),
            ],
            Authorities = [new DnsRecord.Authority("cluster.local", 30, "ns.dns.cluster.local", "hostmaster.cluster.local", 1, 2, 3, 4, 5)],
            Additional = [new DnsRecord.Options(1232)],
        };
        var bytes = DnsCodec.Write(message);
        var read = DnsCodec.Read(bytes);
        Assert.Equal(message.Questions, read.Questions);
        Assert.Equal(message.Answers, read.Answers);
        Assert.Equal(message.Authorities, read.Authorities);
        Assert.Equal(message.Additional, read.Additional);
        Assert.Equal((ushort)1232, read.Edns!.UdpSize);
        Assert.Equal((7, true, true, DnsCode.NoError), (read.Id, read.IsResponse, read.Authoritative, read.Code));
        // The question's name stands once; its alias adds "api" and a pointer.
        Assert.Equal(2, Occurrences(bytes, "cluster"u8)); // Once compressed, once as the SRV target, which must not be.
    }

    [Theory] //  names and labels that must not be taken
    [InlineData("points to itself", "C00C")]
    [InlineData("points forwards", "C0FF")]
    [InlineData("label of an unknown kind", "8001")]
    [InlineData("runs off the end", "3F61")]
    [InlineData("contains a dot", "012E00")]
    [InlineData("circle of label and pointer", "0161C00C")]
    public void Read_RefusesBrokenNames(string because, string name)
    {
        var bytes = Convert.FromHexString("000001000001000000000000" + name + "00010001");
        var error = Record.Exception(() => DnsCodec.Read(bytes));
        Assert.True(error is DnsFormatException, $"{because}: {error}");
    }

    [Theory]
    [InlineData(64, "label of 64 characters")]
    [InlineData(0, "label of 0 characters")]
    public void Write_RefusesLabelsThatDoNotFit(int length, string wanted) =>
        Assert.Contains(wanted, Assert.Throws<DnsFormatException>(() => DnsCodec.Write(DnsMessage.Query(1, $"a.{new string('x', length)}.b", DnsType.A))).Message);

    [Fact]
    public void Write_RefusesNamesThatDoNotFit() =>
        Assert.Contains("at most 253", Assert.Throws<DnsFormatException>(
            () => DnsCodec.Write(DnsMessage.Query(1, string.Join('.', Enumerable.Repeat("abcdefg", 32)), DnsType.A))).Message);

    [Theory]
    [InlineData(512)]
    [InlineData(1232)]
    [InlineData(100)]
    public void Write_CutsWhatDoesNotFit_AndSaysSo(int limit)
    {
        var message = new DnsMessage
        {
            IsResponse = true,
            Questions = [new DnsQuestion("db.default.svc.cluster.local", DnsType.A)],
            Answers = [.. Enumerable.Range(0, 200).Select(i => new DnsRecord.Address("db.default.svc.cluster.local", 30, Ip.FromV4(0xAC110000u + (uint)i)))],
            Additional = [new DnsRecord.Options(4096)],
        };
        var bytes = DnsCodec.Write(message, limit);
        var read = DnsCodec.Read(bytes);
        Assert.True(bytes.Length <= limit, $"{bytes.Length} bytes");
        Assert.True(bytes.Length > limit - 16, "another answer would have fitted");
        Assert.True(read.Truncated);
        Assert.NotNull(read.Edns);
        Assert.False(DnsCodec.Read(DnsCodec.Write(message)).Truncated);
    }

    [Fact]
    public void Read_OfAnyBytes_NeverFailsOtherwise()
    {
        var sample = DnsCodec.Write(new DnsMessage
        {
            IsResponse = true,
            Questions = [new DnsQuestion("a.b", DnsType.SRV)],
            Answers = [new DnsRecord.Service("a.b", 1, 2, 3, 4, "c.a.b"), new DnsRecord.Text("b", 1, ["x"])],
        });
        Prop.ForAll(ArbMap.Default.ArbFor<(ushort At, byte Value)[]>(), changes =>
        {
            var bytes = (byte[])sample.Clone();
            foreach (var (at, value) in changes) bytes[at % bytes.Length] = value;
            return Reads(bytes) && Reads([.. changes.Select(c => c.Value)]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(7, 9));

        static bool Reads(byte[] bytes)
        {
            try
            {
                DnsCodec.Write(DnsCodec.Read(bytes));
                return true;
            }
            catch (DnsFormatException)
            {
                return true;
            }
        }
    }

    private static int Occurrences(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var at = bytes.IndexOf(text); at >= 0; at = bytes.IndexOf(text))
        {
            count++;
            bytes = bytes[(at + text.Length)..];
        }
        return count;
    }
}

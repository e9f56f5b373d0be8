using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

public sealed class StubDnsTests
{
    [Fact]
    public void Query_AsksForAnAddress() => Assert.Equal(
        Convert.FromHexString("00070100000100000000000003777777076578616D706C6503636F6D0000010001"),
        StubDns.Query(7, "www.example.com"));

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.com")]
    public void Query_RefusesWhatIsNoName(string name) => Assert.Null(StubDns.Query(1, name));

    [Fact]
    public void Read_FollowsCompressionAndAliases()
    {
        // www.example.com CNAME web.example.com, and its address.
        var answer = Convert.FromHexString(
            "000781800001000200000000" + "03777777076578616D706C6503636F6D0000010001" +
            "C00C000500010000001E0006" + "03776562C010" + "C02D000100010000001E0004" + "CB00710A");
        var read = StubDns.Read(answer, 7);
        Assert.NotNull(read);
        Assert.Equal((0, "web.example.com", "203.0.113.10"), (read.Code, read.Alias, string.Join(' ', read.Addresses)));
        Assert.Null(StubDns.Read(answer, 8));
        for (var length = 0; length < answer.Length; length++) Assert.Null(StubDns.Read(answer.AsSpan(0, length), 7));
    }

    /// <summary>Answers queries from a table of names; unknown ones do not exist.</summary>
    internal static ReadOnlyMemory<byte>? Serve(IReadOnlyDictionary<string, string> zone, ReadOnlyMemory<byte> query)
    {
        var (text, at) = (new StringBuilder(), 12);
        while (query.Span[at] is var length and > 0)
        {
            if (text.Length > 0) text.Append('.');
            text.Append(Encoding.ASCII.GetString(query.Span.Slice(at + 1, length)));
            at += 1 + length;
        }
        var answer = query.ToArray().ToList();
        answer[2] = 0x81;
        if (!zone.TryGetValue(text.ToString(), out var addresses))
        {
            answer[3] = StubDns.NameError;
            return answer.ToArray();
        }
        foreach (var address in addresses.Split(' '))
        {
            answer[7]++;
            answer.AddRange([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, .. Ip.Parse(address).ToIPAddress().GetAddressBytes()]);
        }
        return answer.ToArray();
    }
}

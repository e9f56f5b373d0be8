namespace ClusterEmu.Network.Tests;

public class CidrTests
{
    [Theory]
    [InlineData("10.96.0.0/12", "10.96.0.0", "10.111.255.255", 1048576UL)]
    [InlineData("10.96.5.5/12", "10.96.0.0", "10.111.255.255", 1048576UL)]
    [InlineData("172.17.3.0/24", "172.17.3.0", "172.17.3.255", 256UL)]
    [InlineData("192.0.2.1/32", "192.0.2.1", "192.0.2.1", 1UL)]
    [InlineData("0.0.0.0/0", "0.0.0.0", "255.255.255.255", 4294967296UL)]
    [InlineData("fd00::/120", "fd00::", "fd00::ff", 256UL)]
    [InlineData("fd00::/8", "fd00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ulong.MaxValue)]
    [InlineData("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ulong.MaxValue)]
    public void Parse_ReadsRange(string text, string first, string last, ulong count)
    {
        var cidr = Cidr.Parse(text);
        Assert.Equal((first, last, count), (cidr.First.ToString(), cidr.Last.ToString(), cidr.Count));
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0/8")]
    [InlineData("fd00::/129")]
    [InlineData("/8")]
    [InlineData("")]
    public void Parse_RefusesOtherText(string text)
    {
        Assert.False(Cidr.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Cidr.Parse(text)).Message);
    }

    [Theory] //  as the API reads them: what it lets in must mean the same here
    [InlineData("010.0.0.1", "10.0.0.1")]
    [InlineData("172.017.000.5", "172.17.0.5")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("FD00::A", "fd00::a")]
    [InlineData("[::1]", null)]
    [InlineData("[::1]:80", null)]
    [InlineData("fe80::1%2", null)]
    [InlineData("0x7f.0.0.1", null)]
    [InlineData("10.0.1", null)]
    [InlineData("10.0.0.256", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Addresses_AreReadAsTheApiReadsThem(string? text, string? expected) =>
        Assert.Equal(expected, Ip.TryParse(text, out var ip) ? ip.ToString() : null);

    [Theory]
    [InlineData("10.96.0.0/12", "10.96.0.1", true)]
    [InlineData("10.96.0.0/12", "10.112.0.0", false)]
    [InlineData("10.96.0.0/12", "10.95.255.255", false)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "fd00::1", false)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("fd00::/64", "fd00::1:2:3:4", true)]
    [InlineData("fd00::/64", "fd00:0:0:1::", false)]
    public void Contains_FollowsPrefixAndFamily(string range, string ip, bool inside) =>
        Assert.Equal(inside, Cidr.Parse(range).Contains(Ip.Parse(ip)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.96.0.0/12", true)]
    [InlineData("10.96.0.0/12", "10.0.0.0/8", true)]
    [InlineData("10.0.0.0/9", "10.128.0.0/9", false)]
    [InlineData("10.0.0.0/8", "::/0", false)]
    public void Overlaps_MeansThatOneHoldsTheOther(string a, string b, bool overlap) =>
        Assert.Equal(overlap, Cidr.Parse(a).Overlaps(Cidr.Parse(b)));

    [Fact]
    public void Subnet_CutsInEqualParts()
    {
        var range = Cidr.Parse("172.17.0.0/16");
        Assert.Equal("172.17.2.0/24", range.Subnet(24, 2).ToString());
        Assert.Equal(256, range.SubnetCount(24));
        Assert.Equal(0, range.SubnetCount(15));
        Assert.Contains("256 ranges", Assert.Throws<ArgumentOutOfRangeException>(() => range.Subnet(24, 256)).Message);
        Assert.Equal("172.17.255.255", range.Host(65535).ToString());
        Assert.Contains("65536", Assert.Throws<ArgumentOutOfRangeException>(() => range.Host(65536)).Message);
    }
}

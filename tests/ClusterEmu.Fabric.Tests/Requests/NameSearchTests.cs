namespace ClusterEmu.Fabric.Tests;

public sealed class NameSearchTests
{
    [Theory]
    //          name                              dots  asked, in order
    [InlineData("web-svc", 5, "web-svc.default.svc.cluster.local web-svc.svc.cluster.local web-svc.cluster.local web-svc")]
    [InlineData("web-svc.default", 5, "web-svc.default.default.svc.cluster.local web-svc.default.svc.cluster.local web-svc.default.cluster.local web-svc.default")]
    [InlineData("Example.COM", 1, "example.com example.com.default.svc.cluster.local example.com.svc.cluster.local example.com.cluster.local")]
    [InlineData("example.com.", 5, "example.com")]
    [InlineData("a.b.c.d.e.f", 5, "a.b.c.d.e.f a.b.c.d.e.f.default.svc.cluster.local a.b.c.d.e.f.svc.cluster.local a.b.c.d.e.f.cluster.local")]
    public void Candidates_FollowSearchAndDots(string name, int dots, string expected) =>
        Assert.Equal(expected, string.Join(' ', NameSearch.Candidates(name, ["default.svc.cluster.local", "svc.cluster.local", "cluster.local."], dots)));
}

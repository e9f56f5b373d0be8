using static ClusterEmu.Nodes.Tests.PodSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class ServiceVariablesTests
{
    [Fact]
    public void For_WritesHostPortsAndLinks()
    {
        var variables = ServiceVariables.For([Service("web-svc", "10.96.45.123", "default", ("http", 80, "TCP"), ("dns.udp", 53, "UDP"))], "default", null);
        string[] expected =
        [
            "WEB_SVC_PORT=tcp://10.96.45.123:80",
            "WEB_SVC_PORT_53_UDP=udp://10.96.45.123:53",
            "WEB_SVC_PORT_53_UDP_ADDR=10.96.45.123",
            "WEB_SVC_PORT_53_UDP_PORT=53",
            "WEB_SVC_PORT_53_UDP_PROTO=udp",
            "WEB_SVC_PORT_80_TCP=tcp://10.96.45.123:80",
            "WEB_SVC_PORT_80_TCP_ADDR=10.96.45.123",
            "WEB_SVC_PORT_80_TCP_PORT=80",
            "WEB_SVC_PORT_80_TCP_PROTO=tcp",
            "WEB_SVC_SERVICE_HOST=10.96.45.123",
            "WEB_SVC_SERVICE_PORT=80",
            "WEB_SVC_SERVICE_PORT_DNS_UDP=53",
            "WEB_SVC_SERVICE_PORT_HTTP=80",
        ];
        Assert.Equal(expected, variables.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Theory] // namespace of the Pod, enableServiceLinks, Services that it hears of
    [InlineData("default", true, "KUBERNETES WEB")]
    [InlineData("default", null, "KUBERNETES WEB")]
    [InlineData("default", false, "KUBERNETES")]
    [InlineData("shop", true, "CART KUBERNETES")]
    [InlineData("shop", false, "KUBERNETES")]
    public void For_TellsOfTheNamespacesServicesAndOfKubernetes(string ns, bool? links, string expected)
    {
        var variables = ServiceVariables.For(
            [
                Service("kubernetes", "10.96.0.1", "default", ("https", 443, "TCP")),
                Service("web", "10.96.0.2", "default", ("", 80, "TCP")),
                Service("cart", "10.96.0.3", "shop", ("", 80, "TCP")),
                Service("headless", "None", ns, ("", 80, "TCP")),
                Service("external", "", ns, ("", 80, "TCP")),
            ], ns, links);
        var names = variables.Where(pair => pair.Key.EndsWith("_SERVICE_HOST", StringComparison.Ordinal)).Select(pair => pair.Key.Replace("_SERVICE_HOST", ""));
        Assert.Equal(expected, string.Join(' ', names));
    }

    [Theory]
    [InlineData("my-db.v1", "MY_DB_V1")]
    [InlineData("3proxy", "_3PROXY")]
    public void NameOf_MakesNamesOfVariables(string name, string expected) => Assert.Equal(expected, ServiceVariables.NameOf(name));

    [Fact]
    public void For_PutsIPv6InBrackets() =>
        Assert.Contains(new KeyValuePair<string, string>("A_PORT", "tcp://[fd00::1]:80"), ServiceVariables.For([Service("a", "fd00::1", "default", ("", 80, "TCP"))], "default", true));
}

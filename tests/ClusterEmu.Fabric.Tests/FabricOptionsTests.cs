using System.Net;

namespace ClusterEmu.Fabric.Tests;

public sealed class FabricOptionsTests
{
    [Fact]
    public void From_ReadsEveryKey()
    {
        var options = FabricOptions.From(ConfigurationFactory.ParseString("""
            cluster-emu.fabric { listen = off, listen-address = 127.0.0.7, port = 4711, advertised-host = edge, api-server = "api:6443" }
            cluster-emu.process { pki-directory = /pki, api-server = "https://127.0.0.1:7443" }
            """));
        Assert.Equal(
            new FabricOptions { Listen = false, ListenAddress = "127.0.0.7", Port = 4711, AdvertisedHost = "edge", PkiDirectory = "/pki", ApiServer = "api:6443" },
            options);
        Assert.Equal(new DnsEndPoint("api", 6443), options.ApiServerEndPoint);
    }

    [Fact]
    public void From_TakesTheApiServerFromTheProcess()
    {
        var options = FabricOptions.From(ConfigurationFactory.ParseString("cluster-emu.process { pki-directory = /pki, api-server = \"https://127.0.0.1:7443\" }"));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 7443), options.ApiServerEndPoint);
        Assert.Empty(options.Problems());
    }

    [Fact]
    public void Problems_NameKeyAndRemedy()
    {
        var problems = new FabricOptions { ListenAddress = "nowhere", Port = 70000, ApiServer = "nonsense" }.Problems().ToList();
        Assert.Equal(4, problems.Count);
        Assert.Contains("listen-address is 'nowhere'", problems[0]);
        Assert.Contains("port is 70000", problems[1]);
        Assert.Contains("pki-directory is empty", problems[2]);
        Assert.Contains("api-server is 'nonsense'", problems[3]);
        Assert.Empty(new FabricOptions { Listen = false }.Problems());
    }

    [Theory] // listen address; advertised host; whether others know what to dial
    [InlineData("0.0.0.0", "", false)]
    [InlineData("::", "", false)]
    [InlineData("0.0.0.0", "nodes-1", true)]
    [InlineData("127.0.0.7", "", true)]
    public void ListeningEverywhere_NeedsAnAdvertisedHost(string address, string host, bool good)
    {
        var problems = new FabricOptions { ListenAddress = address, AdvertisedHost = host, PkiDirectory = "/pki" }.Problems()
            .Concat(new ProcessEndpointOptions { Name = "x", ListenAddress = address, AdvertisedHost = host, PkiDirectory = "/pki" }.Problems()).ToList();
        Assert.Equal(good ? 0 : 2, problems.Count);
        Assert.All(problems, problem => Assert.Contains("advertised-host is empty", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Endpoint_OptionsAreRead()
    {
        var options = ProcessEndpointOptions.From(ConfigurationFactory.ParseString(
            "cluster-emu.process { name = nodes-1, listen-address = 127.0.0.7, port = 4711, advertised-host = n1, pki-directory = /pki }"));
        Assert.Equal(
            new ProcessEndpointOptions { Name = "nodes-1", ListenAddress = "127.0.0.7", Port = 4711, AdvertisedHost = "n1", PkiDirectory = "/pki" }, options);
        Assert.Empty(options.Problems());
        Assert.Equal(4, new ProcessEndpointOptions { ListenAddress = "x", Port = -1 }.Problems().Count());
    }
}

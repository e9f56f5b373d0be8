namespace ClusterEmu.ControlPlane.Tests;

public sealed class ControllerOptionsTests
{
    [Theory] // configuration; grace, eviction
    [InlineData("", 50, null)]
    [InlineData("cluster-emu.controllers.profile = fast", 5, 10)]
    [InlineData("cluster-emu.controllers { profile = fast, node-grace = 7s, eviction-timeout = off }", 7, null)]
    [InlineData("cluster-emu.controllers.eviction-timeout = 3s", 50, 3)]
    [InlineData("cluster-emu.controllers { profile = fast, node-grace = profile, eviction-timeout = profile }", 5, 10)]
    [InlineData("cluster-emu.controllers { profile = default, node-grace = profile, eviction-timeout = profile }", 50, null)]
    public void TheProfileIsTheBasisAndSingleKeysCountOverIt(string text, int grace, int? eviction)
    {
        var options = ControllerOptions.From(ConfigurationFactory.ParseString(text));
        Assert.Equal(TimeSpan.FromSeconds(grace), options.NodeGrace);
        Assert.Equal(eviction is { } seconds ? TimeSpan.FromSeconds(seconds) : null, options.EvictionTimeout);
        Assert.Empty(options.Problems());
    }

    [Theory] // configuration; what a problem says
    [InlineData("max-calls-in-flight = 0", "max-calls-in-flight is 0, but must be 1 to 10000")]
    [InlineData("node-grace = 0s", "node-grace is 00:00:00, but must be above 0")]
    [InlineData("terminated-pod-threshold = -1", "terminated-pod-threshold is -1")]
    public void AProblemNamesKeyValueAndRemedy(string text, string expected)
    {
        var options = ControllerOptions.From(ConfigurationFactory.ParseString($"cluster-emu.controllers {{ {text} }}"));
        Assert.Contains(expected, Assert.Single(options.Problems()));
    }

    [Theory] // section cluster-emu.network; what a problem says
    [InlineData("node-pod-prefix = 16", "cluster-emu.network.node-pod-prefix is 16, but must be above that of pod-range (172.17.0.0/16)")]
    [InlineData("load-balancer-range = \"10.0.0.0/31\"", "which has no address to give")]
    public void RangesAreThoseOfTheNetwork(string text, string expected)
    {
        var options = ControllerOptions.From(ConfigurationFactory.ParseString($"cluster-emu.network {{ {text} }}"));
        Assert.Contains(expected, Assert.Single(options.Problems()));
    }

    [Theory]
    [InlineData("controllers.profile = slow", "must be default or fast")]
    [InlineData("network.pod-range = nonsense", "must be a range such as 172.17.0.0/16")]
    public void ValuesThatCannotBeReadAreRefused(string text, string expected) => Assert.Contains(expected, Assert.Throws<ConfigurationException>(
        () => ControllerOptions.From(ConfigurationFactory.ParseString($"cluster-emu.{text}"))).Message);
}

namespace ClusterEmu.Hosting.Tests;

public sealed class ConfigurationKeysTests
{
    private const string Reference = "cluster-emu.fabric { port = 0, listen = on }\ncluster-emu.nodes { count = 3, proxy-modes = {} }";

    [Theory] // case                          configuration                                   the nearest
    [InlineData("a known key", "cluster-emu.fabric.port = 1", null)]
    [InlineData("below an open map", "cluster-emu.nodes.proxy-modes { node-3 = ipvs }", null)]
    [InlineData("another section is not ours", "akka.loglevel = DEBUG", null)]
    [InlineData("a section without any key", "cluster-emu.fabric {}", null)]
    [InlineData("all sections without any key", "cluster-emu {}", null)]
    [InlineData("a misspelt section without any key", "cluster-emu.fabrik {}", "cluster-emu.fabric.port")]
    [InlineData("a misspelt key", "cluster-emu.fabric.prot = 1", "cluster-emu.fabric.port")]
    [InlineData("a misspelt section", "cluster-emu.node.count = 1", "cluster-emu.nodes.count")]
    public void Unknown_NamesTheNearest(string because, string text, string? nearest)
    {
        var problems = ConfigurationKeys.Unknown(ConfigurationFactory.ParseString(text), ConfigurationFactory.ParseString(Reference)).ToList();
        if (nearest is null) Assert.True(problems.Count == 0, $"{because}: {string.Join("; ", problems)}");
        else Assert.True(problems is [var only] && only.Contains($"nearest is {nearest};", StringComparison.Ordinal), $"{because}: {string.Join("; ", problems)}");
    }
}

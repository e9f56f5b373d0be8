using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Tests.Launching;

public sealed class UpConfigurationTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("cluster-emu { control-plane { listen-address = 0.0.0.0, serve = on }\n fabric.listen = on }", "")]
    [InlineData("cluster-emu.control-plane.listen-address = 127.0.0.5", "cluster-emu.control-plane.listen-address is '127.0.0.5'")]
    [InlineData("cluster-emu.control-plane.serve = off", "cluster-emu.control-plane.serve is off")]
    [InlineData("cluster-emu.fabric.listen = false", "cluster-emu.fabric.listen is off")]
    public void Problems_AreValuesWithWhichTheProcessesWouldNotFindEachOther(string hocon, string problem)
    {
        var problems = UpConfiguration.Problems(ConfigurationFactory.ParseString(hocon)).ToList();
        if (problem.Length == 0) Assert.Empty(problems);
        else Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }
}

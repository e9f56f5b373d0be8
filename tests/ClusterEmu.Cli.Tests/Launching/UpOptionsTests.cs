using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Tests.Launching;

public sealed class UpOptionsTests
{
    [Fact]
    public void Check_TellsAllProblemsAtOnce()
    {
        var options = new UpOptions { Nodes = 0, NodeProcesses = 99, Zones = 27, ProxyMode = "magic", ApiPort = 70000, ConfigFile = "/no/such.conf" };
        var failure = Assert.Throws<CommandFailure>(options.Check);
        Assert.Equal(6, failure.Message.Split(Environment.NewLine).Length);
        Assert.Equal(2, failure.ExitCode);
    }

    [Theory]
    [InlineData("default", true)]
    [InlineData("ci-2", true)]
    [InlineData("Upper", false)]
    [InlineData("../evil", false)]
    [InlineData("-x", false)]
    [InlineData("", false)]
    public void Names_AreDnsLabels(string name, bool good)
    {
        if (good) Assert.Equal(name, ClusterFolder.Of(name, "/tmp/x").Name);
        else Assert.Throws<CommandFailure>(() => ClusterFolder.Of(name));
    }

    [Fact]
    public void Nodes_AreDealtToProcessesInRuns()
    {
        var plans = ProcessPlan.For(new UpOptions { Nodes = 5, NodeProcesses = 2 }, ClusterFolder.Of("x", "/tmp/x"), 6443, 0);
        Assert.Equal(["control-plane", "nodes-1", "nodes-2", "edge"], plans.Select(plan => plan.Name));
        Assert.Contains("nodes.first = 1\n", plans[1].Configuration, StringComparison.Ordinal);
        Assert.Contains("nodes.count = 2\n", plans[1].Configuration, StringComparison.Ordinal);
        Assert.Contains("nodes.first = 3\n", plans[2].Configuration, StringComparison.Ordinal);
        Assert.Contains("nodes.count = 3\n", plans[2].Configuration, StringComparison.Ordinal);
    }
}

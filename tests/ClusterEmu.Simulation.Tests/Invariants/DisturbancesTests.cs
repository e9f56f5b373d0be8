namespace ClusterEmu.Simulation.Tests;

/// <summary>Which faults are between the API and the tables of which process: elsewhere tables must follow what is written.</summary>
public sealed class DisturbancesTests
{
    [Theory] //  kind           parameters                                          processes whose tables may lag
    [InlineData("crash", "process=nodes-1", "nodes-1")]
    [InlineData("crash", "process=control-plane", "nodes-1 nodes-2")]
    [InlineData("crash", "process=edge", "")]
    [InlineData("power", "node=node-3", "nodes-2")]
    [InlineData("proxy-freeze", "node=node-1", "nodes-1")]
    [InlineData("proxy-lag", "node=node-1;delay=1s", "nodes-1")]
    [InlineData("watch-stall", "process=nodes-2", "nodes-2")]
    [InlineData("watch-drop", "process=edge;code=0;perMillion=1", "")]
    [InlineData("storage", "stall=true;slow=0s;failPerMillion=0", "nodes-1 nodes-2")]
    [InlineData("loss", "ends=;perMillion=1", "nodes-1 nodes-2")]
    [InlineData("loss", "ends=nodes-1;perMillion=1", "nodes-1")]
    [InlineData("loss", "ends=node-1,edge;perMillion=1", "")]
    [InlineData("delay", "ends=edge;least=1ms;most=2ms", "")]
    [InlineData("delay", "ends=control-plane;least=1ms;most=2ms", "nodes-1 nodes-2")]
    [InlineData("partition", "from=nodes-1;to=control-plane;way=both", "nodes-1")]
    [InlineData("partition", "from=nodes-1;to=nodes-2;way=both", "")]
    [InlineData("partition", "from=control-plane;to=nodes-1,nodes-2;way=one", "nodes-1 nodes-2")]
    [InlineData("partition", "from=nodes-2,control-plane;to=nodes-1,edge;way=both", "nodes-1")]
    [InlineData("partition", "from=node-1;to=;way=both", "")] // The node's own traffic, not its process's.
    public void AFault_DisturbsTheTables_BetweenWhichAndTheApiItIs(string kind, string parameters, string expected)
    {
        var world = new SimulatedWorld(new WorldOptions { Nodes = 4, NodeProcesses = 2 }, 1);
        var given = parameters.Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var fault = new PlannedFault(kind, 0, 1, given);
        world.Disturbances.Begin(fault);
        Assert.Equal(expected, string.Join(' ', world.Nodes.Where(site => world.Disturbances.CalmSince(site) is null).Select(site => site.Name)));
        world.Executor.RunUntil(1_000_000);
        world.Disturbances.End(fault);
        Assert.All(world.Nodes, site => Assert.Equal(expected.Contains(site.Name, StringComparison.Ordinal) ? 1_000_000 : 0, world.Disturbances.CalmSince(site)));
    }
}

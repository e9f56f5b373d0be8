using System.Globalization;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Simulation.Tests;

public sealed class WriteStormsTests
{
    [Theory]
    [InlineData(90, false)]
    [InlineData(110, true)]
    public void AnObjectThatIsWrittenAllTheTime_IsFound(int writes, bool isStorm)
    {
        var world = new SimulatedWorld(new WorldOptions { Nodes = 1, DnsReplicas = 0 }, 1);
        new WriteStorms().Attach(world);
        world.Start();
        world.Executor.RunUntil(3_000_000);
        var probe = new Probe(world);
        Assert.True(probe.Ask(ApiCall.Create(new ConfigMap { Metadata = new ObjectMeta { Name = "torn", Namespace = "default" } })).Ok);
        world.Executor.RunUntil(4_000_000);
        for (var i = 0; i < writes; i++)
        {
            var patch = string.Create(CultureInfo.InvariantCulture, $"{{\"data\":{{\"n\":\"{i}\"}}}}");
            world.Executor.At(4_000_000 + (i * 8_000), () => world.Client.Send(ApiCall.MergePatch(Kinds.ConfigMap, "default", "torn", Encoding.UTF8.GetBytes(patch)), ActorRefs.Nobody));
        }
        world.Executor.RunUntil(5_500_000);
        Assert.Equal(isStorm ? "write-storms" : null, world.Violation?.Invariant);
    }
}

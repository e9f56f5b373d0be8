using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

public sealed class PortStatesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Subscriber_HearsEveryStateAndTheLoss(bool oneProcess)
    {
        await using var world = FabricWorld.Create(oneProcess);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<object>();
        var subscriber = world.System.ActorOf(Props.Create(() => new Recorder(heard)));
        using var subscription = world.A.WatchPorts("node-2", subscriber);
        await FabricWorld.UntilAsync(() => heard.OfType<PortStatesFrame>().Any(), "the first states");

        world.Node2Path.Tell(new PortStatesFrame("node-2", 2, true, [new WirePort(IpProtocol.Tcp, 30080, WirePortAction.Reject)]));
        await FabricWorld.UntilAsync(() => heard.OfType<PortStatesFrame>().Any(frame => frame.TableRevision == 2), "the change");
        Assert.Equal(WirePortAction.Reject, heard.OfType<PortStatesFrame>().Last().Ports.Single().Action);

        world.System.Stop(world.Node2Path);
        world.B.UnregisterNode("node-2");
        await FabricWorld.UntilAsync(() => heard.OfType<PortStatesLost>().Any(), "the loss");

        world.B.RegisterNode("node-2", world.System.ActorOf(FakeDataPath.PropsFor(world.Node2)));
        var before = heard.OfType<PortStatesFrame>().Count();
        await FabricWorld.UntilAsync(() => heard.OfType<PortStatesFrame>().Count() > before, "the states of the node that came back");
    }

    private sealed class Recorder : UntypedActor
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<object> _heard;

        public Recorder(System.Collections.Concurrent.ConcurrentQueue<object> heard) => _heard = heard;

        protected override void OnReceive(object message) => _heard.Enqueue(message);
    }
}

using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

/// <summary>What stays when something fails that should not.</summary>
public sealed class FabricFaultTests : TestKit
{
    private static readonly IpPort Pod = FabricWorld.At("172.17.1.2:80");

    [Fact]
    public async Task ADialThatFails_GivesItsPortBack()
    {
        await using var world = FabricWorld.Create(oneProcess: true);
        world.A.RegisterNode("node-1", world.System.ActorOf(Props.Create(() => new Failing())));
        for (var i = EphemeralPorts.First; i <= EphemeralPorts.Last + 1; i++)
            await Assert.ThrowsAnyAsync<Exception>(() => world.DialAsync(FabricWorld.DialTo(Pod)));
    }

    [Fact]
    public async Task ASpliceWhoseOneSideFails_EndsBoth()
    {
        var (client, server) = PipeConnection.Open();
        Assert.Equal("This is no stream.", await Splice.RunAsync(server, new BadStream()).WaitAsync(FabricWorld.Patience));
        await Assert.ThrowsAsync<IOException>(() => client.ReadAsync(new byte[1]).AsTask().WaitAsync(FabricWorld.Patience));
    }

    [Fact]
    public void AWatchOfPorts_GoesOnAfterAnyFailure()
    {
        var (router, asked) = (new FlowRouter(() => throw new InvalidOperationException("No directory.")), 0);
        using var stopping = new CancellationTokenSource();
        using var watch = new PortStatesSubscription("node-1", TestActor, Sys, router, new FabricConnector(new byte[32]),
            () => Interlocked.Increment(ref asked) == 1 ? throw new InvalidOperationException("No directory yet.") : FabricDirectory.EmptyOf(new AddressPlan()), stopping.Token);
        Assert.Equal("No directory yet.", ExpectMsg<PortStatesLost>(FabricWorld.Patience).Reason);
        Assert.Equal("There is no node node-1.", ExpectMsg<PortStatesLost>(FabricWorld.Patience).Reason);
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => { Sender.Tell(new ActorStatus.Failure(new InvalidOperationException("It fails, as it was meant to."))); });
    }

    private sealed class BadStream : FabricStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new NotSupportedException("This is no stream.");
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new NotSupportedException("This is no stream.");
        public override void CompleteWrites() { }
        public override void Abort(string reason) => RaiseClosed();
    }
}

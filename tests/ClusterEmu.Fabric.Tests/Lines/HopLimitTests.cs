using System.Net.Sockets;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

/// <summary>Two nodes that send a packet to each other: as Services whose endpoints are each other's NodePorts would.</summary>
public sealed class HopLimitTests
{
    private static readonly IpPort One = FabricWorld.At("172.18.0.2:30001");
    private static readonly IpPort Two = FabricWorld.At("172.18.0.3:30002");

    [Theory, InlineData(true), InlineData(false)]
    public async Task ALoop_EndsAfter64Machines_WithAHostThatIsUnreachable(bool oneProcess)
    {
        await using var world = FabricWorld.Create(oneProcess);
        Loop(world);

        var result = await world.DialAsync(FabricWorld.DialTo(Two, trace: true));

        Assert.Equal(DialOutcome.Unreachable, result.Outcome);
        Assert.Contains("routing loop", result.Reason, StringComparison.Ordinal);
        Assert.Contains("time exceeded", result.Reason, StringComparison.Ordinal);
        Assert.Equal("time-exceeded", result.Hops[^1].What);
        Assert.Equal(64, world.Node1.Opened.Count + world.Node2.Opened.Count);
        Assert.Equal(64, result.Hops.Count(hop => hop.What == "forward"));
        // No node keeps the flow in mind.
        await FabricWorld.UntilAsync(() => !world.Node1.Closed.IsEmpty && !world.Node2.Closed.IsEmpty, "every node hears of the end");
    }

    [Fact]
    public async Task ALoopingDatagram_ComesBackAsHostUnreachable()
    {
        await using var world = FabricWorld.Create(oneProcess: true);
        Loop(world);
        await using var socket = await world.A.OpenDatagramsAsync(FabricWorld.DialTo(Two), default);
        await socket.SendAsync("x"u8.ToArray(), default);
        var error = await Assert.ThrowsAsync<SocketException>(() => socket.ReceiveAsync(default).AsTask().WaitAsync(FabricWorld.Patience));
        Assert.Equal(SocketError.HostUnreachable, error.SocketErrorCode);
    }

    private static void Loop(FabricWorld world)
    {
        world.Node1.Translations[One] = Two;
        world.Node2.Translations[Two] = One;
    }
}

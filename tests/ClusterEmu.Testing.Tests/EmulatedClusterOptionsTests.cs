namespace ClusterEmu.Testing.Tests;

public sealed class EmulatedClusterOptionsTests
{
    [Fact]
    public void TheDefaultsCanBeUsed() => Assert.Empty(new EmulatedClusterOptions().Problems());

    public static TheoryData<string, EmulatedClusterOptions, string> Bad() => new()
    {
        { "no node", new() { Nodes = 0 }, "cluster-emu.nodes.count is 0" },
        { "no such mode", new() { ProxyMode = "nftables" }, "cluster-emu.kube-proxy.mode is 'nftables'" },
        { "no such profile", new() { Profile = "slow" }, "Profile is 'slow'" },
        { "no such slot", new() { Slot = 50 }, "Slot is 50" },
        { "a delay of no node", new() { KubeProxyDelays = new Dictionary<string, TimeSpan> { ["node-4"] = TimeSpan.FromSeconds(1) } }, "KubeProxyDelays names 'node-4', but the nodes are node-1 to node-3." },
        { "a delay without end", new() { KubeProxyDelays = new Dictionary<string, TimeSpan> { ["node-1"] = TimeSpan.FromDays(1) } }, "KubeProxyDelays gives node-1 1.00:00:00" },
        { "no time to start", new() { StartTimeout = TimeSpan.Zero }, "StartTimeout is 00:00:00" },
        { "no outside host", new() { OutsideHosts = ["db"] }, "'db' names no outside host" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task WhatCannotBeUsedIsRefused_BeforeAnythingStarts(string because, EmulatedClusterOptions options, string message)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => EmulatedCluster.StartAsync(options));
        Assert.True(refused.Message.Contains(message, StringComparison.Ordinal), $"{because}: wanted '{message}', got '{refused.Message}'");
    }

    [Fact]
    public async Task AStartThatTakesTooLong_SaysWhatIsMissing()
    {
        var late = await Assert.ThrowsAsync<WaitTimeoutException>(() => EmulatedCluster.StartAsync(new EmulatedClusterOptions { StartTimeout = TimeSpan.FromTicks(1) }));
        Assert.StartsWith("After 0 s the cluster is not ready: ", late.Message, StringComparison.Ordinal);
    }
}

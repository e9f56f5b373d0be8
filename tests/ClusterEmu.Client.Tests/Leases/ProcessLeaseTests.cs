using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class ProcessLeaseTests
{
    private static readonly ProcessRegistration Process = new("nodes-1", "nodes", 42, "https://127.0.0.1:9", "127.0.0.1:8");

    [Fact]
    public void TheFirstLeaseTellsWhereTheProcessIs()
    {
        var lease = LeaseRenewal.Next(Process, null, Some.Noon);
        Assert.Equal(("kube-system", "clusteremu-process-nodes-1"), (lease.Metadata.Namespace, lease.Metadata.Name));
        Assert.Equal("nodes", lease.Metadata.Labels["clusteremu.io/role"]);
        Assert.Equal("42 https://127.0.0.1:9 127.0.0.1:8", string.Join(' ',
            lease.Metadata.Annotations["clusteremu.io/pid"], lease.Metadata.Annotations["clusteremu.io/endpoint"], lease.Metadata.Annotations["clusteremu.io/fabric"]));
        Assert.Equal((Some.Noon, Some.Noon, 0), (lease.Spec.AcquireTime, lease.Spec.RenewTime, lease.Spec.LeaseTransitions));
    }

    [Fact]
    public void ARenewalKeepsTheTimeOfAcquisitionAndARestartDoesNot()
    {
        var first = LeaseRenewal.Next(Process, null, Some.Noon);
        var later = Some.Noon.AddSeconds(2);
        var renewed = LeaseRenewal.Next(Process, first, later);
        Assert.Equal((Some.Noon, later, 0), (renewed.Spec.AcquireTime, renewed.Spec.RenewTime, renewed.Spec.LeaseTransitions));
        var restarted = LeaseRenewal.Next(Process with { Pid = 43, Fabric = null }, first, later);
        Assert.Equal((later, 1), (restarted.Spec.AcquireTime, restarted.Spec.LeaseTransitions));
        Assert.False(restarted.Metadata.Annotations.ContainsKey("clusteremu.io/fabric"));
    }

    [Fact]
    public async Task ALeaseIsMadeOnceTheServerAnswersAndThenRenewed()
    {
        await using var system = new LiveSystem();
        var client = new FakeKubeClient();
        client.Refuse(_ => -1);
        system.System.ActorOf(ProcessLease.PropsFor(client, Process));
        client.RefuseNothing();
        var lease = await LiveSystem.UntilFound(() => client.All<Lease>().FirstOrDefault(), "the Lease");
        await LiveSystem.Until(() => client.All<Lease>()[0].Spec.RenewTime > lease.Spec.RenewTime, "its renewal");
    }
}

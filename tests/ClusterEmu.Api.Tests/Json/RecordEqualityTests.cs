namespace ClusterEmu.Api.Tests;

/// <summary>What is built here must equal what is read back: else a controller writes again and again what is there already.</summary>
public sealed class RecordEqualityTests
{
    private static readonly DateTimeOffset Odd = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1_234_567);

    [Fact]
    public void EmptyTextsListsAndMaps_CountAsAbsent()
    {
        Assert.Equal(new EndpointAddress { IP = "10.0.0.1" }, new EndpointAddress { IP = "10.0.0.1", Hostname = "" });
        Assert.Equal(new EndpointSubset(), new EndpointSubset { Addresses = [], Ports = new List<EndpointPort>() });
        Assert.Equal(new ObjectMeta { Name = "a" }, new ObjectMeta { Name = "a", Labels = new Dictionary<string, string>(StringComparer.Ordinal) });
    }

    [Fact]
    public void Times_AreCutToWhatIsWritten()
    {
        var condition = new NodeCondition { Type = "Ready", Status = "True", LastHeartbeatTime = Odd, LastTransitionTime = Odd };
        var lease = new LeaseSpec { HolderIdentity = "node-1", RenewTime = Odd };
        Assert.Equal(condition, ReadBack(new Node { Status = new NodeStatus { Conditions = [condition] } }).Status.Conditions[0]);
        Assert.Equal(lease, ReadBack(new Lease { Spec = lease }).Spec);
        Assert.Equal(4567 / 10, lease.RenewTime!.Value.Microsecond);
    }

    private static T ReadBack<T>(T value) where T : class, IKubeObject
    {
        var kind = KindCatalog.Of(value);
        return (T)kind.Decode(kind.Encode(value));
    }
}

using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public class ClusterNamesTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Names_AppearOnceAllIsListed_AndFollowChanges()
    {
        var informers = CreateTestProbe();
        var feed = new ZoneFeed();
        var names = Sys.ActorOf(ClusterNames.PropsFor(informers.Ref, feed, new Dictionary<string, IReadOnlyList<Ip>> { ["db.example.com"] = [Ip.Parse("203.0.113.20")] }));
        Assert.Equal(
            [Kinds.Service, Kinds.EndpointSlice, Kinds.Namespace],
            Enumerable.Range(0, 3).Select(_ => informers.ExpectMsg<SubscribeInformer>(Patience).Kind));

        var web = new Service { Metadata = new ObjectMeta { Namespace = "default", Name = "web" }, Spec = new ServiceSpec { ClusterIP = "10.96.0.9" } };
        names.Tell(new InformerSynced(Kinds.Service, [web], "1"));
        names.Tell(new InformerSynced(Kinds.EndpointSlice, [], "1"));
        names.Tell(new Identify(1), TestActor);
        ExpectMsg<ActorIdentity>(Patience);
        Assert.Null(feed.Zone);

        names.Tell(new InformerSynced(Kinds.Namespace, [new Namespace { Metadata = new ObjectMeta { Name = "default" } }], "1"));
        AwaitCondition(() => feed.Zone is not null, Patience);
        Assert.Single(ZoneLookup.Resolve(feed.Zone!, "web.default.svc.cluster.local", DnsType.A).Answers);
        Assert.Single(ZoneLookup.Resolve(feed.Zone!, "db.example.com", DnsType.A).Answers);
        names.Tell(new InformerChanged(Kinds.Service, WatchEventType.Deleted, web, web, "2"));
        AwaitCondition(() => ZoneLookup.Resolve(feed.Zone!, "web.default.svc.cluster.local", DnsType.A).Code == DnsCode.NameError, Patience);
    }
}

using System.Collections.Concurrent;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

public sealed class DirectoryKeeperTests
{
    private static Node NodeOf(string name, string process, string ip, string heartbeat = "") => new()
    {
        Metadata = new ObjectMeta { Name = name, Annotations = new Dictionary<string, string> { [Registration.ProcessAnnotation] = process } },
        Spec = new NodeSpec { PodCIDR = "172.17.0.0/24" },
        Status = new NodeStatus
        {
            Addresses = [new NodeAddress { Type = "InternalIP", Address = ip }],
            Conditions = [new NodeCondition { Type = "Ready", Status = "True", Message = heartbeat }],
        },
    };

    private static Lease LeaseOf(string process, string fabric) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = Registration.LeasePrefix + process,
            Namespace = Registration.LeaseNamespace,
            Labels = new Dictionary<string, string> { [Registration.RoleLabel] = "nodes" },
            Annotations = new Dictionary<string, string> { [Registration.FabricAnnotation] = fabric },
        },
    };

    [Fact]
    public async Task Keeper_PublishesWhatMattersAndNothingElse()
    {
        var system = ActorSystem.Create("keeper");
        var subscribed = new ConcurrentQueue<string>();
        var published = new ConcurrentQueue<FabricDirectory>();
        Action<FabricDirectory> publish = published.Enqueue;
        var hub = system.ActorOf(Props.Create(() => new Hub(subscribed)));
        var keeper = system.ActorOf(DirectoryKeeper.PropsFor(hub, new AddressPlan(), publish));
        await FabricWorld.UntilAsync(() => subscribed.Order().SequenceEqual(["Lease", "Node"]), "the subscriptions");

        keeper.Tell(new InformerSynced(Kinds.Node, [NodeOf("node-1", "nodes-1", "172.18.0.2")], "1"), ActorRefs.NoSender);
        keeper.Tell(new InformerSynced(Kinds.Lease, [LeaseOf("nodes-1", "127.0.0.1:4000")], "1"), ActorRefs.NoSender);
        await FabricWorld.UntilAsync(() => published.LastOrDefault()?.RouteTo(Ip.Parse("172.17.0.9")).Peer?.Port == 4000, "the first directory");

        // A heartbeat changes nothing; the process that moves does. Messages keep their order.
        var before = published.Count;
        keeper.Tell(Changed(NodeOf("node-1", "nodes-1", "172.18.0.2", "beat")), ActorRefs.NoSender);
        keeper.Tell(Changed(LeaseOf("nodes-1", "127.0.0.1:5000")), ActorRefs.NoSender);
        await FabricWorld.UntilAsync(() => published.Last().RouteTo(Ip.Parse("172.18.0.2")).Peer?.Port == 5000, "the process that moved");
        Assert.Equal(before + 1, published.Count);

        keeper.Tell(new InformerChanged(Kinds.Node, WatchEventType.Deleted, NodeOf("node-1", "nodes-1", "172.18.0.2"), null, "9"), ActorRefs.NoSender);
        await FabricWorld.UntilAsync(() => published.Last().Nodes.Count == 0, "the node that went");
        Assert.Equal(published.Select(directory => directory.Revision).Order(), published.Select(directory => directory.Revision));
        await system.Terminate().WaitAsync(FabricWorld.Patience);
    }

    private static InformerChanged Changed(IKubeObject value) => new(KindCatalog.Of(value), WatchEventType.Modified, value, value, "2");

    private sealed class Hub : ReceiveActor
    {
        public Hub(ConcurrentQueue<string> subscribed) => Receive<SubscribeInformer>(message => { subscribed.Enqueue(message.Kind.Kind); });
    }
}

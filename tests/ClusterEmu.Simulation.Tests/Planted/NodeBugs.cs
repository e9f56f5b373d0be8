using System.Globalization;
using System.Runtime.CompilerServices;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation.Tests;

/// <summary>Mistakes in node processes: tables, names, watches, Leases.</summary>
internal static class NodeBugs
{
    public static readonly IReadOnlyList<PlantedBug> All =
    [
        new("endpoints-out-of-order", "The former state of an EndpointSlice is applied once more after the new one.",
            ["removed-endpoints", "refused-with-endpoints", "tables-converge"], () => Around<TableSource>(OutOfOrder)),
        new("lost-wake-up", "A kube-proxy that has to wait for its next sync is not always woken.",
            ["removed-endpoints", "refused-with-endpoints", "tables-converge"], () => Around<KubeProxy>(LosesWakeUps)),
        new("affinity-forgotten-on-sync", "A sync of the table forgets which client is with which endpoint.",
            ["session-affinity"], () => new Composition { Actors = (_, _, props) => props.Type == typeof(DataPath) ? ForgetfulDataPath(props) : props }),
        new("local-policy-ignored", "kube-proxy reads externalTrafficPolicy Local as Cluster.",
            ["traffic-policy", "tables-converge"], () => Around<TableSource>(IgnoresLocal)),
        new("zone-hints-ignored", "kube-proxy takes no notice of the zones that an EndpointSlice hints at.",
            ["zone-hints"], () => Around<TableSource>(IgnoresHints)) { In = PlantedScenario.InZones },
        new("names-outlive-services", "The DNS keeps a Service that was deleted.",
            ["tables-converge"], () => Around<ClusterNames>(KeepsServices)),
        new("stale-after-watch-gap", "A watch that broke goes on from now, not from where it was.",
            ["watch-streams", "tables-converge", "removed-endpoints", "refused-with-endpoints", "whole-again"], () => OnNodes(SkipsGap)),
        new("watch-resumed-one-late", "A watch that broke goes on one revision late.",
            ["watch-streams", "tables-converge", "removed-endpoints", "refused-with-endpoints", "whole-again"], () => OnNodes(OneLate)),
        new("changes-held-back", "A node process hands the events of a watch on two seconds later.",
            ["removed-endpoints", "refused-with-endpoints"], () => OnNodes(HoldsBack)),
        new("object-dropped-at-relist", "The last object of a list is lost when a list follows a broken watch.",
            ["tables-converge", "removed-endpoints", "refused-with-endpoints", "whole-again"], () => OnNodes(DropsLast)),
        new("lease-renewed-while-cut-off", "A helper near the API server renews Leases for nodes that cannot reach it.",
            ["node-leases"], () => OnNodes(RenewsPastLinks)),
    ];

    private static Composition Around<TActor>(Func<MessageFilter> filter) => new()
    {
        Actors = (_, _, props) => props.Type == typeof(TActor) ? FilteredActor.PropsFor(props, filter) : props,
    };

    private static Composition OnNodes(Func<SimulatedWorld, string, IKubeClient, IKubeClient> client) => new()
    {
        Client = (world, site, inner) => site.StartsWith("nodes-", StringComparison.Ordinal) ? client(world, site, inner) : inner,
    };

    private static MessageFilter OutOfOrder()
    {
        var former = new Dictionary<ObjectKey, InformerChanged>();
        return (_, message, deliver) =>
        {
            deliver(message);
            if (message is not InformerChanged { Object: EndpointSlice slice, Type: not WatchEventType.Deleted } changed) return;
            var key = ObjectKey.Of(slice);
            if (former.TryGetValue(key, out var before) && changed.Previous is not null) deliver(before);
            former[key] = changed;
        };
    }

    private static MessageFilter LosesWakeUps()
    {
        var count = 0;
        return (_, message, deliver) =>
        {
            if (message.GetType().Name == "Tick" && ++count % 3 == 0) return;
            deliver(message);
        };
    }

    private static MessageFilter IgnoresLocal() => static (_, message, deliver) => deliver(message switch
    {
        InformerChanged { Object: Service service } changed => changed with { Object = AsCluster(service) },
        InformerSynced synced => synced with { Items = [.. synced.Items.Select(item => item is Service service ? AsCluster(service) : item)] },
        _ => message,
    });

    private static MessageFilter IgnoresHints() => static (_, message, deliver) => deliver(message switch
    {
        InformerChanged { Object: EndpointSlice slice } changed => changed with { Object = WithoutHints(slice) },
        InformerSynced synced => synced with { Items = [.. synced.Items.Select(item => item is EndpointSlice slice ? WithoutHints(slice) : item)] },
        _ => message,
    });

    private static EndpointSlice WithoutHints(EndpointSlice slice) => slice with { Endpoints = [.. slice.Endpoints.Select(endpoint => endpoint with { Hints = null })] };

    private static Service AsCluster(Service service) =>
        service.Spec.ExternalTrafficPolicy == "Local" ? service with { Spec = service.Spec with { ExternalTrafficPolicy = "Cluster" } } : service;

    private static MessageFilter KeepsServices() => static (_, message, deliver) =>
    {
        if (message is not InformerChanged { Type: WatchEventType.Deleted, Object: Service }) deliver(message);
    };

    private static MeddlingClient SkipsGap(SimulatedWorld world, string site, IKubeClient inner) => new(inner)
    {
        OnWatch = (call, before) => before > 0 && world.ControlPlane.Core is { } core && call.Kind == Kinds.EndpointSlice
            ? call with { ResourceVersion = core.Reader.Current.Revision.ToString(CultureInfo.InvariantCulture) }
            : call,
    };

    private static MeddlingClient OneLate(SimulatedWorld world, string site, IKubeClient inner) => new(inner)
    {
        OnWatch = (call, before) => before > 0 && world.ControlPlane.Core is { } core && core.Reader.Current.Revision > (long)ResourceVersions.Parse(call.ResourceVersion)
            ? call with { ResourceVersion = (ResourceVersions.Parse(call.ResourceVersion) + 1).ToString(CultureInfo.InvariantCulture) }
            : call,
    };

    private static MeddlingClient HoldsBack(SimulatedWorld world, string site, IKubeClient inner)
    {
        var life = world.Nodes.Single(candidate => candidate.Name == site).Process;
        return new MeddlingClient(inner)
        {
            OnSubscriber = (_, subscriber) => new RelayRef(subscriber, (message, pass) => world.Executor.At(world.Now + 2_000_000, () =>
            {
                if (life is { IsAlive: true }) pass(message);
            })),
        };
    }

    private static MeddlingClient DropsLast(SimulatedWorld world, string site, IKubeClient inner)
    {
        var lists = new Dictionary<string, int>(StringComparer.Ordinal);
        return new MeddlingClient(inner)
        {
            OnSend = (call, replyTo, send) =>
            {
                if (call.Verb != ApiVerb.List) send(call, replyTo);
                else send(call, new RelayRef(replyTo, (message, pass) =>
                {
                    var before = lists.GetValueOrDefault(call.Kind.QualifiedPlural);
                    lists[call.Kind.QualifiedPlural] = before + 1;
                    pass(before > 0 && message is ApiReply { Ok: true, Items.Count: > 0 } reply ? reply with { Items = [.. reply.Items.SkipLast(1)] } : message);
                }));
            },
        };
    }

    private static MeddlingClient RenewsPastLinks(SimulatedWorld world, string site, IKubeClient inner) => new(inner)
    {
        OnSend = (call, replyTo, send) =>
        {
            if (call.Kind == Kinds.Lease && call.Verb != ApiVerb.Get && world.Links.IsCut(site, "control-plane"))
                world.ControlPlane.Core?.Handle(ControlPlane.ApiServer.ApiCalls.RequestOf(call, "helper"), new ToActor(call, replyTo));
            else
                send(call, replyTo);
        },
    };

    private static Props ForgetfulDataPath(Props props)
    {
        var producer = new Remembering(props);
        return FilteredActor.PropsFor(Props.CreateBy(producer), () =>
        {
            var made = (DataPath)producer.Last!;
            return (_, message, deliver) =>
            {
                if (message is KubeProxy.TableSynced) StateOf(made) = new DataPathState();
                deliver(message);
            };
        });
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_state")]
    private static extern ref DataPathState StateOf(DataPath dataPath);

    private sealed class Remembering(Props props) : IIndirectActorProducer
    {
        public Type ActorType => props.Type;

        public ActorBase? Last { get; private set; }

        public ActorBase Produce() => Last = props.NewActor();

        public void Release(ActorBase actor) => Last = null;
    }

    private sealed class ToActor(ApiCall call, IActorRef replyTo) : ControlPlane.ApiServer.IApiReply
    {
        public void Complete(ControlPlane.ApiServer.ApiResponse response) => replyTo.Tell(ControlPlane.ApiServer.ApiCalls.ReplyTo(call, response), ActorRefs.NoSender);
    }
}

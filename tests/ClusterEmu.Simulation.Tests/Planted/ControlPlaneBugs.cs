using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation.Tests;

/// <summary>Mistakes in the control plane: store, allocators, controllers.</summary>
internal static class ControlPlaneBugs
{
    public static readonly IReadOnlyList<PlantedBug> All =
    [
        new("acknowledged-write-lost", "The journal says that a batch is durable before it is.",
            ["api-answers", "watch-streams", "exception"], () => new Composition { Journal = (world, journal) => new HastyJournal(world, journal) }),
        new("node-port-freed-early", "The NodePorts of a Service are free as soon as its deletion is asked for, and not when it is gone.",
            ["unique-addresses"], () => Folding(static change => change.Type != StoreEventType.Deleted && change.Object.Decode().Metadata.DeletionTimestamp is not null)),
        new("cluster-ip-given-twice", "An update of a Service releases its addresses.",
            ["unique-addresses"], () => Folding(static change => change.Type != StoreEventType.Deleted && change.Previous is not null)),
        new("pod-range-given-twice", "Every Node is given the same range of Pod addresses.",
            ["pod-addresses"], () => OnControlPlane(GivesOneRange)),
        new("batch-written-backwards", "The journal writes the newest entry of a batch first.",
            ["log-order"], () => new Composition { Journal = (_, journal) => new BackwardsJournal(journal) }),
        new("watch-event-twice", "The watch hub begins a resumed watch one event too early.",
            ["watch-streams"], () => Around<WatchHub>(BeginsEarly)),
        new("event-dropped-by-hub", "The watch hub loses an event for those that resume after a gap.",
            ["watch-streams", "tables-converge", "whole-again"], () => Around<WatchHub>(BeginsLate)),
        new("event-dropped-at-compaction", "A watch that resumes from before the kept log begins at the log's start, instead of being told that its history is gone.",
            ["watch-streams"], ForgetsCompaction) { In = static scenario => scenario with { World = scenario.World with { HistoryMicroseconds = 2 * VirtualTime.Second } } },
        new("rollout-ignores-max-unavailable", "The first step of a rolling update takes away all old Pods at once.",
            ["rollout-bounds"], () => OnControlPlane(TakesAllAway)),
        new("endpoints-keep-deleted-pod", "An EndpointSlice keeps the endpoints that it ought to lose.",
            ["endpoints-follow-pods"], () => OnControlPlane(KeepsEndpoints)),
        new("orphaned-replica-set", "The garbage collector believes that it has deleted ReplicaSets.",
            ["orphans", "whole-again"], () => OnControlPlane(ForgetsToDelete)),
        new("silent-node-stays-ready", "The node controller's report that a node is lost is swallowed.",
            ["node-leases"], () => OnControlPlane(SwallowsUnknown)),
    ];

    private static Composition Around<TActor>(Func<MessageFilter> filter) => new()
    {
        Actors = (_, _, props) => props.Type == typeof(TActor) ? FilteredActor.PropsFor(props, filter) : props,
    };

    private static Composition OnControlPlane(Func<IKubeClient, IKubeClient> client) => new() { Client = (_, site, inner) => site == "control-plane" ? client(inner) : inner };

    /// <summary>A store whose allocations take some changes of a Service for its end.</summary>
    private static Composition Folding(Func<StoreEvent, bool> isEnd) => new()
    {
        Actors = (_, _, props) =>
        {
            if (props.Type != typeof(StoreWriter)) return props;
            var options = (StoreOptions)props.Arguments[0] with
            {
                Fold = (held, change) => ((ServerState)held).Apply(change.Kind == Kinds.Service && isEnd(change) ? change with { Type = StoreEventType.Deleted } : change),
            };
            return StoreWriter.PropsFor(options, (IJournal)props.Arguments[1], (StoreReader)props.Arguments[2], (IActorRef)props.Arguments[3], (IActorRef)props.Arguments[4]);
        },
    };

    private static MessageFilter BeginsEarly() => static (_, message, deliver) =>
        deliver(message is WatchHub.Command.Open { Request.After: > 50 } open ? open with { Request = open.Request with { After = open.Request.After - 1 } } : message);

    private static MessageFilter BeginsLate()
    {
        var newest = 0L;
        return (_, message, deliver) =>
        {
            if (message is WatchHub.Command.Open { Request.After: { } after } open && after < newest) deliver(open with { Request = open.Request with { After = after + 1 } });
            else
            {
                if (message is WatchHub.Command.Open { Request.After: { } begins }) newest = Math.Max(newest, begins);
                deliver(message);
            }
        };
    }

    /// <summary>Sees in the store's writer how far the log was cut, and moves the start of watches there.</summary>
    private static Composition ForgetsCompaction()
    {
        var compacted = 0L;
        MessageFilter notes = (_, message, deliver) =>
        {
            if (message is StoreWriter.Command.Forget forget) compacted = forget.Compacted;
            deliver(message);
        };
        MessageFilter moves = (_, message, deliver) => deliver(
            message is WatchHub.Command.Open { Request.After: { } after } open && after < compacted ? open with { Request = open.Request with { After = compacted } } : message);
        return new Composition
        {
            Actors = (_, _, props) =>
                props.Type == typeof(StoreWriter) ? FilteredActor.PropsFor(props, () => notes)
                : props.Type == typeof(WatchHub) ? FilteredActor.PropsFor(props, () => moves)
                : props,
        };
    }

    private static MeddlingClient TakesAllAway(IKubeClient inner) => new(inner)
    {
        OnSend = static (call, replyTo, send) => send(
            call is { Verb: ApiVerb.Update, Subresource: null, Body: ReplicaSet { Spec.Replicas: > 0 } set } && set.Spec.Replicas < set.Status.Replicas
                ? call with { Body = set with { Spec = set.Spec with { Replicas = 0 } } }
                : call,
            replyTo),
    };

    private static MeddlingClient GivesOneRange(IKubeClient inner)
    {
        string? first = null;
        return new MeddlingClient(inner)
        {
            OnSend = (call, replyTo, send) =>
            {
                if (call.Body is Node { Spec.PodCIDR.Length: > 0 } node)
                {
                    first ??= node.Spec.PodCIDR;
                    call = call with { Body = node with { Spec = node.Spec with { PodCIDR = first, PodCIDRs = [first] } } };
                }
                send(call, replyTo);
            },
        };
    }

    private static MeddlingClient KeepsEndpoints(IKubeClient inner)
    {
        var seen = new Dictionary<ObjectKey, Dictionary<string, Endpoint>>();
        return new MeddlingClient(inner)
        {
            OnSend = (call, replyTo, send) =>
            {
                if (call.Body is not EndpointSlice slice || call.Verb is not (ApiVerb.Create or ApiVerb.Update))
                {
                    send(call, replyTo);
                    return;
                }
                var key = ObjectKey.Of(slice);
                if (!seen.TryGetValue(key, out var known)) seen[key] = known = new(StringComparer.Ordinal);
                foreach (var endpoint in slice.Endpoints)
                    if (endpoint.Conditions.Ready ?? true) known[endpoint.Addresses[0]] = endpoint;
                var listed = slice.Endpoints.Select(endpoint => endpoint.Addresses[0]).ToHashSet(StringComparer.Ordinal);
                send(call with { Body = slice with { Endpoints = [.. slice.Endpoints, .. known.Where(pair => !listed.Contains(pair.Key)).Select(pair => pair.Value)] } }, replyTo);
            },
        };
    }

    private static MeddlingClient ForgetsToDelete(IKubeClient inner) => new(inner)
    {
        OnSend = static (call, replyTo, send) =>
        {
            if (call is { Verb: ApiVerb.Delete } && call.Kind == Kinds.ReplicaSet) replyTo.Tell(new ApiReply(call, 200, null, null, null, null, null), ActorRefs.NoSender);
            else send(call, replyTo);
        },
    };

    private static MeddlingClient SwallowsUnknown(IKubeClient inner) => new(inner)
    {
        OnSend = static (call, replyTo, send) =>
        {
            if (call.Body is Node node && node.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "Unknown" }))
                replyTo.Tell(new ApiReply(call, 200, call.Body, null, call.Body.Metadata.ResourceVersion, null, null), ActorRefs.NoSender);
            else send(call, replyTo);
        },
    };

    private sealed class BackwardsJournal(IJournal inner) : IJournal
    {
        public void Append(JournalBatch batch, IActorRef replyTo) => inner.Append(new JournalBatch([.. batch.Entries.Reverse()]), replyTo);

        public void Read(long afterRevision, IActorRef replyTo) => inner.Read(afterRevision, replyTo);

        public void Compact(long compacted, IReadOnlyList<long> garbage, IActorRef replyTo) => inner.Compact(compacted, garbage, replyTo);

        public void Dispose() => inner.Dispose();
    }

    /// <summary>Tells that a batch is durable, and writes it 20 ms later, if its process still lives then.</summary>
    private sealed class HastyJournal(SimulatedWorld world, IJournal inner) : IJournal
    {
        public void Append(JournalBatch batch, IActorRef replyTo)
        {
            replyTo.Tell(new JournalAppended(batch.LastRevision), ActorRefs.NoSender);
            var life = world.ControlPlane.Process;
            world.Executor.At(world.Now + 20_000, () =>
            {
                if (life is { IsAlive: true }) inner.Append(batch, ActorRefs.Nobody);
            });
        }

        public void Read(long afterRevision, IActorRef replyTo) => inner.Read(afterRevision, replyTo);

        public void Compact(long compacted, IReadOnlyList<long> garbage, IActorRef replyTo) => inner.Compact(compacted, garbage, replyTo);

        public void Dispose() => inner.Dispose();
    }
}

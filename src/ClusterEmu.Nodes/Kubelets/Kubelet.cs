using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>A node's agent: registers its Node, keeps its Lease and status, gives addresses to Pods and has them run.</summary>
/// <remarks>
/// A restart forgets everything but which Pod has which address: the API may not show it yet, and nobody else may have it.
/// The API and the containers' absence tell it what to start again.
/// </remarks>
public sealed class Kubelet : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private readonly NodeSettings _settings;
    private readonly NodeStatus _machine;
    private readonly PodRunnerContext _context;
    private readonly IActorRef _dispatcher;
    private readonly Determinism _determinism;
    private readonly Dictionary<string, Ip> _addresses;
    private readonly Dictionary<string, PodEntry> _pods = new(StringComparer.Ordinal);
    private readonly List<Pod> _waiting = [];
    private IActorRef _lease = ActorRefs.Nobody;
    private PodIpPool? _pool;
    private Node? _node;
    private bool _reporting;
    private bool _listed;
    private int _runners;

    /// <param name="settings">The machine.</param>
    /// <param name="context">What its Pods share.</param>
    /// <param name="dispatcher">The process's <see cref="PodDispatcher"/>.</param>
    /// <param name="addresses">By the UIDs of the Pods that have them; outlives a restart.</param>
    private Kubelet(NodeSettings settings, PodRunnerContext context, IActorRef dispatcher, Dictionary<string, Ip> addresses)
    {
        _addresses = addresses;
        _settings = settings;
        _machine = NodeObjects.Fixed(settings);
        _context = context;
        _dispatcher = dispatcher;
        _determinism = Determinism.For(Context.System);
        Receive<PodDispatcher.NodeListed>(message => { Listed(message); });
        Receive<PodDispatcher.NodeSeen>(message => { NodeChanged(message.Node); });
        Receive<PodDispatcher.PodSeen>(message => { PodChanged(message); });
        Receive<PodRunner.NetworkFreed>(message => { Freed(message.Uid); });
        Receive<Terminated>(message => { RunnerEnded(message.ActorRef); });
        Receive<ApiReply>(reply => { Answered(reply); });
        Receive<Register>(_ => { SendRegistration(); });
        Receive<Check>(_ => { ReportIfNeeded(); });
        Receive<RunAgain>(message => { StartAgain(message.Uid); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(NodeSettings settings, PodRunnerContext context, IActorRef dispatcher) =>
        Props.CreateBy(new Producer(settings, context, dispatcher));

    protected override void PreStart()
    {
        base.PreStart();
        _lease = Context.ActorOf(NodeLeaseKeeper.PropsFor(_settings.Name, _context.Client, _context.Timings), "lease");
        _dispatcher.Tell(new PodDispatcher.Command.Join(_settings.Name, Self));
        SendRegistration();
        Timers.StartPeriodicTimer("check", new Check(), _context.Timings.StatusCheck);
    }

    /// <summary>A Pod that failed is not restarted in place: its successor starts from what the API says.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void SendRegistration() => _context.Client.Send(ApiCall.Create(NodeObjects.New(_settings), Step.Create), Self);

    private void Answered(ApiReply reply)
    {
        switch (reply.Call.Tag)
        {
            case Step.Create when reply.Ok:
                Registered((Node)reply.Object!);
                break;
            case Step.Create when reply.AlreadyExists:
                _context.Client.Send(ApiCall.Get(Kinds.Node, null, _settings.Name, Step.Read), Self);
                break;
            case Step.Read when reply.Object is Node node:
                var merged = NodeObjects.Merge(node, _settings);
                if (ReferenceEquals(merged, node)) Registered(node);
                else _context.Client.Send(ApiCall.Update(merged, Step.Merge), Self);
                break;
            case Step.Merge when reply.Ok:
                Registered((Node)reply.Object!);
                break;
            case Step.Status:
                _reporting = false;
                if (reply.Object is Node reported) NodeChanged(reported);
                break;
            case Step:
                Timers.StartSingleTimer("register", new Register(), RetryPause);
                break;
        }
    }

    private void Registered(Node node)
    {
        _lease.Tell(new NodeLeaseKeeper.Command.Own(node.Metadata.Uid));
        NodeChanged(node);
        Report(node);
    }

    private void NodeChanged(Node? node)
    {
        // Answers and the watch come by different ways: an older version must not undo a newer one.
        if (node is not null && _node is not null && node.Metadata.Uid == _node.Metadata.Uid && Version(node) < Version(_node)) return;
        _node = node;
        if (node is null) return;
        if (_pool is null && Cidr.TryParse(node.Spec.PodCIDR, out var range))
        {
            _pool = new PodIpPool(range);
            RunWaiting();
        }

        ReportIfNeeded();
    }

    private static ulong Version(Node node) => ulong.TryParse(node.Metadata.ResourceVersion, out var version) ? version : 0;

    private void ReportIfNeeded()
    {
        if (_node is not { } node || _reporting) return;
        var now = _determinism.UtcNow;
        if (NodeObjects.NeedsReport(node.Status, NodeObjects.Status(_machine, node.Status, node.Spec.PodCIDR, now), now)) Report(node);
    }

    private void Report(Node node)
    {
        if (_reporting) return;
        _reporting = true;
        var status = NodeObjects.Status(_machine, node.Status, node.Spec.PodCIDR, _determinism.UtcNow);
        var meta = new ObjectMeta { Name = node.Metadata.Name, Uid = node.Metadata.Uid };
        _context.Client.Send(StatusPatches.Call(Kinds.Node, new Node { Metadata = meta, Status = status }, PatchFormat.StrategicMerge, Step.Status), Self);
    }

    private void Listed(PodDispatcher.NodeListed listed)
    {
        var uids = listed.Pods.Select(pod => pod.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _addresses.Keys.Where(uid => !uids.Contains(uid) && !_pods.ContainsKey(uid)).ToList()) _addresses.Remove(gone);
        foreach (var pod in listed.Pods) Observe(pod);
        _listed = true; // Only now it is known who has a claim to an address.
        if (listed.Node is not null) NodeChanged(listed.Node);
        RunWaiting();
    }

    private void PodChanged(PodDispatcher.PodSeen seen)
    {
        if (!seen.Deleted)
        {
            Observe(seen.Pod);
            return;
        }

        _waiting.RemoveAll(pod => pod.Metadata.Uid == seen.Pod.Metadata.Uid);
        if (!_pods.TryGetValue(seen.Pod.Metadata.Uid, out var entry))
        {
            _addresses.Remove(seen.Pod.Metadata.Uid);
            return;
        }

        entry.Gone = true;
        entry.Runner.Tell(new PodRunner.Command.Vanish());
    }

    private void Observe(Pod pod)
    {
        if (_pods.TryGetValue(pod.Metadata.Uid, out var entry))
        {
            entry.Pod = pod;
            entry.Runner.Tell(new PodRunner.Command.Observe(pod));
            if (entry.Freed) ReleaseIfOver(entry);
            return;
        }

        _waiting.RemoveAll(other => other.Metadata.Uid == pod.Metadata.Uid);
        if (!TryRun(pod)) _waiting.Add(pod);
    }

    private void RunWaiting()
    {
        foreach (var pod in _waiting.OrderBy(Claim).ToList())
        {
            if (TryRun(pod)) _waiting.Remove(pod);
        }
    }

    /// <summary>Pods that had an address keep it: they choose first, before all those that had it from this kubelet.</summary>
    private int Claim(Pod pod) => _addresses.ContainsKey(pod.Metadata.Uid) ? 0 : pod.Status.PodIP.Length > 0 ? 1 : 2;

    private bool TryAddressOf(Pod pod, out Ip address) =>
        _addresses.TryGetValue(pod.Metadata.Uid, out address) || Ip.TryParse(pod.Status.PodIP, out address);

    private bool TryRun(Pod pod)
    {
        if (!_listed) return false;
        var over = IsOver(pod) || pod.Metadata.DeletionTimestamp is not null;
        if (over || pod.Spec.HostNetwork)
        {
            Run(pod, over ? null : _context.NodeIP, false);
            // A Pod that is still to be ended shows its address until then: nobody else may have it meanwhile.
            if (over && !IsOver(pod) && !pod.Spec.HostNetwork && TryAddressOf(pod, out var old) && _pool?.TryTake(old) == true)
                _pods[pod.Metadata.Uid].Address = _addresses[pod.Metadata.Uid] = old;
            return true;
        }

        if (_pool is null) return false;
        if (!TryAddressOf(pod, out var ip) || !_pool.TryTake(ip))
        {
            if (_pool.Take() is not { } free)
            {
                _context.Events.Tell(new RecordEvent(RecordEvent.Reference(pod), RecordEvent.Warning, "FailedCreatePodSandBox", _pool.ExhaustedMessage, "kubelet", _settings.Name));
                return false;
            }

            ip = free;
        }

        Run(pod, ip, true);
        return true;
    }

    private void Run(Pod pod, Ip? ip, bool fromPool)
    {
        var runner = Context.ActorOf(PodRunner.PropsFor(_context, pod, ip), $"pod-{++_runners}");
        Context.Watch(runner);
        _pods[pod.Metadata.Uid] = new PodEntry(runner, pod) { Address = fromPool ? ip : null };
        if (fromPool) _addresses[pod.Metadata.Uid] = ip!.Value;
    }

    /// <summary>The Pod's network is down. Its address stays taken until the API says so too: else two Pods would show one address.</summary>
    private void Freed(string uid)
    {
        if (!_pods.TryGetValue(uid, out var entry)) return;
        entry.Freed = true;
        ReleaseIfOver(entry);
    }

    private void ReleaseIfOver(PodEntry entry)
    {
        if (IsOver(entry.Pod)) Release(entry);
    }

    private static bool IsOver(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    private void Release(PodEntry entry)
    {
        if (entry.Address is not { } address) return;
        entry.Address = null;
        _addresses.Remove(entry.Pod.Metadata.Uid);
        _pool!.Release(address);
        RunWaiting();
    }

    private void RunnerEnded(IActorRef runner)
    {
        var found = _pods.FirstOrDefault(pair => pair.Value.Runner.Equals(runner));
        if (found.Value is not { } entry) return;
        _pods.Remove(found.Key);
        Release(entry);
        if (entry.Gone) return;
        // It failed. The Pod is still bound here, so it is run anew, a little later.
        _waiting.Add(entry.Pod);
        Timers.StartSingleTimer(("again", found.Key), new RunAgain(found.Key), RetryPause);
    }

    private void StartAgain(string uid)
    {
        if (_waiting.Find(pod => pod.Metadata.Uid == uid) is { } pod && TryRun(pod)) _waiting.Remove(pod);
    }

    private enum Step
    {
        Create,
        Read,
        Merge,
        Status,
    }

    private sealed class PodEntry(IActorRef runner, Pod pod)
    {
        public IActorRef Runner => runner;
        public Pod Pod { get; set; } = pod;

        /// <summary>Its address, as long as it holds one of the pool's.</summary>
        public Ip? Address { get; set; }

        /// <summary>Its network was taken down.</summary>
        public bool Freed { get; set; }
        public bool Gone { get; set; }
    }

    private sealed class Producer(NodeSettings settings, PodRunnerContext context, IActorRef dispatcher) : IIndirectActorProducer
    {
        private readonly Dictionary<string, Ip> _addresses = new(StringComparer.Ordinal);

        public Type ActorType => typeof(Kubelet);

        public ActorBase Produce() => new Kubelet(settings, context, dispatcher, _addresses);

        public void Release(ActorBase actor) { }
    }

    private sealed record Register;

    private sealed record Check;

    private sealed record RunAgain(string Uid);
}

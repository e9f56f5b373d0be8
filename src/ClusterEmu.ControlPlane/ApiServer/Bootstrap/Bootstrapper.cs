using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Makes what every cluster has, at start, and the Service <c>kubernetes</c> again whenever it is missing; what could not be made at start is tried again.</summary>
/// <remarks>Its owner is told <see cref="Bootstrapped"/> once the first round is done.</remarks>
public sealed class Bootstrapper : ReceiveActor, IWithTimers
{
    private sealed record Tick;

    private readonly IKubeClient _client;
    private readonly TimeSpan _period;
    private readonly IActorRef _owner;
    private readonly IReadOnlyList<IKubeObject> _atStart;
    private readonly IReadOnlyList<IKubeObject> _always;
    private readonly List<string> _problems = [];
    private readonly HashSet<object> _failed = new(ReferenceEqualityComparer.Instance);
    private bool _first = true;
    private int _waiting;

    /// <param name="client">The API of a store that has recovered, in this process: it answers in the order of the requests.</param>
    /// <param name="services">The range of ClusterIPs.</param>
    /// <param name="address">The control plane's address in the fabric.</param>
    /// <param name="dnsReplicas">Of the Deployment coredns.</param>
    /// <param name="period">How often the Service is looked after.</param>
    /// <param name="owner">Who hears that the first round is done.</param>
    public Bootstrapper(IKubeClient client, Cidr services, string address, int dnsReplicas, TimeSpan period, IActorRef owner)
    {
        (_client, _period, _owner) = (client, period, owner);
        _always = [BootstrapObjects.Kubernetes(services), BootstrapObjects.KubernetesEndpoints(address), BootstrapObjects.KubernetesSlice(address)];
        // At start only: who deletes cluster DNS later has a cluster without it until the next start.
        _atStart = [.. BootstrapObjects.Namespaces.Select(BootstrapObjects.Namespace), .. BootstrapObjects.Policies, .. _always, .. BootstrapObjects.Dns(services, dnsReplicas)];
        Receive<ApiReply>(OnReply);
        Receive<Tick>(_ =>
        {
            if (_waiting == 0) LookAgain();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(IKubeClient client, Cidr services, string address, int dnsReplicas, TimeSpan period, IActorRef owner) =>
        Props.Create(() => new Bootstrapper(client, services, address, dnsReplicas, period, owner));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", new Tick(), _period);
        Look(_atStart);
    }

    private void Look(IReadOnlyList<IKubeObject> items)
    {
        _waiting = items.Count;
        foreach (var item in items) _client.Send(ApiCall.Get(KindCatalog.Of(item), item.Metadata.Namespace, item.Metadata.Name, tag: item), Self);
    }

    /// <summary>What failed for a reason that may pass is tried again, in the order of the first round: namespaces before what lies in them.</summary>
    private void LookAgain()
    {
        List<IKubeObject> items = [.. _atStart.Where(item => _failed.Contains(item) || _always.Contains(item, ReferenceEqualityComparer.Instance))];
        _failed.Clear();
        Look(items);
    }

    private void OnReply(ApiReply reply)
    {
        if (reply is { NotFound: true, Call: { Verb: ApiVerb.Get, Tag: IKubeObject missing } })
        {
            // Sent in order, so that namespaces come before what lies in them; all share a few commits.
            _client.Send(ApiCall.Create(missing), Self);
            return;
        }
        _waiting--;
        if (!reply.Ok && !reply.AlreadyExists)
        {
            var problem = $"{reply.Call.Kind.Kind} {reply.Call.Name ?? reply.Call.Body?.Metadata.Name}: {reply.Failure?.Message}";
            if (_first) _problems.Add(problem);
            if (reply.Code is not (400 or 403 or 409 or 422)) _failed.Add(reply.Call.Body ?? (IKubeObject)reply.Call.Tag!);
            Context.GetLogger().Warning("The cluster's own {0}", problem);
        }
        if (_waiting > 0 || !_first) return;
        _first = false;
        _owner.Tell(new Bootstrapped([.. _problems]));
    }
}

/// <summary>The cluster's own objects exist. Problems: those that could not be made, and why.</summary>
public sealed record Bootstrapped(IReadOnlyList<string> Problems);

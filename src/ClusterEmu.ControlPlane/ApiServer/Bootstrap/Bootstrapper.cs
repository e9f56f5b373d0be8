using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Makes what every cluster has, at start, and the Service <c>kubernetes</c> again whenever it is missing.</summary>
/// <remarks>Its owner is told <see cref="Bootstrapped"/> once the first round is done.</remarks>
public sealed class Bootstrapper : ReceiveActor, IWithTimers
{
    private sealed record Tick;

    private readonly IKubeClient _client;
    private readonly Cidr _services;
    private readonly string _address;
    private readonly TimeSpan _period;
    private readonly IActorRef _owner;
    private readonly Queue<ApiCall> _calls = [];
    private readonly List<string> _problems = [];
    private bool _first = true;

    /// <param name="client">The API.</param>
    /// <param name="services">The range of ClusterIPs.</param>
    /// <param name="address">The control plane's address in the fabric.</param>
    /// <param name="dnsReplicas">Of the Deployment coredns.</param>
    /// <param name="period">How often the Service is looked after.</param>
    /// <param name="owner">Who hears that the first round is done.</param>
    public Bootstrapper(IKubeClient client, Cidr services, string address, int dnsReplicas, TimeSpan period, IActorRef owner)
    {
        (_client, _services, _address, _period, _owner) = (client, services, address, period, owner);
        foreach (var name in BootstrapObjects.Namespaces) Ensure(BootstrapObjects.Namespace(name));
        EnqueueKubernetes();
        // At start only: who deletes these later has a cluster without DNS until the next start.
        foreach (var item in BootstrapObjects.Dns(services, dnsReplicas)) Ensure(item);
        Receive<ApiReply>(OnReply);
        Receive<Tick>(_ =>
        {
            if (_calls.Count > 0) return;
            EnqueueKubernetes();
            SendNext();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(IKubeClient client, Cidr services, string address, int dnsReplicas, TimeSpan period, IActorRef owner) =>
        Props.Create(() => new Bootstrapper(client, services, address, dnsReplicas, period, owner));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", new Tick(), _period);
        SendNext();
    }

    private void EnqueueKubernetes()
    {
        Ensure(BootstrapObjects.Kubernetes(_services));
        Ensure(BootstrapObjects.KubernetesEndpoints(_address));
        Ensure(BootstrapObjects.KubernetesSlice(_address));
    }

    /// <summary>Reads first: creating a Service whose address it holds already would be refused for the address, not for the name.</summary>
    private void Ensure(IKubeObject item) => _calls.Enqueue(ApiCall.Get(KindCatalog.Of(item), item.Metadata.Namespace, item.Metadata.Name, tag: item));

    private void SendNext()
    {
        if (_calls.TryPeek(out var call)) _client.Send(call, Self);
    }

    private void OnReply(ApiReply reply)
    {
        if (reply is { NotFound: true, Call: { Verb: ApiVerb.Get, Tag: IKubeObject missing } })
        {
            _client.Send(ApiCall.Create(missing), Self); // Its place in the queue stays until this is answered.
            return;
        }
        _calls.Dequeue();
        if (!reply.Ok && !reply.AlreadyExists)
        {
            var problem = $"{reply.Call.Kind.Kind} {reply.Call.Name ?? reply.Call.Body?.Metadata.Name}: {reply.Failure?.Message}";
            _problems.Add(problem);
            Context.GetLogger().Warning("The cluster's own {0}", problem);
        }
        if (_calls.Count > 0)
        {
            SendNext();
            return;
        }
        if (!_first) return;
        _first = false;
        _owner.Tell(new Bootstrapped([.. _problems]));
    }
}

/// <summary>The cluster's own objects exist. Problems: those that could not be made, and why.</summary>
public sealed record Bootstrapped(IReadOnlyList<string> Problems);

using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.Nodes;

/// <summary>Renews one node's Lease. <see cref="NodeLeases"/> decides what it says.</summary>
public sealed class NodeLeaseKeeper : ReceiveActor, IWithTimers
{
    /// <summary>All that this actor accepts from others.</summary>
    public abstract record Command
    {
        private Command()
        {
        }

        /// <summary>The Node's UID is known from now on; the Lease gets it for an owner. No reply.</summary>
        public sealed record Own(string NodeUid) : Command;
    }

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);
    private readonly string _node;
    private readonly IKubeClient _client;
    private readonly KubeletTimings _timings;
    private readonly Determinism _determinism;
    private Lease? _known;
    private string _uid = "";
    private bool _read;

    public NodeLeaseKeeper(string node, IKubeClient client, KubeletTimings timings)
    {
        _node = node;
        _client = client;
        _timings = timings;
        _determinism = Determinism.For(Context.System);
        Receive<Command.Own>(message => { _uid = message.NodeUid; });
        Receive<Renew>(_ => { Write(); });
        Receive<ApiReply>(reply => { Answered(reply); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(string node, IKubeClient client, KubeletTimings timings) => Props.Create(() => new NodeLeaseKeeper(node, client, timings));

    protected override void PreStart()
    {
        base.PreStart();
        Write();
    }

    private void Write()
    {
        if (!_read)
        {
            _client.Send(ApiCall.Get(Kinds.Lease, NodeLeases.Namespace, _node), Self);
            return;
        }

        var next = NodeLeases.Next(_node, _uid, _known, _timings.LeaseDuration, _determinism.UtcNow);
        _client.Send(_known is null ? ApiCall.Create(next) : ApiCall.Update(next), Self);
    }

    private void Answered(ApiReply reply)
    {
        if (reply.Call.Verb == ApiVerb.Get && (reply.Ok || reply.NotFound))
        {
            _known = reply.Object as Lease;
            _read = true;
            Write();
            return;
        }

        _known = reply.Ok ? reply.Object as Lease : null;
        // After a failure of any kind: what is there is read anew.
        _read = reply.Ok;
        Timers.StartSingleTimer("renew", new Renew(), reply.Ok ? _timings.LeaseRenewal : RetryPause);
    }

    private sealed record Renew;
}

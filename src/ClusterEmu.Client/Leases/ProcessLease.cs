using ClusterEmu.Api;
using ClusterEmu.Hosting;

namespace ClusterEmu.Client;

/// <summary>Keeps the Lease that tells other processes where this one is. <see cref="LeaseRenewal"/> decides.</summary>
/// <remarks>It renews every 2 s, and tries again after 50 ms while the API server is away or the Lease changed under it.</remarks>
public sealed class ProcessLease : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly IKubeClient _client;
    private readonly Determinism _determinism;
    private readonly ProcessRegistration _process;
    private Lease? _known;

    public ProcessLease(IKubeClient client, ProcessRegistration process)
    {
        _client = client;
        _process = process;
        _determinism = Determinism.For(Context.System);
        Receive<Renew>(_ => { Write(); });
        Receive<Read>(_ => { ReadCurrent(); });
        Receive<ApiReply>(reply => { Answered(reply); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="client">The cluster to register with.</param>
    /// <param name="process">What to tell.</param>
    public static Props PropsFor(IKubeClient client, ProcessRegistration process) =>
        Props.Create(() => new ProcessLease(client, process));

    protected override void PreStart()
    {
        base.PreStart();
        ReadCurrent();
    }

    private void ReadCurrent() =>
        _client.Send(ApiCall.Get(Kinds.Lease, LeaseRenewal.Namespace, LeaseRenewal.LeaseName(_process.Name)), Self);

    private void Write()
    {
        var next = LeaseRenewal.Next(_process, _known, _determinism.UtcNow);
        _client.Send(_known is null ? ApiCall.Create(next) : ApiCall.Update(next), Self);
    }

    private void Answered(ApiReply reply)
    {
        if (reply.Ok && reply.Object is Lease lease)
        {
            _known = lease;
            if (reply.Call.Verb == ApiVerb.Get) Write();
            else Timers.StartSingleTimer("next", new Renew(), Period);
            return;
        }
        if (reply.NotFound && reply.Call.Verb == ApiVerb.Get)
        {
            _known = null;
            Write();
            return;
        }
        Timers.StartSingleTimer("next", new Read(), RetryDelay);
    }

    private sealed record Renew;

    private sealed record Read;
}

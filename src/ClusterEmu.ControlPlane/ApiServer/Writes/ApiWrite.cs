using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>One changing request on its way through the store's writer.</summary>
internal sealed class ApiWrite(ApiRequest request, WriteVerbs verbs, IActorRef retries, ILoggingAdapter log, IApiReply reply) : StoreWrite
{
    private const int MaxTries = 10;

    public ApiRequest Request => request;

    /// <summary>How often it was tried and refused for a reason that may pass.</summary>
    public int Tries { get; private set; }

    public override object Execute(StoreTransaction transaction) => verbs.Run(transaction, request);

    public override void Complete(object answer) => reply.Complete((ApiResponse)answer);

    public override void Fail(Exception reason)
    {
        if (reason is ComingSoonException soon)
        {
            if (++Tries < MaxTries)
            {
                retries.Tell(this, ActorRefs.NoSender);
                return;
            }
            reason = new ApiException(soon.Status);
        }
        if (ApiResponse.IsUnforeseen(reason)) log.Error(reason, "{0} {1} {2} failed", request.Verb, request.Kind.Kind, request.Name);
        reply.Complete(ApiResponse.Of(reason));
    }
}

/// <summary>Sends a write to the store again a little later. Told <see cref="ApiWrite"/>s.</summary>
internal sealed class WriteRetries : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);
    private readonly List<ApiWrite> _waiting = [];

    private sealed record Again;

    public WriteRetries(IActorRef writer)
    {
        Receive<ApiWrite>(write =>
        {
            _waiting.Add(write);
            if (_waiting.Count == 1) Timers.StartSingleTimer("again", new Again(), Delay);
        });
        Receive<Again>(_ =>
        {
            foreach (var write in _waiting) writer.Tell(write);
            _waiting.Clear();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(IActorRef writer) => Props.Create(() => new WriteRetries(writer));
}

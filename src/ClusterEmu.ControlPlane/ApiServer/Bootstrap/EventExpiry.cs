using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Deletes Events an hour after they were last seen, as a real API server does (--event-ttl).</summary>
public sealed class EventExpiry : ReceiveActor, IWithTimers
{
    /// <summary>How long an Event is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private sealed record Tick;

    /// <param name="client">The API.</param>
    public EventExpiry(IKubeClient client)
    {
        var determinism = Determinism.For(Context.System);
        Receive<Tick>(_ => { client.Send(ApiCall.List(Kinds.Event), Self); });
        Receive<ApiReply>(reply =>
        {
            if (reply.Call.Verb != ApiVerb.List || reply.Items is null) return; // Whether a delete worked, the next round sees.
            foreach (var item in reply.Items)
            {
                if (IsOver((Event)item, determinism.UtcNow))
                    client.Send(ApiCall.Delete(Kinds.Event, item.Metadata.Namespace, item.Metadata.Name), Self);
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(IKubeClient client) => Props.Create(() => new EventExpiry(client));

    /// <summary>True once an Event was not seen for <see cref="Lifetime"/>.</summary>
    internal static bool IsOver(Event seen, DateTimeOffset now)
    {
        var last = seen.Series?.LastObservedTime ?? seen.LastTimestamp ?? seen.EventTime ?? seen.Metadata.CreationTimestamp;
        if (last is null || last < seen.Metadata.CreationTimestamp) last = seen.Metadata.CreationTimestamp;
        return last is { } time && now - time > Lifetime;
    }

    protected override void PreStart() => Timers.StartPeriodicTimer("tick", new Tick(), Period);
}

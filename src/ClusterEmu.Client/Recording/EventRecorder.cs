using System.Globalization;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Hosting;

namespace ClusterEmu.Client;

/// <summary>Writes the Events of a process (see <see cref="RecordEvent"/>). <see cref="EventCorrelator"/> decides.</summary>
/// <remarks>A write that fails is tried again up to 12 times, 1 s apart, then dropped: as client-go does, more patiently.</remarks>
public sealed class EventRecorder : ReceiveActor, IWithTimers
{
    private const int MaxFailures = 12;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly EventCorrelator _correlator = new();
    private readonly IKubeClient _client;
    private readonly Determinism _determinism;
    private long _retries;

    public EventRecorder(IKubeClient client)
    {
        _client = client;
        _determinism = Determinism.For(Context.System);
        Receive<RecordEvent>(request =>
        {
            if (_correlator.Take(request, _determinism.UtcNow) is { Writing: false } entry) Write(entry);
        });
        Receive<ApiReply>(reply => { Written(reply); });
        Receive<Retry>(message => { Write(message.Entry); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(IKubeClient client) => Props.Create(() => new EventRecorder(client));

    private void Write(EventCorrelator.Entry entry)
    {
        var value = entry.Current;
        var attempt = new Attempt(entry, value.Count);
        entry.Writing = true;
        _client.Send(entry.Written == 0 ? ApiCall.Create(value, attempt) : CountPatch(value, attempt), Self);
    }

    private void Written(ApiReply reply)
    {
        if (reply.Call.Tag is not Attempt(var entry, var count)) return;
        entry.Writing = false;
        if (reply.Ok || reply.AlreadyExists)
        {
            entry.Failures = 0;
            // An Event that exists already was written by an attempt whose answer was lost.
            entry.Written = reply.Ok ? count : Math.Max(entry.Written, 1);
        }
        else if (reply.NotFound && entry.Written > 0)
        {
            entry.Written = 0; // It expired or was deleted: write it anew.
        }
        else if (reply.Code is 0 or 429 or >= 500 && ++entry.Failures < MaxFailures)
        {
            entry.Writing = true;
            Timers.StartSingleTimer(_retries++, new Retry(entry), RetryDelay);
            return;
        }
        else
        {
            entry.Failures = 0;
            entry.Written = entry.Written == 0 ? 0 : count;
            return; // Refused: the same text would be refused again.
        }
        if (entry.Count != entry.Written) Write(entry);
    }

    private static ApiCall CountPatch(Event value, Attempt attempt)
    {
        var last = value.LastTimestamp!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var patch = string.Create(CultureInfo.InvariantCulture, $"{{\"count\":{value.Count},\"lastTimestamp\":\"{last}\"}}");
        return ApiCall.MergePatch(Kinds.Event, value.Metadata.Namespace, value.Metadata.Name, Encoding.UTF8.GetBytes(patch), attempt);
    }

    private sealed record Attempt(EventCorrelator.Entry Entry, int Count);

    private sealed record Retry(EventCorrelator.Entry Entry);
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.Hosting;

namespace ClusterEmu.Client;

/// <summary>Writes the Events of a process (see <see cref="RecordEvent"/>). <see cref="EventCorrelator"/> decides.</summary>
/// <remarks>
/// One write at a time, so that in a burst Events give way to what they tell of; those that wait meanwhile are counted
/// together, and what is more than 4096 of them is dropped. A write that fails is tried again up to 12 times, 1 s apart,
/// then dropped. As client-go does (tools/record/event.go), more patiently.
/// </remarks>
public sealed class EventRecorder : ReceiveActor, IWithTimers, IHolder
{
    private const int MaxFailures = 12;
    private const int MaxWaiting = 4096;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly EventCorrelator _correlator = new();
    private readonly IKubeClient _client;
    private readonly Determinism _determinism;
    private readonly Queue<EventCorrelator.Entry> _waiting = new();
    private Attempt? _sent;
    private long _retries;

    public EventRecorder(IKubeClient client)
    {
        _client = client;
        _determinism = Determinism.For(Context.System);
        Receive<RecordEvent>(request =>
        {
            if (_correlator.Take(request, _determinism.UtcNow) is { Writing: false } entry) Write(entry);
        });
        Receive<ApiReply>(reply =>
        {
            if (_sent is null || !ReferenceEquals(reply.Call.Tag, _sent)) return; // Of a call that was sent before a restart.
            _sent = null;
            Written(reply);
            SendNext();
        });
        Receive<Retry>(message => { Write(message.Entry); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public void ListHoldings(List<Holding> holdings) => holdings.Add(new("events that wait to be written", _waiting.Count, MaxWaiting));

    public static Props PropsFor(IKubeClient client) => Props.Create(() => new EventRecorder(client));

    private void Write(EventCorrelator.Entry entry)
    {
        entry.Writing = _waiting.Count < MaxWaiting;
        if (!entry.Writing) return; // Told again, it has another chance.
        _waiting.Enqueue(entry);
        SendNext();
    }

    private void SendNext()
    {
        if (_sent is not null || !_waiting.TryDequeue(out var entry)) return;
        var value = entry.Current;
        _sent = new Attempt(entry, value.Count);
        _client.Send(entry.Written == 0 ? ApiCall.Create(value, _sent) : CountPatch(value, _sent), Self);
    }

    private void Written(ApiReply reply)
    {
        var (entry, count) = (Attempt)reply.Call.Tag!;
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
        // The text, too: that of a combined Event is its last part's.
        var message = JsonEncodedText.Encode(value.Message, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        var patch = string.Create(CultureInfo.InvariantCulture, $"{{\"count\":{value.Count},\"lastTimestamp\":\"{last}\",\"message\":\"{message}\"}}");
        return ApiCall.MergePatch(Kinds.Event, value.Metadata.Namespace, value.Metadata.Name, Encoding.UTF8.GetBytes(patch), attempt);
    }

    private sealed record Attempt(EventCorrelator.Entry Entry, int Count);

    private sealed record Retry(EventCorrelator.Entry Entry);
}

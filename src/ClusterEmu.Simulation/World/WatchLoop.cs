using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Lists a kind, watches it or those of it that a selector names, goes on from the last revision seen when the watch ends, lists again after 410, and now and then closes a watch itself.</summary>
internal sealed class WatchLoop : ReceiveActor, IWithTimers
{
    private const int LongestWatch = 8_000_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly SimulatedWorld _world;
    private readonly KindInfo _kind;
    private readonly string _namespace;
    private readonly string? _labels;
    private readonly string? _fields;
    private readonly RandomStream _random;
    private string _revision = "";
    private IWatch? _watch;
    private long _round;

    public WatchLoop(SimulatedWorld world, KindInfo kind, string ns, string name, string? labels = null, string? fields = null)
    {
        (_world, _kind, _namespace, _labels, _fields) = (world, kind, ns, labels, fields);
        _random = world.Stream($"writers/{name}");
        Receive<Again>(_ => { Begin(); });
        Receive<ApiReply>(reply => { Listed(reply); });
        Receive<WatchEvent>(message =>
        {
            if (!IsCurrent(message.Call)) return;
            _world.Writers.Events++;
            _revision = message.ResourceVersion;
        });
        Receive<WatchClosed>(message => { Closed(message); });
        Receive<CloseIt>(_ => { _watch?.Dispose(); });
        Receive<Writers.StopWriting>(_ => { Timers.Cancel("close"); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Begin();

    private void Begin()
    {
        if (_revision.Length == 0)
        {
            _world.Client.Send(ApiCall.List(_kind, _namespace), Self);
            return;
        }
        _watch = _world.Client.Watch(new WatchCall { Kind = _kind, Namespace = _namespace, ResourceVersion = _revision, LabelSelector = _labels, FieldSelector = _fields, Tag = ++_round }, Self);
        Timers.StartSingleTimer("close", new CloseIt(), TimeSpan.FromMicroseconds(1 + _random.Next(LongestWatch)));
    }

    private void Listed(ApiReply reply)
    {
        if (reply is { Ok: true, ResourceVersion: { } revision }) _revision = revision;
        Timers.StartSingleTimer("again", new Again(), Pause);
    }

    private void Closed(WatchClosed message)
    {
        if (!IsCurrent(message.Call)) return;
        if (message.Code is not 0) _revision = "";
        _watch = null;
        Timers.StartSingleTimer("again", new Again(), Pause);
    }

    private bool IsCurrent(WatchCall call) => call.Tag is long round && round == _round;

    private sealed record Again;

    private sealed record CloseIt;
}

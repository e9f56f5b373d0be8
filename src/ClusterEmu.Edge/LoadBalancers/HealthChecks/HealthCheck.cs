using System.Globalization;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;

namespace ClusterEmu.Edge;

/// <summary>Checks one target again and again. <see cref="HealthState"/> decides what that says of it.</summary>
/// <remarks>Tells its owner <see cref="HealthObserved"/> after the first check, and whenever what it says changed.</remarks>
public sealed class HealthCheck : ReceiveActor, IWithTimers
{
    private readonly HealthTarget _target;
    private readonly HealthCheckOptions _options;
    private readonly IHealthAsker _asker;
    private readonly IActorRef _owner;
    private readonly Determinism _determinism;
    private HealthState _state;
    private HealthStatus? _told;
    private long _number;
    private long _askedAt;
    private bool _waiting;

    public HealthCheck(HealthTarget target, HealthCheckOptions options, IHealthAsker asker, IActorRef owner)
    {
        (_target, _options, _asker, _owner) = (target, options, asker, owner);
        _determinism = Determinism.For(Context.System);
        Receive<HealthAnswered>(answer => { Take(answer); });
        Receive<FastRequest>(request => { Take(FastHealthAsker.Read(request)); });
        Receive<Overdue>(overdue =>
        {
            Take(new HealthAnswered(overdue.Number, 0, string.Create(CultureInfo.InvariantCulture, $"did not answer within {_options.Timeout.TotalSeconds:0.###} s")));
        });
        Receive<Due>(_ => { Ask(); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(HealthTarget target, HealthCheckOptions options, IHealthAsker asker, IActorRef owner) =>
        Props.Create(() => new HealthCheck(target, options, asker, owner));

    protected override void PreStart()
    {
        base.PreStart();
        Ask();
    }

    private void Ask()
    {
        (_askedAt, _waiting) = (_determinism.Microseconds, true);
        Timers.StartSingleTimer(nameof(Overdue), new Overdue(++_number), _options.Timeout);
        _asker.Send(_target, _number, _options.Timeout, Self);
    }

    private void Take(HealthAnswered answer)
    {
        if (!_waiting || answer.Number != _number) return; // It came too late.
        _waiting = false;
        Timers.Cancel(nameof(Overdue));
        _state = _state.After(answer.Code == 200, _options);
        var status = HealthStatus.Of(_state, answer, _options);
        if (status != _told) _owner.Tell(new HealthObserved(_target, _told = status));
        var passed = TimeSpan.FromMicroseconds(_determinism.Microseconds - _askedAt);
        var rest = _state.Pace(_options) - passed;
        Timers.StartSingleTimer(nameof(Due), Due.Instance, rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1));
    }

    private sealed record Overdue(long Number);

    private sealed record Due
    {
        public static readonly Due Instance = new();
    }
}

/// <summary>Told by a <see cref="HealthCheck"/> to its owner.</summary>
public sealed record HealthObserved(HealthTarget Target, HealthStatus Status);

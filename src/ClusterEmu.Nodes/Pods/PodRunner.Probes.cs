using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

// Probes: asked through the node's data path, as the node's own traffic.
public sealed partial class PodRunner
{
    private const int FirstProbePort = 32768;
    private readonly Dictionary<(string Container, ProbeKind Kind), ProbeTally> _tallies = [];
    private readonly Dictionary<(string Container, ProbeKind Kind), ProbeAsked> _asked = [];
    private int _probes;

    private void BeginProbes(ContainerRun run)
    {
        if (run.Spec.StartupProbe is not null) BeginProbe(run, ProbeKind.Startup);
        else BeginSteadyProbes(run);
    }

    private void BeginSteadyProbes(ContainerRun run)
    {
        if (run.Spec.ReadinessProbe is not null) BeginProbe(run, ProbeKind.Readiness);
        if (run.Spec.LivenessProbe is not null) BeginProbe(run, ProbeKind.Liveness);
    }

    private void BeginProbe(ContainerRun run, ProbeKind kind)
    {
        var probe = Probes.Of(run.Spec, kind)!;
        var due = new ProbeDue(run.Name, run.Attempt, kind);
        // A container counts as alive until shown otherwise, and as not ready.
        _tallies[(run.Name, kind)] = new ProbeTally(kind == ProbeKind.Liveness ? true : null, false, 0);
        var period = TimeSpan.FromSeconds(Math.Max(1, probe.PeriodSeconds == 0 ? 10 : probe.PeriodSeconds));
        var age = _determinism.UtcNow - run.StartedAt;
        var delay = TimeSpan.FromSeconds(probe.InitialDelaySeconds) - age;
        if (delay <= TimeSpan.Zero)
        {
            Self.Tell(due);
            delay = period;
        }

        Timers.StartPeriodicTimer(("probe", run.Name, kind), due, delay, period);
    }

    private void EndProbes(string container)
    {
        foreach (var kind in Enum.GetValues<ProbeKind>()) EndProbe(container, kind);
    }

    private void EndProbe(string container, ProbeKind kind)
    {
        Timers.Cancel(("probe", container, kind));
        Timers.Cancel(("late", container, kind));
        _tallies.Remove((container, kind));
        _asked.Remove((container, kind));
    }

    private void ProbeNow(ProbeDue due)
    {
        if (Find(due.Container) is not { Running: true } run || run.Attempt != due.Attempt || !_tallies.ContainsKey((due.Container, due.Kind))) return;
        // Once it is told to stop, only readiness is still asked.
        if (run.Phase == ContainerPhase.Stopping && due.Kind != ProbeKind.Readiness) return;
        if (_asked.ContainsKey((due.Container, due.Kind))) return;
        var probe = Probes.Of(run.Spec, due.Kind)!;
        switch (Probes.Plan(probe, run, run.Facts!.PodIP, _determinism.UtcNow))
        {
            case ProbeAction.Known known:
                Judged(due, known.Result);
                break;
            case ProbeAction.Connect connect:
                var source = new IpPort(_context.NodeIP, FirstProbePort + (_probes++ % 28000));
                var asked = new ProbeAsked(due, connect, source, _probes);
                _asked[(due.Container, due.Kind)] = asked;
                Timers.StartSingleTimer(("late", due.Container, due.Kind), new ProbeLate(asked), TimeSpan.FromSeconds(Math.Max(1, probe.TimeoutSeconds)));
                _context.Network.OpenFlow(new Flow(IpProtocol.Tcp, source, connect.Target), asked, Self);
                break;
        }
    }

    private void ProbeArrived(FlowVerdict verdict)
    {
        if (verdict.Tag is not ProbeAsked asked) return;
        _context.Network.CloseFlow(verdict.Original);
        if (!Current(asked)) return;
        var connect = asked.Action;
        switch (verdict.Action)
        {
            case FlowAction.Deliver when verdict.Listener is IWorkloadListener listener:
                Arrived(asked, Probes.Judge(connect, listener.Plan, listener.Facts, asked.Source, _determinism.UtcNow));
                break;
            case FlowAction.Reject:
                Arrived(asked, Probes.Refused(connect));
                break;
            case FlowAction.Unreachable:
                Arrived(asked, Probes.Unreachable(connect));
                break;
            default:
                // Dropped, or sent to another node, whose answer this fast way does not carry: the time-out decides.
                break;
        }
    }

    private void ProbeTimedOut(ProbeLate late)
    {
        if (Current(late.Asked)) Arrived(late.Asked, Probes.TimedOut(late.Asked.Action));
    }

    private bool Current(ProbeAsked asked) => _asked.TryGetValue((asked.Due.Container, asked.Due.Kind), out var known) && known.Number == asked.Number;

    private void Arrived(ProbeAsked asked, ProbeResult result)
    {
        _asked.Remove((asked.Due.Container, asked.Due.Kind));
        Timers.Cancel(("late", asked.Due.Container, asked.Due.Kind));
        Judged(asked.Due, result);
    }

    private void Judged(ProbeDue due, ProbeResult result)
    {
        if (Find(due.Container) is not { Running: true } run || run.Attempt != due.Attempt) return;
        var key = (due.Container, due.Kind);
        var before = _tallies[key];
        var tally = before.Add(result.Success, Probes.Of(run.Spec, due.Kind)!);
        _tallies[key] = tally;
        if (!result.Success) Emit(RecordEvent.Warning, "Unhealthy", $"{due.Kind} probe failed: {result.Output}", run.Name);
        if (tally.Verdict == before.Verdict || tally.Verdict is not { } verdict) return;
        switch (due.Kind)
        {
            case ProbeKind.Readiness:
                Replace(run with { Ready = verdict });
                Report();
                break;
            case ProbeKind.Startup when verdict:
                EndProbe(run.Name, ProbeKind.Startup);
                var started = run with { Started = true, Ready = run.Spec.ReadinessProbe is null };
                Replace(started);
                BeginSteadyProbes(started);
                Advance();
                Report();
                break;
            case ProbeKind.Liveness or ProbeKind.Startup when !verdict:
                Emit(RecordEvent.Normal, "Killing", $"Container {run.Name} failed {due.Kind.ToString().ToLowerInvariant()} probe, will be restarted", run.Name);
                EndProbes(run.Name);
                var own = Probes.Of(run.Spec, due.Kind)!.TerminationGracePeriodSeconds;
                Stop(run, TimeSpan.FromSeconds(own ?? _pod.Spec.TerminationGracePeriodSeconds ?? 30));
                break;
        }
    }

    private sealed record ProbeDue(string Container, int Attempt, ProbeKind Kind);

    private sealed record ProbeLate(ProbeAsked Asked);

    private sealed record ProbeAsked(ProbeDue Due, ProbeAction.Connect Action, IpPort Source, int Number);
}

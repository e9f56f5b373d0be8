using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

// postStart hooks: until one is done its container is not started, nothing probes it, and no other container of the Pod is begun.
public sealed partial class PodRunner
{
    private readonly HashSet<string> _hooks = new(StringComparer.Ordinal);

    private void AfterStart(ContainerRun run)
    {
        if (PostStartHooks.Of(run.Spec) is not { } hook)
        {
            BeginProbes(run);
            return;
        }

        _hooks.Add(run.Name);
        var due = new HookDue(run.Name, run.Attempt);
        var time = StopPlan.HookTime(hook);
        if (time <= TimeSpan.Zero) Self.Tell(due);
        else Timers.StartSingleTimer(("hook", run.Name), due, time < LongestWait ? time : LongestWait);
    }

    private void RunHook(HookDue due)
    {
        if (Hooked(due) is not { } run) return;
        switch (PostStartHooks.Plan(PostStartHooks.Of(run.Spec)!, run, run.Facts!.PodIP, _determinism.UtcNow))
        {
            case ProbeAction.Known known:
                HookDone(due, known.Result.Success);
                break;
            case ProbeAction.Connect connect:
                var source = new IpPort(_context.NodeIP, FirstProbePort + (_probes++ % 28000));
                Timers.StartSingleTimer(("hook", run.Name), new HookLate(due), PostStartHooks.Patience);
                _context.Network.OpenFlow(new Flow(IpProtocol.Tcp, source, connect.Target), due, Self);
                break;
        }
    }

    /// <summary>Any answer over HTTP will do: a kubelet does not look at the status.</summary>
    private void HookArrived(FlowVerdict verdict, HookDue due)
    {
        _context.Network.CloseFlow(verdict.Original);
        if (verdict.Action == FlowAction.Deliver) HookDone(due, true);
        else if (verdict.Action is FlowAction.Reject or FlowAction.Unreachable) HookDone(due, false);
    }

    private void HookDone(HookDue due, bool well)
    {
        if (Hooked(due) is not { } run) return;
        EndHook(run.Name);
        if (well)
        {
            var ready = run.AfterHook();
            Replace(ready);
            BeginProbes(ready);
        }
        else
        {
            Emit(RecordEvent.Warning, PostStartHooks.FailedReason, PostStartHooks.FailedMessage, run.Name);
            Emit(RecordEvent.Normal, "Killing", PostStartHooks.FailedReason, run.Name);
            Stop(run, TimeSpan.FromSeconds(_pod.Spec.TerminationGracePeriodSeconds ?? 30));
        }

        Advance();
        Report();
    }

    private void EndHook(string container)
    {
        _hooks.Remove(container);
        Timers.Cancel(("hook", container));
    }

    private ContainerRun? Hooked(HookDue due) =>
        _hooks.Contains(due.Container) && Find(due.Container) is { Phase: ContainerPhase.Running } run && run.Attempt == due.Attempt ? run : null;

    private sealed record HookDue(string Container, int Attempt);

    private sealed record HookLate(HookDue Due);
}

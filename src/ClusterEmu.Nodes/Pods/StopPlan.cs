using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>When and how a container that is told to stop will end.</summary>
/// <param name="After">Since it was told.</param>
/// <param name="ExitCode">137 if it must be killed.</param>
/// <param name="Kills">Whether it must be killed.</param>
public readonly record struct StopPlan(TimeSpan After, int ExitCode, bool Kills)
{
    /// <summary>The exit code of a killed process: 128 + 9.</summary>
    public const int KilledCode = 137;

    /// <summary>What a kubelet adds to a grace period that its preStop hook used up.</summary>
    public static readonly TimeSpan MinimumAfterHook = TimeSpan.FromSeconds(2);

    /// <param name="plan">What the program does on SIGTERM.</param>
    /// <param name="hook">Its preStop hook, run before the signal and within the grace period.</param>
    /// <param name="grace">0 kills at once.</param>
    public static StopPlan For(ContainerPlan plan, LifecycleHandler? hook, TimeSpan grace)
    {
        if (grace <= TimeSpan.Zero) return new StopPlan(TimeSpan.Zero, KilledCode, true);
        var before = HookTime(hook);
        if (before > grace) before = grace;
        var left = grace - before;
        if (left < MinimumAfterHook && before > TimeSpan.Zero) left = MinimumAfterHook;
        return plan.StopsWithin is { } time && time <= left
            ? new StopPlan(before + time, plan.StopCode, false)
            : new StopPlan(before + left, KilledCode, true);
    }

    /// <summary>How long a hook takes: the sleep in it. Other commands and requests take no time.</summary>
    public static TimeSpan HookTime(LifecycleHandler? hook)
    {
        if (hook?.Sleep is { } sleep) return TimeSpan.FromSeconds(Math.Max(0, sleep.Seconds));
        if (hook?.Exec is not { } exec) return TimeSpan.Zero;
        var line = exec.Command;
        if (line.Count > 1 && Programs.NameOf(line[0]) == "sleep") return Programs.SleepTime(line) ?? TimeSpan.Zero;
        if (line.Count < 3 || Programs.NameOf(line[0]) is not ("sh" or "bash" or "ash") || !line[1].EndsWith('c')) return TimeSpan.Zero;
        var total = TimeSpan.Zero;
        foreach (var (_, words) in ShellWords.Split(line[2]))
        {
            if (Programs.NameOf(words[0]) != "sleep" || Programs.SleepTime(words) is not { } time) continue;
            if (time > TimeSpan.FromDays(1)) return TimeSpan.FromDays(1);
            total += time;
        }

        return total;
    }
}

namespace ClusterEmu.Nodes;

/// <summary>When a container that ended is started again.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/kubelet/container/helpers.go (ShouldContainerBeRestarted) and kuberuntime_manager.go (doBackOff).</remarks>
public static class Restarts
{
    public static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    /// <summary>A container that ran for so long starts with a clean record: twice the longest back-off.</summary>
    public static readonly TimeSpan ForgivenAfter = TimeSpan.FromMinutes(10);

    /// <param name="policy">The Pod's restart policy: <c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</param>
    /// <param name="init">Whether it is an init container: those that ended well are done.</param>
    /// <param name="exitCode">How it ended.</param>
    public static bool AreWanted(string policy, bool init, int exitCode) => policy switch
    {
        "Never" => false,
        "OnFailure" => exitCode != 0,
        _ => !init || exitCode != 0,
    };

    /// <summary>The pause before the restart; zero for the first one.</summary>
    /// <param name="crashes">Ends counted so far, this one included; 1 or more.</param>
    /// <param name="first">The pause before the second restart; doubled for each further one.</param>
    public static TimeSpan BackOff(int crashes, TimeSpan first)
    {
        if (crashes <= 1) return TimeSpan.Zero;
        var doublings = Math.Min(crashes - 2, 16);
        var pause = first * (1L << doublings);
        return pause < LongestBackOff ? pause : LongestBackOff;
    }

    /// <summary>As the kubelet writes a pause: <c>10s</c>, <c>1m20s</c>, <c>5m0s</c>.</summary>
    public static string Words(TimeSpan pause)
    {
        if (pause < TimeSpan.FromSeconds(1)) return $"{(long)pause.TotalMilliseconds}ms";
        return pause < TimeSpan.FromMinutes(1) ? $"{(long)pause.TotalSeconds}s" : $"{(long)pause.TotalMinutes}m{pause.Seconds}s";
    }

    /// <summary>The message of a container that waits as <c>CrashLoopBackOff</c>.</summary>
    public static string Message(TimeSpan pause, string container, string pod, string ns, string uid) =>
        $"back-off {Words(pause)} restarting failed container={container} pod={pod}_{ns}({uid})";
}

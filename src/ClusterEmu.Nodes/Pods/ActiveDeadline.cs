using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>The time that a Pod may be active on its node (<c>activeDeadlineSeconds</c>). Pure.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/kubelet/active_deadline.go.</remarks>
public static class ActiveDeadline
{
    /// <summary>Reason of the Pod's failure and of the Event.</summary>
    public const string Reason = "DeadlineExceeded";
    public const string Message = "Pod was active on the node longer than the specified deadline";

    /// <summary>Time left; zero if it is over; null without a deadline.</summary>
    /// <param name="pod">The newest version: the deadline may be set or lowered while the Pod runs.</param>
    /// <param name="startTime">When the kubelet first saw the Pod.</param>
    /// <param name="now">The time.</param>
    public static TimeSpan? Left(Pod pod, DateTimeOffset startTime, DateTimeOffset now)
    {
        if (pod.Spec.ActiveDeadlineSeconds is not { } seconds) return null;
        // Longer than a TimeSpan holds is longer than anyone waits.
        if (seconds > int.MaxValue) seconds = int.MaxValue;
        var left = TimeSpan.FromSeconds(seconds) - (now - startTime);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}

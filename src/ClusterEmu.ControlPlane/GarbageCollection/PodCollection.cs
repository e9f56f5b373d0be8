using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Which Pods nobody will end any more. Pure. Source: pkg/controller/podgc/gc_controller.go.</summary>
public static class PodCollection
{
    /// <summary>Whether the Pod is bound to a node that does not exist, or is to end without having been bound.</summary>
    public static bool IsLost(Pod pod, Func<string, bool> nodeExists) => pod.Spec.NodeName.Length == 0
        ? PodFacts.IsTerminating(pod)
        : !nodeExists(pod.Spec.NodeName);

    /// <summary>Ends a Pod at once: marked as failed first, so that nobody takes it for running, then deleted.</summary>
    public static ControllerPlan End(Pod pod, DateTimeOffset now)
    {
        if (!PodFacts.IsTerminal(pod) && pod.Spec.NodeName.Length > 0)
        {
            var condition = new PodCondition
            {
                Type = "DisruptionTarget",
                Status = "True",
                Reason = "DeletionByPodGC",
                Message = "PodGC: node no longer exists",
            };
            var status = pod.Status with { Phase = "Failed", Conditions = PodFacts.WithCondition(pod, condition, now) };
            return ControllerPlan.Of(ApiCall.UpdateStatus(pod with { Status = status }));
        }
        return ControllerPlan.Of(ApiCall.Delete(Kinds.Pod, pod.Metadata.Namespace, pod.Metadata.Name, new DeleteOptions
        {
            GracePeriodSeconds = 0,
            Preconditions = new Preconditions { Uid = pod.Metadata.Uid },
        }));
    }

    /// <summary>Pods at their end beyond the threshold, oldest first.</summary>
    public static IEnumerable<Pod> Surplus(IEnumerable<Pod> pods, int threshold)
    {
        if (threshold <= 0) return [];
        List<Pod> ended = [.. pods.Where(pod => PodFacts.IsTerminal(pod) && !PodFacts.IsTerminating(pod))];
        return ended.OrderBy(pod => pod.Metadata.CreationTimestamp).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
            .Take(Math.Max(0, ended.Count - threshold));
    }
}

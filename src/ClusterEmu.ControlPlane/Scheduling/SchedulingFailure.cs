using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What is said of a Pod that fits nowhere. Pure. Source: pkg/scheduler/schedule_one.go, handleSchedulingFailure.</summary>
public static class SchedulingFailure
{
    public static ControllerPlan Plan(Pod pod, string problem, DateTimeOffset now)
    {
        var known = PodFacts.Condition(pod, "PodScheduled");
        var told = new PlannedEvent(pod, RecordEvent.Warning, "FailedScheduling", problem);
        if (known is { Status: "False", Reason: "Unschedulable" } && known.Message == problem) return new ControllerPlan { Events = [told] };
        var condition = new PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", Message = problem };
        var status = pod.Status with { Conditions = PodFacts.WithCondition(pod, condition, now) };
        return new ControllerPlan { Calls = [ApiCall.UpdateStatus(pod with { Status = status })], Events = [told] };
    }
}

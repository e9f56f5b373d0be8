using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Taints, what tolerates them, and which a node's state asks for. Pure. Source: pkg/controller/nodelifecycle, k8s.io/component-helpers.</summary>
public static class NodeTaints
{
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unreachable = "node.kubernetes.io/unreachable";
    public const string Unschedulable = "node.kubernetes.io/unschedulable";

    private static readonly (string Condition, string Status, string Key)[] ByCondition =
    [
        ("Ready", "False", NotReady),
        ("Ready", "Unknown", Unreachable),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
    ];

    public static string ReadyStatus(Node node) => node.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready")?.Status ?? "Unknown";

    /// <summary>The node's taints as its state asks for; those that people set stay as they are.</summary>
    /// <param name="node">The node.</param>
    /// <param name="evict">Whether a node that is not ready also loses its Pods.</param>
    /// <param name="now">When new taints are added.</param>
    public static IReadOnlyList<Taint> Wanted(Node node, bool evict, DateTimeOffset now)
    {
        var result = new List<Taint>();
        foreach (var taint in node.Spec.Taints)
        {
            var ours = taint.Key == Unschedulable || ByCondition.Any(rule => rule.Key == taint.Key);
            if (!ours || (taint.Effect == "NoExecute" && taint.Key is not (NotReady or Unreachable))) result.Add(taint);
        }
        void Add(string key, string effect) =>
            result.Add(node.Spec.Taints.FirstOrDefault(taint => taint.Key == key && taint.Effect == effect)
                ?? new Taint { Key = key, Effect = effect, TimeAdded = now });

        if (node.Spec.Unschedulable) Add(Unschedulable, "NoSchedule");
        foreach (var (condition, status, key) in ByCondition)
        {
            if (node.Status.Conditions.All(known => known.Type != condition || known.Status != status)) continue;
            Add(key, "NoSchedule");
            if (evict && condition == "Ready") Add(key, "NoExecute");
        }
        return result;
    }

    public static bool Tolerates(Toleration toleration, Taint taint) =>
        (toleration.Effect.Length == 0 || toleration.Effect == taint.Effect)
        && (toleration.Key.Length == 0 || toleration.Key == taint.Key)
        && toleration.Operator switch
        {
            "" or "Equal" => toleration.Value == taint.Value,
            "Exists" => true,
            _ => false,
        };

    /// <summary>When a Pod must leave a node; null for never.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="taints">The node's taints.</param>
    /// <param name="bound">No Pod that tolerates a taint for a while stays longer than this after it; null for no bound.</param>
    public static DateTimeOffset? EvictAt(Pod pod, IReadOnlyList<Taint> taints, TimeSpan? bound)
    {
        DateTimeOffset? earliest = null;
        foreach (var taint in taints.Where(taint => taint.Effect == "NoExecute"))
        {
            var since = taint.TimeAdded ?? DateTimeOffset.MinValue;
            var seconds = long.MaxValue;
            var tolerated = false;
            foreach (var toleration in pod.Spec.Tolerations.Where(toleration => Tolerates(toleration, taint)))
            {
                tolerated = true;
                seconds = Math.Min(seconds, toleration.TolerationSeconds ?? long.MaxValue);
            }
            if (tolerated && seconds == long.MaxValue) continue;
            var stay = tolerated ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue)) : TimeSpan.Zero;
            if (bound < stay) stay = bound.Value;
            var at = since > DateTimeOffset.MinValue ? since + stay : since;
            if (!(earliest <= at)) earliest = at;
        }
        return earliest;
    }
}

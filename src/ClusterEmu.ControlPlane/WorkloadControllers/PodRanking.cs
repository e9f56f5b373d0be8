using System.Globalization;
using System.Numerics;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Which Pods a ReplicaSet gives up first. Pure. Source: pkg/controller/controller_utils.go, ActivePodsWithRanks.</summary>
public static class PodRanking
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    /// <summary>The <paramref name="count"/> Pods to delete.</summary>
    /// <param name="pods">The ReplicaSet's active Pods.</param>
    /// <param name="related">Active Pods of the same Deployment: nodes that hold many of them lose one first.</param>
    /// <param name="count">How many; not more than there are.</param>
    /// <param name="now">Ages are compared by magnitude, so that the choice among old Pods is even.</param>
    public static IReadOnlyList<Pod> ToDelete(IReadOnlyList<Pod> pods, IReadOnlyList<Pod> related, int count, DateTimeOffset now)
    {
        if (count >= pods.Count) return pods;
        var perNode = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pod in related)
        {
            if (PodFacts.IsActive(pod)) perNode[pod.Spec.NodeName] = perNode.GetValueOrDefault(pod.Spec.NodeName) + 1;
        }
        var ranked = pods.Select(pod => new Rank(pod, perNode.GetValueOrDefault(pod.Spec.NodeName), now)).ToList();
        ranked.Sort(Compare);
        return [.. ranked.Take(count).Select(rank => rank.Pod)];
    }

    private static int Compare(Rank a, Rank b)
    {
        var order = a.Assigned.CompareTo(b.Assigned);
        if (order == 0) order = a.Phase.CompareTo(b.Phase);
        if (order == 0) order = a.Ready.CompareTo(b.Ready);
        if (order == 0) order = a.Cost.CompareTo(b.Cost);
        if (order == 0) order = b.OnNode.CompareTo(a.OnNode);
        if (order == 0 && a.Ready) order = a.ReadyAge.CompareTo(b.ReadyAge);
        if (order == 0) order = b.Restarts.CompareTo(a.Restarts);
        if (order == 0) order = a.Age.CompareTo(b.Age);
        return order != 0 ? order : string.CompareOrdinal(a.Pod.Metadata.Uid, b.Pod.Metadata.Uid);
    }

    private sealed class Rank(Pod pod, int onNode, DateTimeOffset now)
    {
        public Pod Pod { get; } = pod;
        public int OnNode { get; } = onNode;
        public bool Assigned { get; } = pod.Spec.NodeName.Length > 0;
        public int Phase { get; } = pod.Status.Phase switch { "Pending" => 0, "Running" => 2, _ => 1 };
        public bool Ready { get; } = PodFacts.IsReady(pod);
        public int Cost { get; } = int.TryParse(
            pod.Metadata.Annotations.GetValueOrDefault(DeletionCost), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;
        public int ReadyAge { get; } = Magnitude(PodFacts.Condition(pod, "Ready")?.LastTransitionTime, now);
        public int Restarts { get; } = pod.Status.ContainerStatuses.Select(status => status.RestartCount).DefaultIfEmpty(0).Max();
        public int Age { get; } = Magnitude(pod.Metadata.CreationTimestamp, now);

        /// <summary>The age's power of two, so that young Pods go first and old ones are alike.</summary>
        private static int Magnitude(DateTimeOffset? since, DateTimeOffset now)
        {
            if (since is not { } start || now <= start) return -1;
            return BitOperations.Log2((ulong)(now - start).Ticks);
        }
    }
}

using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>Decides whether a cluster is whole.</summary>
internal static class Wholeness
{
    /// <summary>What is missing in the world as it stands; null if nothing is.</summary>
    public static string? Missing(SimulatedWorld world, Expectations expect)
    {
        if (world.ControlPlane.Core is null) return "the API server is down";
        if (!world.ControlPlane.IsBootstrapped) return "the cluster's own objects do not all exist";
        if (world.Operator.Waiting > 0) return $"{world.Operator.Waiting} changes have not been carried out";
        return Missing(ClusterReads.All<Node>(world, Kinds.Node), world.Options.Nodes)
            ?? Missing(ClusterReads.All<Deployment>(world, Kinds.Deployment), expect)
            ?? Missing(ClusterReads.All<Pod>(world, Kinds.Pod), expect);
    }

    public static string? Missing(IReadOnlyList<Node> nodes, int wanted)
    {
        foreach (var node in nodes)
        {
            if (!node.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" })) return $"Node {node.Metadata.Name} is not ready";
        }
        return nodes.Count == wanted ? null : $"there are {nodes.Count} Nodes instead of {wanted}";
    }

    public static string? Missing(IReadOnlyList<Deployment> deployments, Expectations expect)
    {
        foreach (var deployment in deployments)
        {
            var (status, wanted, name) = (deployment.Status, deployment.Spec.Replicas ?? 1, $"{deployment.Metadata.Namespace}/{deployment.Metadata.Name}");
            if (expect.Unready.Contains($"deployment/{name}")) continue;
            if (status.ObservedGeneration < deployment.Metadata.Generation) return $"Deployment {name}: its newest generation was not looked at";
            if (status.UpdatedReplicas != wanted || status.Replicas != wanted || status.AvailableReplicas != wanted)
                return $"Deployment {name}: {status.UpdatedReplicas} updated, {status.AvailableReplicas} available, {status.Replicas} in all, but {wanted} wanted";
        }
        return null;
    }

    public static string? Missing(IReadOnlyList<Pod> pods, Expectations expect)
    {
        foreach (var pod in pods)
        {
            var name = $"{pod.Metadata.Namespace}/{pod.Metadata.Name}";
            if (pod.Metadata.DeletionTimestamp is not null) return $"Pod {name} has not come to its end";
            if (pod.Status.Phase is "Succeeded" or "Failed" || IsUnready(pod, expect)) continue;
            if (!pod.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" })) return $"Pod {name} is not ready";
        }
        return null;
    }

    /// <summary>Whether it, or the Deployment that its name begins with, is one that never becomes ready.</summary>
    private static bool IsUnready(Pod pod, Expectations expect) => expect.Unready.Any(target =>
        target == $"pod/{pod.Metadata.Namespace}/{pod.Metadata.Name}"
        || (target.StartsWith("deployment/", StringComparison.Ordinal) && $"deployment/{pod.Metadata.Namespace}/{pod.Metadata.Name}".StartsWith(target + "-", StringComparison.Ordinal)));
}

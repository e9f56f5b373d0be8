using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>How much of which quota resources an object uses. Pure. Source: pkg/quota/v1/evaluator/core and k8s.io/apiserver pkg/quota/v1/generic.</summary>
internal static class QuotaUsage
{
    private const string ClassSuffix = ".storageclass.storage.k8s.io/";
    private static readonly Quantity One = Quantity.FromUnits(1);
    private static readonly string[] CountedByName = ["replicationcontrollers", "secrets", "configmaps", "resourcequotas", "services", "persistentvolumeclaims", "pods"];
    private static readonly string[] Compute = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>What an object of this kind may use of: the resource is one that its use is added to.</summary>
    /// <param name="kind">A kind that lives in namespaces. Events are never counted.</param>
    /// <param name="resource">As a quota names it: <c>limits.cpu</c>, <c>count/deployments.apps</c>.</param>
    public static bool Tracks(KindInfo kind, string resource)
    {
        if (kind == Kinds.Event) return false;
        if (resource == CountOf(kind)) return true;
        if (kind.Group.Length > 0) return false;
        if (resource == kind.Plural) return CountedByName.Contains(resource);
        if (kind == Kinds.Service) return resource is "services.nodeports" or "services.loadbalancers";
        if (kind == Kinds.PersistentVolumeClaim) return resource == "requests.storage" || resource.Contains(ClassSuffix, StringComparison.Ordinal);
        return kind == Kinds.Pod && IsCompute(resource);
    }

    /// <summary>What an object uses, by resource; nothing that <see cref="Tracks"/> denies.</summary>
    public static Dictionary<string, Quantity> Of(KindInfo kind, IKubeObject value)
    {
        var used = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        if (kind == Kinds.Event) return used;
        used[CountOf(kind)] = One;
        switch (value)
        {
            case Pod pod:
                if (pod.Status.Phase is not ("Succeeded" or "Failed")) AddPod(used, pod.Spec);
                break;
            case Service service:
                AddService(used, service.Spec);
                break;
            case PersistentVolumeClaim claim:
                AddClaim(used, claim);
                break;
            default:
                if (kind.Group.Length == 0 && CountedByName.Contains(kind.Plural)) used[kind.Plural] = One;
                break;
        }
        return used;
    }

    /// <summary>Which of the resources that must be given where a quota limits them a container lacks.</summary>
    public static IEnumerable<string> Missing(Container container, IEnumerable<string> limited) => limited.Where(resource => resource switch
    {
        "cpu" or "requests.cpu" => !container.Resources.Requests.ContainsKey("cpu"),
        "memory" or "requests.memory" => !container.Resources.Requests.ContainsKey("memory"),
        "limits.cpu" => !container.Resources.Limits.ContainsKey("cpu"),
        "limits.memory" => !container.Resources.Limits.ContainsKey("memory"),
        _ => false,
    });

    private static string CountOf(KindInfo kind) => "count/" + kind.QualifiedPlural;

    private static bool IsCompute(string resource)
    {
        var plain = resource.StartsWith("requests.", StringComparison.Ordinal) ? resource["requests.".Length..] : resource;
        if (Compute.Contains(plain) || plain.StartsWith("hugepages-", StringComparison.Ordinal)) return true;
        if (plain != resource) return IsExtended(plain);
        return resource.StartsWith("limits.", StringComparison.Ordinal) && Compute.Contains(resource["limits.".Length..]);
    }

    /// <summary>Resources of others have a domain that is not Kubernetes' own.</summary>
    private static bool IsExtended(string resource) =>
        resource.Contains('/', StringComparison.Ordinal) && !resource.Contains("kubernetes.io/", StringComparison.Ordinal);

    private static void AddPod(Dictionary<string, Quantity> used, PodSpec spec)
    {
        used["pods"] = One;
        foreach (var (name, amount) in PodResources.Requests(spec, overhead: true))
        {
            if (Compute.Contains(name) || name.StartsWith("hugepages-", StringComparison.Ordinal)) used[name] = amount;
            else if (!IsExtended(name)) continue;
            used["requests." + name] = amount;
        }
        foreach (var (name, amount) in PodResources.Limits(spec, overhead: true))
            if (Compute.Contains(name)) used["limits." + name] = amount;
    }

    private static void AddService(Dictionary<string, Quantity> used, ServiceSpec spec)
    {
        used["services"] = One;
        if (spec.Type is not ("NodePort" or "LoadBalancer")) return;
        var ports = spec is { Type: "LoadBalancer", AllocateLoadBalancerNodePorts: false } ? spec.Ports.Count(port => port.NodePort != 0) : spec.Ports.Count;
        used["services.nodeports"] = Quantity.FromUnits(ports);
        if (spec.Type == "LoadBalancer") used["services.loadbalancers"] = One;
    }

    /// <summary>While a claim shrinks back after a failed growth, what was set aside for it counts.</summary>
    private static void AddClaim(Dictionary<string, Quantity> used, PersistentVolumeClaim claim)
    {
        var className = claim.Metadata.Annotations.GetValueOrDefault("volume.beta.kubernetes.io/storage-class", claim.Spec.StorageClassName ?? "");
        used["persistentvolumeclaims"] = One;
        if (className.Length > 0) used[className + ClassSuffix + "persistentvolumeclaims"] = One;
        if (!claim.Spec.Resources.Requests.TryGetValue("storage", out var storage)) return;
        if (claim.Status.AllocatedResources.TryGetValue("storage", out var allocated) && allocated > storage) storage = allocated;
        used["requests.storage"] = storage;
        if (className.Length > 0) used[className + ClassSuffix + "requests.storage"] = storage;
    }
}

using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What a Pod asks for altogether. Pure. Source: PodRequests and PodLimits in k8s.io/component-helpers resource/helpers.go.</summary>
internal static class PodResources
{
    /// <summary>The requests of all containers together, or of the largest init container with the sidecars before it, whichever is more.</summary>
    /// <param name="spec">The Pod's specification.</param>
    /// <param name="overhead">Whether what the runtime needs is added.</param>
    public static IReadOnlyDictionary<string, Quantity> Requests(PodSpec spec, bool overhead)
    {
        var total = Together(spec, resources => resources.Requests);
        if (overhead) Add(total, spec.Overhead);
        return total;
    }

    /// <summary>The same of the limits. The runtime's part is added only to what is limited at all.</summary>
    /// <inheritdoc cref="Requests"/>
    public static IReadOnlyDictionary<string, Quantity> Limits(PodSpec spec, bool overhead)
    {
        var total = Together(spec, resources => resources.Limits);
        if (overhead) Add(total, spec.Overhead.Where(entry => total.TryGetValue(entry.Key, out var limit) && !limit.IsZero));
        return total;
    }

    private static Dictionary<string, Quantity> Together(PodSpec spec, Func<ResourceRequirements, IReadOnlyDictionary<string, Quantity>> amounts)
    {
        var together = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var sidecars = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var starting = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var container in spec.Containers) Add(together, amounts(container.Resources));
        foreach (var container in spec.InitContainers)
        {
            var now = new Dictionary<string, Quantity>(sidecars, StringComparer.Ordinal);
            Add(now, amounts(container.Resources));
            Raise(starting, now);
            if (container.RestartPolicy != "Always") continue;
            Add(together, amounts(container.Resources));
            sidecars = now;
        }
        Raise(together, starting);
        return together;
    }

    private static void Add(Dictionary<string, Quantity> amounts, IEnumerable<KeyValuePair<string, Quantity>> more)
    {
        foreach (var (name, amount) in more.ToList()) amounts[name] = amounts.TryGetValue(name, out var known) ? known + amount : amount;
    }

    private static void Raise(Dictionary<string, Quantity> amounts, Dictionary<string, Quantity> least)
    {
        foreach (var (name, amount) in least)
            if (!amounts.TryGetValue(name, out var known) || known < amount) amounts[name] = amount;
    }
}

using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What a LimitRange makes of a Pod or claim, and what it refuses. Pure. Source: plugin/pkg/admission/limitranger/admission.go.</summary>
internal static class LimitRules
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    /// <summary>Gives the Pod's containers the requests and limits that they do not have, and notes in an annotation which.</summary>
    public static Pod WithDefaults(Pod pod, LimitRange range)
    {
        var limits = Together(range, item => item.Default);
        var requests = Together(range, item => item.DefaultRequest);
        if (limits.Count + requests.Count == 0) return pod;
        var notes = new List<string>();
        var spec = pod.Spec with
        {
            Containers = [.. pod.Spec.Containers.Select(container => Completed(container, "container", limits, requests, notes))],
            InitContainers = [.. pod.Spec.InitContainers.Select(container => Completed(container, "init container", limits, requests, notes))],
        };
        if (notes.Count == 0) return pod;
        var annotations = new Dictionary<string, string>(pod.Metadata.Annotations, StringComparer.Ordinal)
        {
            [Annotation] = "LimitRanger plugin set: " + string.Join("; ", notes),
        };
        return pod with { Metadata = pod.Metadata with { Annotations = annotations }, Spec = spec };
    }

    /// <summary>Everything about the Pod that is out of bounds, each once, in the order of the bounds.</summary>
    public static IReadOnlyList<string> Problems(Pod pod, LimitRange range)
    {
        var problems = new List<string>();
        foreach (var item in range.Spec.Limits)
        {
            if (item.Type == "Container")
            {
                foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers))
                    Check(problems, item, container.Resources.Requests, container.Resources.Limits);
            }
            else if (item.Type == "Pod") Check(problems, item, PodResources.Requests(pod.Spec, overhead: false), PodResources.Limits(pod.Spec, overhead: false));
        }
        return [.. problems.Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc cref="Problems(Pod, LimitRange)"/>
    public static IReadOnlyList<string> Problems(PersistentVolumeClaim claim, LimitRange range)
    {
        var problems = new List<string>();
        var requests = claim.Spec.Resources.Requests;
        foreach (var item in range.Spec.Limits.Where(item => item.Type == "PersistentVolumeClaim"))
        {
            foreach (var (name, least) in InOrder(item.Min)) CheckLeast(problems, item.Type, name, least, requests, EmptyMap.Quantities);
            foreach (var (name, most) in InOrder(item.Max))
            {
                if (!requests.TryGetValue(name, out var request)) problems.Add($"maximum {name} usage per {item.Type} is {most}.  No request is specified");
                else if (request > most) problems.Add($"maximum {name} usage per {item.Type} is {most}, but request is {request}");
            }
        }
        return [.. problems.Distinct(StringComparer.Ordinal)];
    }

    private static void Check(List<string> problems, LimitRangeItem item, IReadOnlyDictionary<string, Quantity> requests, IReadOnlyDictionary<string, Quantity> limits)
    {
        foreach (var (name, least) in InOrder(item.Min)) CheckLeast(problems, item.Type, name, least, requests, limits);
        foreach (var (name, most) in InOrder(item.Max))
        {
            if (!limits.TryGetValue(name, out var limit)) problems.Add($"maximum {name} usage per {item.Type} is {most}.  No limit is specified");
            else if (limit > most) problems.Add($"maximum {name} usage per {item.Type} is {most}, but limit is {limit}");
            else if (requests.TryGetValue(name, out var request) && request > most)
                problems.Add($"maximum {name} usage per {item.Type} is {most}, but request is {request}");
        }
        foreach (var (name, most) in InOrder(item.MaxLimitRequestRatio)) CheckRatio(problems, item.Type, name, most, requests, limits);
    }

    private static void CheckLeast(
        List<string> problems, string type, string name, Quantity least, IReadOnlyDictionary<string, Quantity> requests, IReadOnlyDictionary<string, Quantity> limits)
    {
        if (!requests.TryGetValue(name, out var request)) problems.Add($"minimum {name} usage per {type} is {least}.  No request is specified");
        else if (request < least) problems.Add($"minimum {name} usage per {type} is {least}, but request is {request}");
        else if (limits.TryGetValue(name, out var limit) && limit < least) problems.Add($"minimum {name} usage per {type} is {least}, but limit is {limit}");
    }

    private static void CheckRatio(
        List<string> problems, string type, string name, Quantity most, IReadOnlyDictionary<string, Quantity> requests, IReadOnlyDictionary<string, Quantity> limits)
    {
        var said = $"{name} max limit to request ratio per {type} is {most}, but";
        if (!requests.TryGetValue(name, out var request) || request.IsZero) problems.Add($"{said} no request is specified or request is 0");
        else if (!limits.TryGetValue(name, out var limit) || limit.IsZero) problems.Add($"{said} no limit is specified or limit is 0");
        else if ((double)limit.MilliValue / request.MilliValue is var ratio && ratio * 1000 > most.MilliValue)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{said} provided ratio is {ratio:F6}"));
    }

    private static Container Completed(
        Container container, string what, IReadOnlyDictionary<string, Quantity> limits, IReadOnlyDictionary<string, Quantity> requests, List<string> notes)
    {
        var resources = container.Resources;
        resources = resources with
        {
            Requests = With(resources.Requests, requests, $"request for {what} {container.Name}", notes),
            Limits = With(resources.Limits, limits, $"limit for {what} {container.Name}", notes),
        };
        return container with { Resources = resources };
    }

    private static IReadOnlyDictionary<string, Quantity> With(
        IReadOnlyDictionary<string, Quantity> amounts, IReadOnlyDictionary<string, Quantity> defaults, string what, List<string> notes)
    {
        var missing = defaults.Keys.Where(name => !amounts.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count == 0) return amounts;
        notes.Add($"{string.Join(", ", missing)} {what}");
        var all = new Dictionary<string, Quantity>(amounts, StringComparer.Ordinal);
        foreach (var name in missing) all[name] = defaults[name];
        return all;
    }

    private static Dictionary<string, Quantity> Together(LimitRange range, Func<LimitRangeItem, IReadOnlyDictionary<string, Quantity>> amounts)
    {
        var all = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var item in range.Spec.Limits.Where(item => item.Type == "Container"))
            foreach (var (name, amount) in amounts(item)) all[name] = amount;
        return all;
    }

    private static IOrderedEnumerable<KeyValuePair<string, Quantity>> InOrder(IReadOnlyDictionary<string, Quantity> amounts) =>
        amounts.OrderBy(entry => entry.Key, StringComparer.Ordinal);
}

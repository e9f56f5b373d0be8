using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>
/// Remembers what last changed behind each Service, for the annotation by which the delay up to the nodes is measured.
/// Source: k8s.io/endpointslice/util/trigger_time_tracker.go.
/// </summary>
public sealed class TriggerTimes
{
    public const string Annotation = "endpoints.kubernetes.io/last-change-trigger-time";

    private readonly Dictionary<ObjectKey, State> _states = [];

    /// <summary>The earliest change since the last call for this Service; null if nothing changed.</summary>
    public DateTimeOffset? Next(Service service, IEnumerable<Pod> pods)
    {
        var key = ObjectKey.Of(service);
        var last = _states.GetValueOrDefault(key) ?? new State(null, new(StringComparer.Ordinal));
        var times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        DateTimeOffset? earliest = null;
        foreach (var pod in pods)
        {
            if (PodFacts.Condition(pod, "Ready")?.LastTransitionTime is not { } at) continue;
            times[pod.Metadata.Name] = at;
            if (last.Pods.TryGetValue(pod.Metadata.Name, out var known) && at <= known) continue;
            if (!(earliest <= at)) earliest = at;
        }
        var made = service.Metadata.CreationTimestamp;
        if (made is not null && !(made <= last.Service) && !(earliest <= made)) earliest = made;
        _states[key] = new State(made, times);
        return earliest;
    }

    public void Forget(ObjectKey service) => _states.Remove(service);

    /// <summary>As the annotation writes it (RFC 3339, fraction only if there is one).</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private sealed record State(DateTimeOffset? Service, Dictionary<string, DateTimeOffset> Pods);
}

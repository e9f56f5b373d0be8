using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Finds the Services that select a Pod without looking at every Service. Belongs to one actor.</summary>
public sealed class ServiceSelectors
{
    // Each Service is filed under one pair of its selector; a Pod that it selects carries that pair.
    private readonly Dictionary<(string Namespace, string Label, string Value), List<Service>> _byPair = [];

    /// <summary>Takes in a change of a Service; null stands for none.</summary>
    public void Update(Service? before, Service? now)
    {
        if (before is not null && PairOf(before) is { } old && _byPair.TryGetValue(old, out var filed))
        {
            filed.RemoveAll(service => service.Metadata.Name == before.Metadata.Name);
            if (filed.Count == 0) _byPair.Remove(old);
        }
        if (now is null || PairOf(now) is not { } pair) return;
        if (!_byPair.TryGetValue(pair, out var services)) _byPair[pair] = services = [];
        services.Add(now);
    }

    /// <summary>The Services whose selector the labels satisfy.</summary>
    public IEnumerable<ObjectKey> Selecting(string ns, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (label, value) in labels)
        {
            if (!_byPair.TryGetValue((ns, label, value), out var services)) continue;
            foreach (var service in services)
            {
                if (service.Spec.Selector.All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value)) yield return ObjectKey.Of(service);
            }
        }
    }

    private static (string, string, string)? PairOf(Service service)
    {
        if (service.Spec.Selector.Count == 0) return null;
        var (label, value) = service.Spec.Selector.MinBy(pair => pair.Key, StringComparer.Ordinal);
        return (service.Metadata.Namespace, label, value);
    }
}

using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Label selectors of workloads. Pure. Source: k8s.io/apimachinery meta/v1 helpers.go.</summary>
public static class LabelSelectors
{
    /// <summary>Whether labels satisfy every requirement. A selector without any matches everything.</summary>
    public static bool Matches(LabelSelector selector, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (key, value) in selector.MatchLabels)
        {
            if (!labels.TryGetValue(key, out var found) || found != value) return false;
        }
        foreach (var requirement in selector.MatchExpressions)
        {
            if (!Matches(requirement, labels)) return false;
        }
        return true;
    }

    private static bool Matches(LabelSelectorRequirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(requirement.Key, out var value);
        return requirement.Operator switch
        {
            "In" => has && requirement.Values.Contains(value),
            "NotIn" => !has || !requirement.Values.Contains(value),
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}

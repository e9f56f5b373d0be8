namespace ClusterEmu.Api;

/// <summary>What the API server fills into a LimitRange. Source: SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go.</summary>
public static class LimitRangeDefaults
{
    public static LimitRange Apply(LimitRange range) => range with { Spec = range.Spec with { Limits = range.Spec.Limits.SelectChanged(Item) } };

    /// <summary>For containers, a limit that is left out is the maximum, and a request the limit, or else the minimum.</summary>
    private static LimitRangeItem Item(LimitRangeItem item)
    {
        item = item with
        {
            Max = ContainerDefaults.RoundedUp(item.Max),
            Min = ContainerDefaults.RoundedUp(item.Min),
            Default = ContainerDefaults.RoundedUp(item.Default),
            DefaultRequest = ContainerDefaults.RoundedUp(item.DefaultRequest),
            MaxLimitRequestRatio = ContainerDefaults.RoundedUp(item.MaxLimitRequestRatio),
        };
        if (item.Type != "Container") return item;
        var limits = With(item.Default, item.Max);
        return item with { Default = limits, DefaultRequest = With(With(item.DefaultRequest, limits), item.Min) };
    }

    private static IReadOnlyDictionary<string, Quantity> With(IReadOnlyDictionary<string, Quantity> amounts, IReadOnlyDictionary<string, Quantity> others)
    {
        if (others.Keys.All(amounts.ContainsKey)) return amounts;
        var all = new Dictionary<string, Quantity>(amounts, StringComparer.Ordinal);
        foreach (var (name, amount) in others) all.TryAdd(name, amount);
        return all;
    }
}

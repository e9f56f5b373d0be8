namespace ClusterEmu.Simulation;

/// <summary>A change of the cluster's objects, by way of the API, once or again and again. Plain data.</summary>
/// <param name="Action">One of <see cref="ChangeActions.All"/>.</param>
/// <param name="Target">The object, as <see cref="ScenarioTarget"/> reads it; empty where the action needs none.</param>
/// <param name="AtMicroseconds">When, since the cluster was ready.</param>
public sealed record PlannedChange(string Action, string Target, long AtMicroseconds)
{
    /// <summary>Time between two occurrences; 0: it happens once.</summary>
    public long EveryMicroseconds { get; init; }

    /// <summary>How often it happens, if <see cref="EveryMicroseconds"/> is above 0; 0: until the scenario's duration is over.</summary>
    public int Times { get; init; }

    /// <summary>What the action needs to know. A list's items take turns, one per occurrence.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; } = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Of <c>apply</c>.</summary>
    public IReadOnlyList<ScenarioObject> Objects { get; init; } = [];

    /// <summary>The moments at which it happens within a duration.</summary>
    public IEnumerable<long> Moments(long durationMicroseconds)
    {
        var times = EveryMicroseconds == 0 ? 1 : Times == 0 ? int.MaxValue : Times;
        var at = AtMicroseconds;
        for (var i = 0; i < times && at < durationMicroseconds; i++, at += EveryMicroseconds) yield return at;
    }

    /// <summary>The value for one occurrence; empty if there is none.</summary>
    public string Value(string key, int occurrence) => Values.TryGetValue(key, out var values) && values.Count > 0 ? values[occurrence % values.Count] : "";
}

using System.Globalization;

namespace ClusterEmu.Simulation;

/// <summary>A fault of a run, as plain data: a scenario file can hold it, and shrinking can take it away.</summary>
/// <param name="Kind">The <see cref="IFaultKind.Name"/>.</param>
/// <param name="StartMicroseconds">When it begins, since the cluster was ready.</param>
/// <param name="DurationMicroseconds">How long it lasts; the end of the run's faults ends it too.</param>
/// <param name="Parameters">What the kind's docstring lists.</param>
public sealed record PlannedFault(string Kind, long StartMicroseconds, long DurationMicroseconds, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Its own within a run: <c>loss-2</c>. Names its random stream, so it must not change when another fault is taken away.</summary>
    public string Name { get; init; } = Kind;

    public string Text(string key) => Parameters.TryGetValue(key, out var value) ? value : throw new ScenarioException($"Fault {Name}: the parameter {key} is missing. Add it.");

    public IReadOnlyList<string> Texts(string key) => Text(key).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public long Time(string key)
    {
        var text = Text(key);
        var behind = text.StartsWith('-');
        if (!VirtualTime.TryParse(behind ? text[1..] : text, out var time)) throw new ScenarioException($"Fault {Name}: {key} is '{text}', but must be a time with its unit, such as 50ms.");
        return behind ? -time : time;
    }

    public int Number(string key) => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ScenarioException($"Fault {Name}: {key} is '{Text(key)}', but must be a whole number.");

    public override string ToString() =>
        $"{Name} at {VirtualTime.Text(StartMicroseconds)} for {VirtualTime.Text(DurationMicroseconds)}"
        + string.Concat(Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $" {pair.Key}={pair.Value}"));
}

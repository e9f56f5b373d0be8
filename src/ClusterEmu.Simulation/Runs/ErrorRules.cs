namespace ClusterEmu.Simulation;

/// <summary>Which errors in the log a fault explains. Any other is a mistake of the product.</summary>
internal static class ErrorRules
{
    private static readonly (string Rule, string Text, string[] Faults)[] All =
    [
        ("the disk refuses", "The simulation's fault: the disk refused it.", ["storage"]),
    ];

    /// <summary>The rule by which an error is allowed; null: none.</summary>
    /// <param name="error">As the actor logged it.</param>
    /// <param name="faults">Of the run.</param>
    public static string? Explains(string error, IReadOnlyList<PlannedFault> faults) => All
        .Where(rule => error.Contains(rule.Text, StringComparison.Ordinal) && faults.Any(fault => rule.Faults.Contains(fault.Kind)))
        .Select(rule => rule.Rule)
        .FirstOrDefault();
}

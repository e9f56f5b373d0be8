namespace ClusterEmu.Api;

/// <summary>A field that somebody else owns and that an apply would change.</summary>
/// <param name="Manager">Who owns it.</param>
/// <param name="Path">The field.</param>
public sealed record ApplyConflict(FieldManager Manager, IReadOnlyList<PathElement> Path)
{
    /// <summary>The field as text: <c>.spec.replicas</c>.</summary>
    public string Field => string.Concat(Path);

    /// <summary>As the cause of a refusal says it.</summary>
    public string Message => $"conflict with {Manager}";

    /// <summary>The refusal's message for all conflicts. Source: apimachinery managedfields/internal/conflict.go.</summary>
    public static string Describe(IReadOnlyList<ApplyConflict> conflicts)
    {
        if (conflicts.Count == 1) return $"Apply failed with 1 conflict: {conflicts[0].Message}: {conflicts[0].Field}";
        var lines = conflicts.GroupBy(conflict => conflict.Manager.ToString(), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.Select(conflict => $"- {conflict.Field}").Prepend($"conflicts with {group.Key}:"));
        return $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', lines)}";
    }
}

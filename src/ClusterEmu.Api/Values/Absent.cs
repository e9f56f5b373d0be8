namespace ClusterEmu.Api;

/// <summary>
/// What JSON leaves out. Records keep an empty text, list or map as null, as if it had not been given: so two records that are written
/// alike are equal, whether they were built here or read.
/// </summary>
internal static class Absent
{
    public static string? IfEmpty(string? value) => value is { Length: 0 } ? null : value;

    public static IReadOnlyList<T>? IfEmpty<T>(IReadOnlyList<T>? value) => value is { Count: 0 } ? null : value;

    public static IReadOnlyDictionary<string, T>? IfEmpty<T>(IReadOnlyDictionary<string, T>? value) => value is { Count: 0 } ? null : value;
}

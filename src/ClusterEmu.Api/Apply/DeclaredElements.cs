using System.Collections.Concurrent;

namespace ClusterEmu.Api;

/// <summary>The steps to the fields that records declare, one of each for all who read sets of fields.</summary>
/// <remarks>Bounded by what is declared. Reading a set makes nothing new for them.</remarks>
internal static class DeclaredElements
{
    private static readonly ConcurrentDictionary<string, PathElement> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, PathElement>.AlternateLookup<ReadOnlySpan<char>> ByText =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The step to the field, also for those who read it later.</summary>
    public static PathElement Declare(string name)
    {
        var element = PathElement.Field(name);
        return Known.GetOrAdd(element.Encoded, element);
    }

    /// <summary>The step that FieldsV1 writes so, if it is one of those declared.</summary>
    public static PathElement? Find(ReadOnlySpan<char> encoded) => ByText.TryGetValue(encoded, out var element) ? element : null;
}

using System.Collections.Concurrent;

namespace ClusterEmu.Api;

/// <summary>The steps to the fields that records declare, one of each for all who read sets of fields, and those to items that are read often.</summary>
/// <remarks>Bounded: reading a set makes little that is new.</remarks>
internal static class DeclaredElements
{
    /// <summary>So many steps are kept in all. What comes after that is made anew each time it is read.</summary>
    private const int MostKept = 8192;

    private static readonly ConcurrentDictionary<string, PathElement> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, PathElement>.AlternateLookup<ReadOnlySpan<char>> ByText =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The step to the field, also for those who read it later.</summary>
    public static PathElement Declare(string name)
    {
        var element = PathElement.Field(name);
        return Known.GetOrAdd(element.Encoded, element);
    }

    /// <summary>Keeps the step to an item for those who read it later, while there is room.</summary>
    public static PathElement Keep(PathElement element) => Known.Count < MostKept ? Known.GetOrAdd(element.Encoded, element) : element;

    /// <summary>The step that FieldsV1 writes so, if it is one of those declared.</summary>
    public static PathElement? Find(ReadOnlySpan<char> encoded) => ByText.TryGetValue(encoded, out var element) ? element : null;
}

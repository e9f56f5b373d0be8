namespace ClusterEmu.Api;

internal static class ListDefaulting
{
    /// <summary>The list with each element replaced by what <paramref name="change"/> makes of it; the very list if nothing changed.</summary>
    internal static IReadOnlyList<T> SelectChanged<T>(this IReadOnlyList<T> list, Func<T, T> change) where T : class
    {
        T[]? changed = null;
        for (var i = 0; i < list.Count; i++)
        {
            var item = change(list[i]);
            if (ReferenceEquals(item, list[i])) continue;
            changed ??= [.. list];
            changed[i] = item;
        }
        return changed ?? list;
    }
}

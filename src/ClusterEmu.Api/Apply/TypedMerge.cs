using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Merges what somebody applies into an object.</summary>
/// <remarks>
/// Source: sigs.k8s.io/structured-merge-diff, typed/merge. Objects are merged member by member, sets and maps item by item; all else is
/// replaced. What both lists have comes in the order in which it is applied; what only the object has keeps its neighbours.
/// </remarks>
public static class TypedMerge
{
    /// <summary>The merged object as JSON.</summary>
    /// <param name="live">The object.</param>
    /// <param name="applied">What <see cref="TypedValidation"/> has passed.</param>
    /// <param name="type">Their type.</param>
    public static byte[] Merge(JsonElement live, JsonElement applied, FieldType type) => TypedText.Write(writer => Write(writer, live, applied, type));

    private static void Write(Utf8JsonWriter writer, JsonElement live, JsonElement applied, FieldType type)
    {
        if (applied.IsLeftOut() || live.IsLeftOut())
        {
            (applied.IsLeftOut() ? live : applied).WriteTo(writer);
            return;
        }
        switch (FieldForms.Of(type, applied))
        {
            case FieldForm.Map when !type.Map!.IsAtomic && !(live.IsEmptyMap() && applied.IsEmptyMap()):
                Members(writer, live, applied, type.Map);
                break;
            case FieldForm.List when type.List!.Form != ListForm.Atomic && !(live.IsEmptyList() && applied.IsEmptyList()):
                Items(writer, live, applied, type.List);
                break;
            default:
                applied.WriteTo(writer);
                break;
        }
    }

    private static void Members(Utf8JsonWriter writer, JsonElement live, JsonElement applied, MapType map)
    {
        writer.WriteStartObject();
        var wanted = applied.ValueKind == JsonValueKind.Object ? applied.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal) : [];
        if (live.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in live.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                wanted.Remove(member.Name, out var value);
                Write(writer, member.Value, value, map.Find(member.Name)?.Type ?? map.Entries ?? FieldType.Opaque);
            }
        }
        if (applied.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in applied.EnumerateObject())
            {
                if (!wanted.ContainsKey(member.Name)) continue;
                writer.WritePropertyName(member.Name);
                member.Value.WriteTo(writer);
            }
        }
        writer.WriteEndObject();
    }

    private static void Items(Utf8JsonWriter writer, JsonElement live, JsonElement applied, ListType list)
    {
        var (left, right) = (Index(live, list), Index(applied, list));
        var (mine, wanted) = (ByElement(left), ByElement(right));
        writer.WriteStartArray();
        var written = new HashSet<PathElement>();
        var at = 0;
        foreach (var (element, item) in left)
        {
            if (!wanted.ContainsKey(element)) item.WriteTo(writer); // Only the object has it; it comes where it came.
            else if (element.Equals(NextShared())) WriteUpTo(element);
        }
        while (at < right.Count) Next();
        writer.WriteEndArray();

        PathElement? NextShared()
        {
            for (var i = at; i < right.Count; i++)
                if (mine.ContainsKey(right[i].Element)) return right[i].Element;
            return null;
        }

        void WriteUpTo(PathElement element)
        {
            while (!written.Contains(element)) Next();
        }

        void Next()
        {
            var (element, item) = right[at++];
            if (written.Add(element)) Write(writer, mine.GetValueOrDefault(element), item, list.Items);
        }
    }

    private static List<(PathElement Element, JsonElement Item)> Index(JsonElement value, ListType list)
    {
        var items = new List<(PathElement Element, JsonElement Item)>();
        if (value.ValueKind != JsonValueKind.Array) return items;
        foreach (var item in value.EnumerateArray())
            if (ListItems.ElementOf(list, item, out _) is { } element) items.Add((element, item));
        return items;
    }

    /// <summary>An item that is there twice has no counterpart: who applies it replaces all of them.</summary>
    private static Dictionary<PathElement, JsonElement> ByElement(List<(PathElement Element, JsonElement Item)> items)
    {
        var found = new Dictionary<PathElement, JsonElement>();
        foreach (var (element, item) in items) found[element] = found.ContainsKey(element) ? default : item;
        return found;
    }
}

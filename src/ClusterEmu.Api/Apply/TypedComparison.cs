using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Compares two states of an object field by field.</summary>
/// <remarks>
/// Source: sigs.k8s.io/structured-merge-diff, typed/compare. The order of items of sets and maps counts for nothing. Items that are
/// in a list twice are compared as one field.
/// </remarks>
public static class TypedComparison
{
    private const int FewMembers = 16;

    public static FieldChanges Compare(JsonElement old, JsonElement value, FieldType type) => Walk(old, value, type).ToChanges();

    /// <summary>The changes at and below one field. Not both sides may be left out.</summary>
    internal static ChangesBelow Walk(JsonElement old, JsonElement value, FieldType type)
    {
        var changes = new ChangesBelow();
        var isLeaf = false;
        var (before, after) = (FieldForms.Of(type, old), FieldForms.Of(type, value));
        if (value.IsLeftOut()) isLeaf = Take(before, old, value, type, ref changes);
        else if (old.IsLeftOut() || before == after) isLeaf = Take(after, old, value, type, ref changes);
        else
        {
            // A scalar has become an object, or the like: what was there is gone, what is there is new.
            isLeaf = Take(before, old, value, type, ref changes) | Take(after, old, value, type, ref changes);
        }
        if (!isLeaf && old.IsLeftOut()) changes.Added = true;
        else if (!isLeaf && value.IsLeftOut()) changes.Removed = true;
        return changes;
    }

    /// <returns>Whether the field was compared as a whole.</returns>
    private static bool Take(FieldForm form, JsonElement old, JsonElement value, FieldType type, ref ChangesBelow changes)
    {
        switch (form)
        {
            case FieldForm.Map when !type.Map!.IsAtomic && !(old.IsEmptyMap() && value.IsEmptyMap()):
                Members(old, value, type.Map, ref changes);
                return false;
            case FieldForm.List when type.List!.Form != ListForm.Atomic && !(old.IsEmptyList() && value.IsEmptyList()):
                Items(old, value, type.List, ref changes);
                return false;
            default:
                Whole(old, value, ref changes);
                return true;
        }
    }

    private static void Whole(JsonElement old, JsonElement value, ref ChangesBelow changes)
    {
        if (old.IsLeftOut()) changes.Added = true;
        else if (value.IsLeftOut()) changes.Removed = true;
        else if (!JsonElement.DeepEquals(old, value)) changes.Modified = true;
    }

    private static void Members(JsonElement old, JsonElement value, MapType map, ref ChangesBelow changes)
    {
        var (before, after) = (new ObjectMembers(old), new ObjectMembers(value));
        if (old.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in old.EnumerateObject())
            {
                var other = after.Find(member);
                if (!SameText(member.Value, other)) Member(member, member.Value, other, map, ref changes);
            }
        }
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject())
            if (before.Find(member).IsLeftOut()) Member(member, default, member.Value, map, ref changes);
    }

    private static void Member(JsonProperty member, JsonElement old, JsonElement value, MapType map, ref ChangesBelow changes)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        var declared = name.Contains((byte)'\\') ? map.Find(member.Name) : map.Find(name);
        if ((declared?.Type ?? map.Entries) is not { } type) return; // Nobody can own what the schema does not know.
        changes.Put(declared?.Element ?? PathElement.Field(member.Name), Walk(old, value, type));
    }

    /// <summary>Whether both are written alike, and so are the same.</summary>
    private static bool SameText(JsonElement left, JsonElement right) =>
        !right.IsLeftOut() && JsonMarshal.GetRawUtf8Value(left).SequenceEqual(JsonMarshal.GetRawUtf8Value(right));

    private static void Items(JsonElement old, JsonElement value, ListType list, ref ChangesBelow changes)
    {
        if (Paired(old, value, list) is { } elements)
        {
            var at = 0;
            var after = value.EnumerateArray();
            foreach (var item in old.EnumerateArray())
            {
                after.MoveNext();
                var element = elements[at++];
                if (!SameText(item, after.Current)) changes.Put(element, Walk(item, after.Current, list.Items));
            }
            return;
        }
        var (before, now) = (Index(old, list), Index(value, list));
        foreach (var (element, items) in before)
            changes.Put(element, Item(items, now.GetValueOrDefault(element) ?? [], list));
        foreach (var (element, items) in now)
            if (!before.ContainsKey(element)) changes.Put(element, Item([], items, list));
    }

    /// <summary>The steps to the items, if both lists have the same ones in the same order, each once; else null. Most have few.</summary>
    private static PathElement[]? Paired(JsonElement old, JsonElement value, ListType list)
    {
        if (old.ValueKind != JsonValueKind.Array || value.ValueKind != JsonValueKind.Array) return null;
        var count = old.GetArrayLength();
        if (count > FewMembers || count != value.GetArrayLength()) return null;
        var elements = new PathElement[count];
        var at = 0;
        var after = value.EnumerateArray();
        foreach (var item in old.EnumerateArray())
        {
            after.MoveNext();
            if (ListItems.ElementOf(list, item, out _) is not { } element || !element.Equals(ListItems.ElementOf(list, after.Current, out _))) return null;
            if (elements.AsSpan(0, at).Contains(element)) return null;
            elements[at++] = element;
        }
        return elements;
    }

    private static ChangesBelow Item(List<JsonElement> old, List<JsonElement> value, ListType list)
    {
        if (old.Count <= 1 && value.Count <= 1) return Walk(old.FirstOrDefault(), value.FirstOrDefault(), list.Items);
        if (old.Count >= 2 && value.Count >= 2)
            return new ChangesBelow { Modified = old.Count != value.Count || !old.Zip(value).All(pair => JsonElement.DeepEquals(pair.First, pair.Second)) };
        if (old.Count >= 2)
        {
            var left = value.Count == 0 ? default : Walk(default, value[0], list.Items);
            left.Removed = true;
            return left;
        }
        var doubled = old.Count == 0 ? default : Walk(old[0], default, list.Items);
        doubled.Added = true;
        return doubled;
    }

    private static Dictionary<PathElement, List<JsonElement>> Index(JsonElement value, ListType list)
    {
        var index = new Dictionary<PathElement, List<JsonElement>>();
        if (value.ValueKind != JsonValueKind.Array) return index;
        foreach (var item in value.EnumerateArray())
        {
            if (ListItems.ElementOf(list, item, out _) is not { } element) continue;
            if (!index.TryGetValue(element, out var items)) index[element] = items = [];
            items.Add(item);
        }
        return index;
    }

    /// <summary>Finds members by name: first where the last one was found, since both sides mostly have the same in the same order.</summary>
    private struct ObjectMembers
    {
        private readonly JsonElement _value;
        private readonly Dictionary<string, JsonElement>? _byName;
        private JsonElement.ObjectEnumerator _next;

        public ObjectMembers(JsonElement value)
        {
            _value = value;
            if (value.ValueKind != JsonValueKind.Object) return;
            _next = value.EnumerateObject();
            if (value.GetPropertyCount() <= FewMembers) return;
            _byName = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var member in value.EnumerateObject()) _byName[member.Name] = member.Value;
        }

        public JsonElement Find(JsonProperty other)
        {
            if (_value.ValueKind != JsonValueKind.Object) return default;
            var name = JsonMarshal.GetRawUtf8PropertyName(other);
            var ahead = _next;
            if (ahead.MoveNext() && JsonMarshal.GetRawUtf8PropertyName(ahead.Current).SequenceEqual(name))
            {
                _next = ahead;
                return ahead.Current.Value;
            }
            if (_byName is not null) return _byName.GetValueOrDefault(other.Name);
            return _value.TryGetProperty(other.Name, out var found) ? found : default;
        }
    }
}

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
            foreach (var member in old.EnumerateObject()) Member(member.Name, member.Value, after.Find(member.Name), map, ref changes);
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject())
            if (before.Find(member.Name).IsLeftOut()) Member(member.Name, default, member.Value, map, ref changes);
    }

    private static void Member(string name, JsonElement old, JsonElement value, MapType map, ref ChangesBelow changes)
    {
        var declared = map.Find(name);
        if ((declared?.Type ?? map.Entries) is not { } type) return; // Nobody can own what the schema does not know.
        changes.Put(map.ElementOf(name, declared), Walk(old, value, type));
    }

    private static void Items(JsonElement old, JsonElement value, ListType list, ref ChangesBelow changes)
    {
        var (before, after) = (Index(old, list), Index(value, list));
        foreach (var (element, items) in before)
            changes.Put(element, Item(items, after.GetValueOrDefault(element) ?? [], list));
        foreach (var (element, items) in after)
            if (!before.ContainsKey(element)) changes.Put(element, Item([], items, list));
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

    /// <summary>Finds members by name: one after the other where they are few.</summary>
    private readonly struct ObjectMembers
    {
        private readonly JsonElement _value;
        private readonly Dictionary<string, JsonElement>? _byName;

        public ObjectMembers(JsonElement value)
        {
            _value = value;
            if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() <= FewMembers) return;
            _byName = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var member in value.EnumerateObject()) _byName[member.Name] = member.Value;
        }

        public JsonElement Find(string name)
        {
            if (_byName is not null) return _byName.GetValueOrDefault(name);
            return _value.ValueKind == JsonValueKind.Object && _value.TryGetProperty(name, out var found) ? found : default;
        }
    }
}

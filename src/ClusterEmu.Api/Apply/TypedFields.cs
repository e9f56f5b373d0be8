using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>The fields that a value has: what who applies it owns.</summary>
/// <remarks>Source: sigs.k8s.io/structured-merge-diff, typed/tofieldset. Declared fields of records count only by what is below them; entries of maps and items of lists also by themselves.</remarks>
public static class TypedFields
{
    public static FieldSet Of(JsonElement value, FieldType type) => Walk(value, type).Below;

    private static (bool Self, FieldSet Below) Walk(JsonElement value, FieldType type)
    {
        switch (FieldForms.Of(type, value))
        {
            case FieldForm.Map:
                var map = type.Map!;
                if (map.IsAtomic) return (true, FieldSet.Empty);
                return (false, value.ValueKind == JsonValueKind.Object ? Members(value, map) : FieldSet.Empty);
            case FieldForm.List:
                var list = type.List!;
                if (list.Form == ListForm.Atomic) return (true, FieldSet.Empty);
                return (false, value.ValueKind == JsonValueKind.Array ? Items(value, list) : FieldSet.Empty);
            default:
                return (true, FieldSet.Empty);
        }
    }

    private static FieldSet Members(JsonElement value, MapType map)
    {
        var nodes = new List<FieldSet.Node>();
        foreach (var member in value.EnumerateObject())
        {
            var declared = map.Find(member.Name);
            if ((declared?.Type ?? map.Entries) is not { } type) continue;
            var (self, below) = Walk(member.Value, type);
            self |= declared is null || member.Value.ValueKind == JsonValueKind.Null || (member.Value.ValueKind == JsonValueKind.Object && member.Value.IsEmptyMap());
            if (self || !below.IsEmpty) nodes.Add(new FieldSet.Node(map.ElementOf(member.Name, declared), self, below));
        }
        return FieldSet.OfNodes(nodes);
    }

    private static FieldSet Items(JsonElement value, ListType list)
    {
        // Items that are given twice, as an object written without server-side apply may have them, count once.
        var nodes = new Dictionary<PathElement, FieldSet.Node>();
        foreach (var item in value.EnumerateArray())
        {
            if (ListItems.ElementOf(list, item, out _) is not { } element) continue;
            var below = nodes.TryGetValue(element, out var other) ? other.Children : FieldSet.Empty;
            nodes[element] = new FieldSet.Node(element, true, Walk(item, list.Items).Below.Union(below));
        }
        return FieldSet.OfNodes([.. nodes.Values]);
    }
}

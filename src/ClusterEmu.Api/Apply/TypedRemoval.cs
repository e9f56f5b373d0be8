using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Takes fields out of a value, or all others.</summary>
/// <remarks>Source: sigs.k8s.io/structured-merge-diff, typed/remove. A list or object from which everything is taken becomes null.</remarks>
public static class TypedRemoval
{
    /// <summary>The value without these fields and what is below them.</summary>
    public static byte[] Remove(JsonElement value, FieldSet gone, FieldType type) =>
        TypedText.Write(writer => Write(writer, value, gone, type, extract: false));

    /// <summary>The value with these fields only, and with what is on the way to them.</summary>
    public static byte[] Extract(JsonElement value, FieldSet kept, FieldType type) =>
        TypedText.Write(writer => Write(writer, value, kept, type, extract: true));

    private static void Write(Utf8JsonWriter writer, JsonElement value, FieldSet fields, FieldType type, bool extract)
    {
        switch (FieldForms.Of(type, value))
        {
            case FieldForm.Map when value.ValueKind == JsonValueKind.Object:
                if (type.Map!.IsAtomic || value.IsEmptyMap()) Whole(writer, value, extract && type.Map.IsAtomic);
                else Members(writer, value, fields, type.Map, extract);
                break;
            case FieldForm.List when value.ValueKind == JsonValueKind.Array:
                if (type.List!.Form == ListForm.Atomic || value.IsEmptyList()) Whole(writer, value, extract && type.List.Form == ListForm.Atomic);
                else Items(writer, value, fields, type.List, extract);
                break;
            case FieldForm.Scalar:
                value.WriteTo(writer);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void Whole(Utf8JsonWriter writer, JsonElement value, bool kept)
    {
        if (kept) value.WriteTo(writer);
        else writer.WriteNullValue();
    }

    private static void Members(Utf8JsonWriter writer, JsonElement value, FieldSet fields, MapType map, bool extract)
    {
        var any = false;
        foreach (var member in value.EnumerateObject())
        {
            var declared = map.Find(member.Name);
            var (isMember, below) = fields.At(map.ElementOf(member.Name, declared));
            if (extract ? !isMember && below.IsEmpty : isMember) continue;
            if (!any) writer.WriteStartObject();
            any = true;
            writer.WritePropertyName(member.Name);
            Child(writer, member.Value, isMember, below, declared?.Type ?? map.Entries ?? FieldType.Opaque, extract);
        }
        if (any) writer.WriteEndObject();
        else writer.WriteNullValue();
    }

    private static void Items(Utf8JsonWriter writer, JsonElement value, FieldSet fields, ListType list, bool extract)
    {
        var any = false;
        foreach (var item in value.EnumerateArray())
        {
            var (isMember, below) = ListItems.ElementOf(list, item, out _) is { } element ? fields.At(element) : (false, FieldSet.Empty);
            if (extract ? !isMember && below.IsEmpty : isMember) continue;
            if (!any) writer.WriteStartArray();
            any = true;
            Child(writer, item, isMember, below, list.Items, extract);
        }
        if (any) writer.WriteEndArray();
        else writer.WriteNullValue();
    }

    private static void Child(Utf8JsonWriter writer, JsonElement value, bool isMember, FieldSet below, FieldType type, bool extract)
    {
        if (!below.IsEmpty) Write(writer, value, below, type, extract);
        else if (!extract || (isMember && IsWhole(value, type))) value.WriteTo(writer);
        else Write(writer, value, below, type, extract); // The item or object alone: nothing of what is in it.
    }

    private static bool IsWhole(JsonElement value, FieldType type) => FieldForms.Of(type, value) switch
    {
        FieldForm.Map => type.Map!.IsAtomic || value.IsEmptyMap(),
        FieldForm.List => type.List!.Form == ListForm.Atomic || value.IsEmptyList(),
        _ => true,
    };
}

using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>As what a value is taken: types may allow several forms.</summary>
internal enum FieldForm
{
    Map,
    Scalar,
    List,
}

internal static class FieldForms
{
    /// <summary>The form that the value has, where the type allows it; else the type's own.</summary>
    /// <param name="type">The type of the field.</param>
    /// <param name="value">Undefined stands for a field left out.</param>
    public static FieldForm Of(FieldType type, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when type.Map is not null: return FieldForm.Map;
            case JsonValueKind.Array when type.List is not null: return FieldForm.List;
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when type.Scalar is not null: return FieldForm.Scalar;
            default: return type.Map is not null ? FieldForm.Map : type.Scalar is not null ? FieldForm.Scalar : FieldForm.List;
        }
    }

    /// <summary>Nothing, null, or an object without members.</summary>
    public static bool IsEmptyMap(this JsonElement value) => value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() == 0;

    /// <summary>Nothing, null, or a list without items.</summary>
    public static bool IsEmptyList(this JsonElement value) => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0;

    public static bool IsLeftOut(this JsonElement value) => value.ValueKind == JsonValueKind.Undefined;
}

namespace ClusterEmu.Api;

internal enum ValueShape
{
    String,
    Int32,
    Int64,
    Boolean,
    Time,
    MicroTime,
    Quantity,
    IntOrString,

    /// <summary>Base64 text.</summary>
    Bytes,
    List,
    Map,
    Record,

    /// <summary>Any JSON at all.</summary>
    Any,
}

/// <summary>What a JSON value must look like.</summary>
/// <param name="Shape">Its kind.</param>
/// <param name="GoType">What Go calls its type: <c>int32</c>, <c>[]v1.ServicePort</c>.</param>
/// <param name="Item">Of a list or map: its values.</param>
/// <param name="RecordType">Of a record: the C# type.</param>
internal sealed record ValueSchema(ValueShape Shape, string GoType, ValueSchema? Item = null, Type? RecordType = null)
{
    /// <summary>Of a record. Looked up on demand, because records may contain each other.</summary>
    public RecordSchema Record => RecordSchema.Of(RecordType!);

    public static ValueSchema Of(Type type, string? goType, bool microTime)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return new(ValueShape.String, goType ?? "string");
        if (type == typeof(int)) return new(ValueShape.Int32, goType ?? "int32");
        if (type == typeof(long)) return new(ValueShape.Int64, goType ?? "int64");
        if (type == typeof(bool)) return new(ValueShape.Boolean, goType ?? "bool");
        if (type == typeof(DateTimeOffset)) return microTime ? new(ValueShape.MicroTime, "v1.MicroTime") : new(ValueShape.Time, "v1.Time");
        if (type == typeof(Quantity)) return new(ValueShape.Quantity, "resource.Quantity");
        if (type == typeof(IntOrString)) return new(ValueShape.IntOrString, "intstr.IntOrString");
        if (type == typeof(byte[])) return new(ValueShape.Bytes, "[]uint8");
        if (type == typeof(ManagedFields)) return new(ValueShape.List, "[]v1.ManagedFieldsEntry", Of(typeof(ManagedFieldsEntry), null, false));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var item = Of(type.GenericTypeArguments[0], goType, false);
            return new(ValueShape.List, "[]" + item.GoType, item);
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            var item = Of(type.GenericTypeArguments[1], null, false);
            return new(ValueShape.Map, item.Shape == ValueShape.Quantity ? "v1.ResourceList" : "map[string]" + item.GoType, item);
        }
        return type.Namespace == typeof(ValueSchema).Namespace && type.IsClass
            ? new(ValueShape.Record, RecordSchema.QualifiedGoNameOf(type), RecordType: type)
            : new(ValueShape.Any, "interface {}");
    }
}

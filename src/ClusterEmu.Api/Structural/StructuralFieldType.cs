namespace ClusterEmu.Api;

/// <summary>How the fields of a custom kind are owned and merged, as its schema tells it. For server-side apply.</summary>
/// <remarks>Source: k8s.io/apiextensions-apiserver pkg/controller/openapi/builder and apimachinery managedfields/typeconverter.go.</remarks>
internal sealed class StructuralFieldType : FieldType
{
    private static readonly FieldType AnyScalar = new StructuralFieldType(ScalarForm.Any);
    private static readonly FieldType Number = new StructuralFieldType(ScalarForm.Number);
    private static readonly FieldType Text = new StructuralFieldType(ScalarForm.Text);
    private static readonly FieldType Truth = new StructuralFieldType(ScalarForm.Truth);

    private StructuralFieldType(ScalarForm? scalar = null, ListType? list = null, MapType? map = null) => (Scalar, List, Map) = (scalar, list, map);

    public override ScalarForm? Scalar { get; }
    public override ListType? List { get; }
    public override MapType? Map { get; }

    /// <param name="schema">The schema.</param>
    /// <param name="isResource">Whether it is an object of its own, with metadata.</param>
    public static FieldType Of(StructuralSchema schema, bool isResource = false)
    {
        var rules = schema.Rules;
        if (rules.XIntOrString) return AnyScalar;
        switch (rules.Type)
        {
            case "string": return Text;
            case "integer" or "number": return Number;
            case "boolean": return Truth;
            case "array": return new StructuralFieldType(list: new ListType(FormOf(rules), () => schema.Items is { } items ? Of(items) : Deduced, KeysOf(schema)));
            case "object": break;
            default: return Deduced;
        }
        var isAtomic = rules.XMapType == "atomic";
        isResource |= rules.XEmbeddedResource;
        if (schema.Properties.Count == 0 && !isResource)
        {
            if (schema.AdditionalProperties is { } values) return new StructuralFieldType(map: new EntriesType(Of(values), isAtomic));
            return isAtomic ? Opaque : Deduced;
        }
        return new StructuralFieldType(map: new Members(schema, isResource, isAtomic));
    }

    private static ListForm FormOf(JSONSchemaProps rules) => rules.XListType switch
    {
        "map" => ListForm.Map,
        "set" => ListForm.Set,
        _ => ListForm.Atomic,
    };

    private static (string Name, FieldScalar? Default)[]? KeysOf(StructuralSchema schema) => schema.Rules.XListType != "map" ? null
        : [.. schema.Rules.XListMapKeys.Select(key => (key, schema.Items?.Of(key)?.Rules.Default is { } usual && FieldScalar.TryRead(usual, out var scalar) ? scalar : (FieldScalar?)null))];

    private sealed class Members : MapType
    {
        private readonly Dictionary<string, MapField> _fields;

        public Members(StructuralSchema schema, bool isResource, bool isAtomic)
        {
            IsAtomic = isAtomic;
            Entries = schema.PreservesUnknown ? Deduced : null;
            _fields = schema.Properties.ToDictionary(pair => pair.Key, pair => new MapField(PathElement.Field(pair.Key), () => Of(pair.Value)), StringComparer.Ordinal);
            if (!isResource) return;
            _fields["apiVersion"] = new MapField(PathElement.Field("apiVersion"), static () => Text);
            _fields["kind"] = new MapField(PathElement.Field("kind"), static () => Text);
            _fields["metadata"] = new MapField(PathElement.Field("metadata"), static () => RecordFieldType.Of(typeof(ObjectMeta)));
        }

        public override bool IsAtomic { get; }
        public override FieldType? Entries { get; }

        public override MapField? Find(string name) => _fields.GetValueOrDefault(name);
    }
}

using System.Collections.Concurrent;
using System.Text;

namespace ClusterEmu.Api;

/// <summary>The types of records, as their properties and attributes tell them.</summary>
public sealed class RecordFieldType : FieldType
{
    private static readonly ConcurrentDictionary<(Type Record, bool Atomic), RecordFieldType> Known = new();
    private static readonly FieldType AnyScalar = new ScalarType(ScalarForm.Any);
    private static readonly FieldType Number = new ScalarType(ScalarForm.Number);
    private static readonly FieldType Text = new ScalarType(ScalarForm.Text);
    private static readonly FieldType Truth = new ScalarType(ScalarForm.Truth);

    private RecordFieldType(RecordSchema schema, bool isAtomic) => Map = new Members(schema, isAtomic);

    public override MapType? Map { get; }

    /// <summary>The type of a record of this project.</summary>
    public static FieldType Of(Type record) => Of(record, false);

    private static RecordFieldType Of(Type record, bool isAtomic) =>
        Known.GetOrAdd((record, isAtomic), static key => new RecordFieldType(RecordSchema.Of(key.Record), key.Atomic || RecordSchema.Of(key.Record).IsAtomic));

    private static FieldType Of(FieldSchema field) => field.Value.Shape switch
    {
        ValueShape.List => new HolderType(list: new ListType(FormOf(field), () => Of(field.Value.Item!, false), KeysOf(field))),
        _ => Of(field.Value, field.IsAtomic),
    };

    private static FieldType Of(ValueSchema value, bool isAtomic) => value.Shape switch
    {
        ValueShape.String or ValueShape.Bytes => Text,
        ValueShape.Int32 or ValueShape.Int64 => Number,
        ValueShape.Boolean => Truth,
        ValueShape.List => new HolderType(list: new ListType(ListForm.Atomic, () => Of(value.Item!, false))),
        ValueShape.Map => new HolderType(map: new EntriesType(Of(value.Item!, false), isAtomic)),
        ValueShape.Record => Of(value.RecordType!, isAtomic),
        ValueShape.Any => Opaque,
        _ => AnyScalar, // Times, quantities and numbers that may be names.
    };

    private static ListForm FormOf(FieldSchema field) =>
        field.MapKeys is not null ? ListForm.Map : field.IsSet ? ListForm.Set : ListForm.Atomic;

    private static (string Name, FieldScalar? Default)[]? KeysOf(FieldSchema field)
    {
        if (field.MapKeys is not { } keys) return null;
        var item = field.Value.Item!.Record;
        return [.. keys.Select(key => (key, item.Find(key)?.KeyDefault is { } text ? FieldScalar.Of(text) : (FieldScalar?)null))];
    }

    private sealed class ScalarType(ScalarForm form) : FieldType
    {
        public override ScalarForm? Scalar => form;
    }

    private sealed class HolderType(ListType? list = null, MapType? map = null) : FieldType
    {
        public override ListType? List => list;
        public override MapType? Map => map;
    }

    private sealed class Members : MapType
    {
        private const int LongestName = 64;

        private readonly Dictionary<string, MapField> _fields;

        public Members(RecordSchema schema, bool isAtomic)
        {
            IsAtomic = isAtomic;
            _fields = schema.Fields.ToDictionary(
                field => field.JsonName, field => new MapField(DeclaredElements.Declare(field.JsonName), () => Of(field)), StringComparer.Ordinal);
        }

        public override bool IsAtomic { get; }
        public override FieldType? Entries => null;

        public override MapField? Find(string name) => _fields.GetValueOrDefault(name);

        internal override MapField? Find(ReadOnlySpan<byte> name)
        {
            if (name.Length > LongestName) return null; // No record has such a field.
            Span<char> text = stackalloc char[LongestName];
            return _fields.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..Encoding.UTF8.GetChars(name, text)], out var field) ? field : null;
        }
    }
}

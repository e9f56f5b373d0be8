using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>The fields of a record as JSON knows them. Made once per type, at first use, from the record and its attributes.</summary>
internal sealed class RecordSchema
{
    private static readonly ConcurrentDictionary<Type, RecordSchema> Known = new();

    private readonly Dictionary<string, FieldSchema> _byName;

    private RecordSchema(Type type)
    {
        Type = type;
        GoName = GoNameOf(type);
        IsAtomic = type.IsDefined(typeof(AtomicFieldAttribute), inherit: false);
        Doc = type.GetCustomAttribute<DocAttribute>()?.Text;
        Fields = ApiJson.Options.GetTypeInfo(type).Properties
            .Select((property, index) => FieldSchema.Of(property.Name, (PropertyInfo)property.AttributeProvider!, index))
            .ToArray();
        _byName = Fields.ToDictionary(field => field.JsonName, StringComparer.Ordinal);
    }

    public Type Type { get; }

    /// <summary>Kubernetes' name of the type.</summary>
    public string GoName { get; }
    public bool IsAtomic { get; }
    public string? Doc { get; }
    public IReadOnlyList<FieldSchema> Fields { get; }

    public static RecordSchema Of(Type type) => Known.GetOrAdd(type, static type => new RecordSchema(type));

    public FieldSchema? Find(string jsonName) => _byName.GetValueOrDefault(jsonName);

    public FieldSchema? Find(ReadOnlySpan<char> jsonName) =>
        _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(jsonName, out var field) ? field : null;

    public static string GoNameOf(Type type) => type.GetCustomAttribute<GoNameAttribute>()?.Name ?? type.Name;

    /// <summary>The name with its Go package: <c>v1.Service</c>.</summary>
    public static string QualifiedGoNameOf(Type type) => $"{type.GetCustomAttribute<GoNameAttribute>()?.Package ?? "v1"}.{GoNameOf(type)}";
}

/// <summary>One field of a record.</summary>
internal sealed record FieldSchema
{
    public required string JsonName { get; init; }
    public required int Index { get; init; }
    public required ValueSchema Value { get; init; }

    /// <summary>Written even when empty.</summary>
    public required bool AlwaysWritten { get; init; }

    /// <summary>Set on fields that <see cref="AlwaysWrittenAttribute.Optional"/> or <see cref="MustBeGivenAttribute"/> speak of: whether schemas call them required.</summary>
    public required bool? Required { get; init; }

    /// <summary>Set on lists that strategic merge patches merge.</summary>
    public required PatchMergeAttribute? PatchMerge { get; init; }
    public required bool PatchRetainKeys { get; init; }
    public required bool PatchReplaces { get; init; }
    public required IReadOnlyList<string>? MapKeys { get; init; }
    public required bool IsSet { get; init; }
    public required bool IsAtomic { get; init; }
    public required string? Doc { get; init; }

    /// <summary>Of a key of lists: what stands for it where it is left out.</summary>
    public required string? KeyDefault { get; init; }

    public static FieldSchema Of(string jsonName, PropertyInfo property, int index) => new()
    {
        JsonName = jsonName,
        Index = index,
        Value = ValueSchema.Of(
            property.PropertyType,
            property.GetCustomAttribute<GoTypeAttribute>()?.Name,
            property.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType == typeof(MicroTimeConverter)),
        AlwaysWritten = property.IsDefined(typeof(AlwaysWrittenAttribute)),
        Required = property.IsDefined(typeof(MustBeGivenAttribute)) ? true
            : property.GetCustomAttribute<AlwaysWrittenAttribute>() is { Optional: true } ? false : null,
        PatchMerge = property.GetCustomAttribute<PatchMergeAttribute>(),
        PatchRetainKeys = property.IsDefined(typeof(PatchRetainKeysAttribute)),
        PatchReplaces = property.IsDefined(typeof(PatchReplaceAttribute)),
        MapKeys = property.GetCustomAttribute<MapListAttribute>()?.Keys,
        IsSet = property.IsDefined(typeof(SetListAttribute)),
        IsAtomic = property.IsDefined(typeof(AtomicFieldAttribute)),
        Doc = property.GetCustomAttribute<DocAttribute>()?.Text,
        KeyDefault = property.GetCustomAttribute<KeyDefaultAttribute>()?.Value,
    };
}

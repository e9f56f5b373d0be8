using System.Text.Json.Serialization.Metadata;

namespace ClusterEmu.Api;

/// <summary>A kind with its record type. The members inherited from <see cref="KindInfo"/> accept objects of this type only.</summary>
public sealed class KindInfo<T> : KindInfo where T : class, IKubeObject
{
    private JsonTypeInfo<T>? _json;

    public KindRules<T> Rules { get; init; } = KindRules<T>.None;
    public SelectableFields<T> Fields { get; init; } = SelectableFields<T>.MetadataOnly;
    public override Type ClrType => typeof(T);
    public override FieldType FieldType => field ??= RecordFieldType.Of(typeof(T));

    private JsonTypeInfo<T> Json => _json ??= ApiJson.TypeInfo<T>();

    public override IKubeObject Decode(ReadOnlySpan<byte> json) => ApiJson.Decode(json, Json);

    public override byte[] Encode(IKubeObject value) => ApiJson.Encode(Typed(value), Json);

    public override IKubeObject WithDefaults(IKubeObject value) => Rules.WithDefaults(Typed(value));

    public override IReadOnlyList<FieldError> ValidateCreate(IKubeObject value) => Rules.ValidateCreate(Typed(value));

    public override IReadOnlyList<FieldError> ValidateUpdate(IKubeObject value, IKubeObject old) => Rules.ValidateUpdate(Typed(value), Typed(old));

    public override IKubeObject PrepareForCreate(IKubeObject value) => Rules.PrepareForCreate(Typed(value));

    public override IKubeObject PrepareForUpdate(IKubeObject value, IKubeObject old, bool status) =>
        Rules.PrepareForUpdate(Typed(value), Typed(old), status);

    public override IReadOnlyList<string> FieldLabels => Fields.Labels;

    public override string FieldLabelFor(string label) => Fields.LabelFor(label);

    public override string FieldValue(IKubeObject value, string label) => Fields.Value(Typed(value), label);

    private T Typed(IKubeObject value) => value as T
        ?? throw new ArgumentException($"{ApiVersion} {Kind} was expected, but the object is a {value.ApiVersion} {value.Kind}. Ask KindCatalog.Of(object) for its kind.");
}

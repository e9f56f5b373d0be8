using System.Diagnostics.CodeAnalysis;

namespace ClusterEmu.Api;

/// <summary>The form in which objects of one custom resource are stored: the same for all versions of it, whatever becomes of its definition.</summary>
/// <remarks>
/// It knows no schema, so stored objects can be read without their definition: a journal may hold them before it. Two of them are equal if they are of
/// the same resource.
/// </remarks>
public sealed class CustomStorage : KindInfo, IEquatable<CustomStorage>
{
    private CustomStorage()
    {
    }

    public override Type ClrType => typeof(CustomObject);
    public override FieldType FieldType => FieldType.Deduced;

    /// <summary>Of a resource named as in <see cref="KindInfo.QualifiedPlural"/>, whose group has at least one dot: <c>crontabs.stable.example.com</c>.</summary>
    /// <returns>False if no definition can have that name.</returns>
    public static bool TryOf(string resource, [NotNullWhen(true)] out CustomStorage? storage)
    {
        var dot = resource.IndexOf('.', StringComparison.Ordinal);
        storage = dot > 0 && resource.IndexOf('.', dot + 1) > dot + 1 ? Of(resource[(dot + 1)..], resource[..dot]) : null;
        return storage is not null;
    }

    public static CustomStorage Of(string group, string plural) =>
        new() { Group = group, Version = "", Kind = plural, Plural = plural, Singular = plural, Namespaced = true, HasPath = false, Verbs = [] };

    /// <summary>An object of any version as it is stored.</summary>
    public override IKubeObject ToStorage(IKubeObject value) => ((CustomObject)value).Type is CustomKind served ? served.ToStorage(value) : value;

    public override IKubeObject Decode(ReadOnlySpan<byte> json) => CustomJson.Decode(this, json);

    public override byte[] Encode(IKubeObject value) => CustomJson.Encode((CustomObject)value);

    public override IKubeObject WithDefaults(IKubeObject value) => value;

    public override IReadOnlyList<FieldError> ValidateCreate(IKubeObject value) => [];

    public override IReadOnlyList<FieldError> ValidateUpdate(IKubeObject value, IKubeObject old) => [];

    public override IKubeObject PrepareForCreate(IKubeObject value) => value;

    public override IKubeObject PrepareForUpdate(IKubeObject value, IKubeObject old, bool status) => value;

    public override IReadOnlyList<string> FieldLabels => [];

    public override string FieldLabelFor(string label) => throw new SelectorException($"field label not supported: {label}");

    public override string FieldValue(IKubeObject value, string label) => "";

    public bool Equals(CustomStorage? other) => other is not null && other.QualifiedPlural == QualifiedPlural;

    public override bool Equals(object? obj) => Equals(obj as CustomStorage);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(QualifiedPlural);
}

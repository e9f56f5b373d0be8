using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>One served version of a kind that a CustomResourceDefinition made. Objects of all versions are stored as <see cref="CustomStorage"/>.</summary>
/// <remarks>
/// It stands for one state of the definition: another state makes other instances, which read what these have written. Between versions nothing but
/// apiVersion changes (conversion strategy None).
/// </remarks>
public sealed class CustomKind : KindInfo
{
    private static readonly string[] AllVerbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
    private static readonly string[] LastVerbs = ["delete", "deletecollection", "get", "list", "watch"];
    private readonly ConditionalWeakTable<CustomObject, CustomObject> _shown = [];
    private readonly Lazy<StructuralSchema> _schema;
    private readonly Lazy<CustomFields> _fields;
    private readonly Lazy<FieldType> _fieldType;

    private CustomKind(CustomResourceDefinition definition, CustomResourceDefinitionVersion version)
    {
        (Definition, Declared) = (definition, version);
        Storage = CustomStorage.Of(definition.Spec.Group, definition.Spec.Names.Plural);
        _schema = new Lazy<StructuralSchema>(() => version.Schema?.OpenAPIV3Schema is { } schema ? StructuralSchema.Of(schema) : StructuralSchema.Anything);
        _fieldType = new Lazy<FieldType>(() => StructuralFieldType.Of(Schema, isResource: true));
        _fields = new Lazy<CustomFields>(() => new CustomFields(version.SelectableFields, definition.Spec.Scope == "Namespaced"));
    }

    public CustomResourceDefinition Definition { get; }

    /// <summary>This version, as the definition declares it.</summary>
    public CustomResourceDefinitionVersion Declared { get; }

    public StructuralSchema Schema => _schema.Value;

    /// <summary>True once the definition is being deleted: nothing new is taken then.</summary>
    public bool IsTerminating => Definition.Metadata.DeletionTimestamp is not null;
    public override KindInfo Storage { get; }
    public override string ListKind => Definition.Status.AcceptedNames.ListKind is { Length: > 0 } name ? name : Kind + "List";
    public override Type ClrType => typeof(CustomObject);
    public override IReadOnlyList<string> ListedVerbs => IsTerminating ? LastVerbs : Verbs;

    /// <summary>Set if objects have the scale subresource.</summary>
    public CustomScale? Scale => Declared.Subresources?.Scale is { } paths ? new CustomScale(paths) : null;

    /// <summary>The versions that the API serves of a definition, the preferred one first; none before it is established.</summary>
    public static IReadOnlyList<CustomKind> ServedBy(CustomResourceDefinition definition)
    {
        if (!DefinitionConditions.IsTrue(definition, DefinitionConditions.Established)) return [];
        var names = definition.Status.AcceptedNames;
        return [.. definition.Spec.Versions.Where(version => version.Served).OrderBy(version => version.Name, VersionPriority.Comparer).Select(version => new CustomKind(definition, version)
        {
            Group = definition.Spec.Group,
            Version = version.Name,
            Kind = names.Kind,
            Plural = names.Plural,
            Singular = names.Singular,
            Namespaced = definition.Spec.Scope == "Namespaced",
            ShortNames = names.ShortNames,
            Categories = names.Categories,
            Subresources = [.. SubresourcesOf(version)],
            Verbs = AllVerbs,
            Scaling = version.Subresources?.Scale is { } paths ? new CustomScale(paths).Scaling : null,
            Warning = version.Deprecated ? version.DeprecationWarning ?? $"{definition.Spec.Group}/{version.Name} {names.Kind} is deprecated" : null,
        })];
    }

    /// <summary>Whether this is the same version of the same resource, maybe by another state of the definition.</summary>
    public bool IsSuccessorOf(CustomKind other) => (Group, Version, Plural, Kind, Namespaced) == (other.Group, other.Version, other.Plural, other.Kind, other.Namespaced);

    public override IKubeObject Decode(ReadOnlySpan<byte> json) => CustomJson.Decode(this, json);

    public override byte[] Encode(IKubeObject value) => CustomJson.Encode((CustomObject)value);

    /// <summary>The object in this version, without what its schema does not know and with its defaults.</summary>
    public override IKubeObject Show(IKubeObject stored)
    {
        if (stored is not CustomObject value || value.Type == this) return stored;
        return _shown.GetValue(value, known => Settled(known with { ApiVersion = ApiVersion, Kind = Kind }));
    }

    public override IKubeObject ToStorage(IKubeObject value) => (CustomObject)value with { Type = Storage, ApiVersion = $"{Group}/{StorageVersion}" };

    public override bool ShowsAsStored => false;

    public override IReadOnlyList<string> CheckFields(ReadOnlySpan<byte> json) => CustomFieldCheck.Run(Schema, json);

    public override IKubeObject Taken(IKubeObject value) => WithDefaults(value);

    public override FieldType FieldType => _fieldType.Value;

    public override FieldSet ResetFields(string subresource) => subresource == "status"
        ? FieldSet.OfFields([.. Schema.Properties.Keys.Where(name => name is not ("apiVersion" or "kind" or "metadata" or "status"))])
        : base.ResetFields(subresource);

    public override IKubeObject WithDefaults(IKubeObject value) => Settled((CustomObject)value);

    public override IReadOnlyList<FieldError> ValidateCreate(IKubeObject value) => CustomValidation.Create(this, (CustomObject)value);

    public override IReadOnlyList<FieldError> ValidateUpdate(IKubeObject value, IKubeObject old) => CustomValidation.Update(this, (CustomObject)value, (CustomObject)old);

    public override IKubeObject PrepareForCreate(IKubeObject value) => CustomStrategy.PrepareForCreate(this, (CustomObject)value);

    public override IKubeObject PrepareForUpdate(IKubeObject value, IKubeObject old, bool status) =>
        CustomStrategy.PrepareForUpdate(this, (CustomObject)value, (CustomObject)old, status);

    public override IReadOnlyList<string> FieldLabels => _fields.Value.Labels;

    public override string FieldLabelFor(string label) => _fields.Value.LabelFor(label);

    public override string FieldValue(IKubeObject value, string label) => _fields.Value.Value((CustomObject)value, label);

    private string StorageVersion => Definition.Spec.Versions.FirstOrDefault(version => version.Storage)?.Name ?? Version;

    private CustomObject Settled(CustomObject value)
    {
        var content = (JsonObject)JsonTree.Of(value.Content)!;
        SchemaPruning.Prune(content, Schema);
        SchemaDefaulting.Fill(content, Schema);
        SchemaDefaulting.DropNulls(content, Schema);
        foreach (var own in (string[])["apiVersion", "kind", "metadata"]) content.Remove(own); // Nothing fills these in.
        return value with { Type = this, Content = CustomJson.ContentOf(JsonTree.ToElement(content)) };
    }

    private static IEnumerable<string> SubresourcesOf(CustomResourceDefinitionVersion version)
    {
        if (version.Subresources?.Status is not null) yield return "status";
        if (version.Subresources?.Scale is not null) yield return "scale";
    }
}

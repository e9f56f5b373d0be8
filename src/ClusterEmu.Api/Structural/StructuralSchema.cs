using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClusterEmu.Api;

/// <summary>A schema of a CustomResourceDefinition, made ready for use: a tree that pruning, defaulting, validation and merging walk. Immutable.</summary>
/// <remarks>
/// Its structure is <see cref="Properties"/>, <see cref="Items"/> and <see cref="AdditionalProperties"/>; what stands in <see cref="AllOf"/> and its
/// like only restricts values. Source: KEP-1979 and k8s.io/apiextensions-apiserver pkg/apiserver/schema.
/// </remarks>
public sealed class StructuralSchema
{
    private StructuralSchema(JSONSchemaProps rules, IReadOnlyList<CelRule> validations)
    {
        Rules = rules;
        Pattern = rules.Pattern.Length > 0 && GoRegex.TryParse(rules.Pattern, out var pattern, out _) ? pattern : null;
        Properties = rules.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => Of(pair.Value), StringComparer.Ordinal);
        Items = rules.Items?.Schema is { } items ? Of(items) : null;
        AdditionalProperties = rules.AdditionalProperties?.Schema is { } values ? Of(values) : null;
        AllOf = [.. rules.AllOf.Select(Of)];
        AnyOf = [.. rules.AnyOf.Select(Of)];
        OneOf = [.. rules.OneOf.Select(Of)];
        Not = rules.Not is { } not ? Of(not) : null;
        Validations = validations;
        HasDefaults = rules.Default is not null || Children.Any(child => child.HasDefaults);
        HasValidations = validations.Count > 0 || Children.Any(child => child.HasValidations);
    }

    /// <summary>A schema that keeps everything and refuses nothing.</summary>
    public static StructuralSchema Anything { get; } = Of(new JSONSchemaProps { Type = "object", XPreserveUnknownFields = true });

    /// <summary>The schema as its author wrote it.</summary>
    public JSONSchemaProps Rules { get; }

    /// <summary>The fields that an object may have, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, StructuralSchema> Properties { get; }

    /// <summary>What the items of an array look like; null if the schema does not say.</summary>
    public StructuralSchema? Items { get; }

    /// <summary>What the values of a map look like; null if it is no map, or if they may be anything (<see cref="AllowsAdditional"/>).</summary>
    public StructuralSchema? AdditionalProperties { get; }

    /// <summary>Whether fields may be there that <see cref="Properties"/> does not name.</summary>
    public bool AllowsAdditional => Rules.AdditionalProperties is { Allows: true };
    public IReadOnlyList<StructuralSchema> AllOf { get; }
    public IReadOnlyList<StructuralSchema> AnyOf { get; }
    public IReadOnlyList<StructuralSchema> OneOf { get; }
    public StructuralSchema? Not { get; }
    public bool PreservesUnknown => Rules.XPreserveUnknownFields == true;

    /// <summary>The rules in CEL, without those that cannot be read: the definition's validation refuses such.</summary>
    public IReadOnlyList<CelRule> Validations { get; }

    /// <summary>Whether this schema or one below it fills anything in.</summary>
    public bool HasDefaults { get; }

    /// <summary>Whether this schema or one below it has rules in CEL.</summary>
    public bool HasValidations { get; }

    internal Regex? Pattern { get; }

    private IEnumerable<StructuralSchema> Children
    {
        get
        {
            foreach (var property in Properties.Values) yield return property;
            if (Items is not null) yield return Items;
            if (AdditionalProperties is not null) yield return AdditionalProperties;
        }
    }

    public static StructuralSchema Of(JSONSchemaProps rules) => new(rules, CelRule.All(rules));

    /// <summary>The schema of a field or of a map's value; null if this schema knows none.</summary>
    public StructuralSchema? Of(string field) => Properties.GetValueOrDefault(field) ?? AdditionalProperties;

    /// <summary>Whether a value is a null that this schema does not allow.</summary>
    internal bool IsForbiddenNull(JsonElement value) => value.ValueKind == JsonValueKind.Null && !Rules.Nullable;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("A schema: what a JSON value must look like.")]
public sealed record JSONSchemaProps
{
    [Doc("Not supported.")]
    public string Id { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The dialect of the schema. Not used.")]
    [JsonPropertyName("$schema"), GoType("v1.JSONSchemaURL")]
    public string Schema { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Not supported: write the schema out.")]
    [JsonPropertyName("$ref")]
    public string? Ref { get; init; }

    [Doc("What the field is for, as 'kubectl explain' shows it.")]
    public string Description { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("object, array, string, integer, number or boolean.")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A form that a value of the type must have: date-time, date, duration, byte, uuid, ipv4, ipv6, cidr, email, uri, int32, int64, … Unknown ones are not checked.")]
    public string Format { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A short heading.")]
    public string Title { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The value of a field that is left out.")]
    public JsonElement? Default { get; init; }

    [Doc("The largest number allowed.")]
    public double? Maximum { get; init; }

    [Doc("The maximum itself is not allowed.")]
    public bool ExclusiveMaximum { get; init; }

    [Doc("The smallest number allowed.")]
    public double? Minimum { get; init; }

    [Doc("The minimum itself is not allowed.")]
    public bool ExclusiveMinimum { get; init; }

    [Doc("The greatest number of characters.")]
    public long? MaxLength { get; init; }

    [Doc("The least number of characters.")]
    public long? MinLength { get; init; }

    [Doc("A regular expression that a string must contain a match of.")]
    public string Pattern { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The greatest number of items.")]
    public long? MaxItems { get; init; }

    [Doc("The least number of items.")]
    public long? MinItems { get; init; }

    [Doc("Must be false; x-kubernetes-list-type: set says the same of scalars.")]
    public bool UniqueItems { get; init; }

    [Doc("A number must be a multiple of this.")]
    public double? MultipleOf { get; init; }

    [Doc("The only values allowed.")]
    public IReadOnlyList<JsonElement> Enum { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The greatest number of fields.")]
    public long? MaxProperties { get; init; }

    [Doc("The least number of fields.")]
    public long? MinProperties { get; init; }

    [Doc("The fields that must be there.")]
    public IReadOnlyList<string> Required { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("What the items of an array look like.")]
    public JSONSchemaPropsOrArray? Items { get; init; }

    [Doc("All of these must hold.")]
    public IReadOnlyList<JSONSchemaProps> AllOf { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Exactly one of these must hold.")]
    public IReadOnlyList<JSONSchemaProps> OneOf { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("At least one of these must hold.")]
    public IReadOnlyList<JSONSchemaProps> AnyOf { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("This must not hold.")]
    public JSONSchemaProps? Not { get; init; }

    [Doc("The fields of an object, with what each looks like.")]
    [JsonConverter(typeof(SchemaMapConverter))]
    public IReadOnlyDictionary<string, JSONSchemaProps> Properties { get => field ?? NoSchemas; init => field = Absent.IfEmpty(value); }

    [Doc("What the values of a map look like. Not together with properties.")]
    public JSONSchemaPropsOrBool? AdditionalProperties { get; init; }

    [Doc("Not supported.")]
    [JsonConverter(typeof(SchemaMapConverter))]
    public IReadOnlyDictionary<string, JSONSchemaProps> PatternProperties { get => field ?? NoSchemas; init => field = Absent.IfEmpty(value); }

    [Doc("Not supported.")]
    public IReadOnlyDictionary<string, JsonElement> Dependencies { get => field ?? NoElements; init => field = Absent.IfEmpty(value); }

    [Doc("Not supported.")]
    public JSONSchemaPropsOrBool? AdditionalItems { get; init; }

    [Doc("Not supported.")]
    [JsonConverter(typeof(SchemaMapConverter))]
    public IReadOnlyDictionary<string, JSONSchemaProps> Definitions { get => field ?? NoSchemas; init => field = Absent.IfEmpty(value); }

    [Doc("More about it elsewhere.")]
    public ExternalDocumentation? ExternalDocs { get; init; }

    [Doc("An example of the value.")]
    public JsonElement? Example { get; init; }

    [Doc("Whether null is allowed, and kept.")]
    public bool Nullable { get; init; }

    [Doc("Fields that the schema does not name are kept here; elsewhere they are dropped.")]
    [JsonPropertyName("x-kubernetes-preserve-unknown-fields")]
    public bool? XPreserveUnknownFields { get; init; }

    [Doc("The value is a Kubernetes object: apiVersion, kind and metadata are kept and checked.")]
    [JsonPropertyName("x-kubernetes-embedded-resource")]
    public bool XEmbeddedResource { get; init; }

    [Doc("The value is a whole number or a string; type must then be left out.")]
    [JsonPropertyName("x-kubernetes-int-or-string")]
    public bool XIntOrString { get; init; }

    [Doc("Of a list of type map: the fields of an item that tell items apart.")]
    [JsonPropertyName("x-kubernetes-list-map-keys")]
    public IReadOnlyList<string> XListMapKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("atomic (the list is one value), set (scalars, each once) or map (objects told apart by keys).")]
    [JsonPropertyName("x-kubernetes-list-type")]
    public string? XListType { get; init; }

    [Doc("granular (each field has its own owner) or atomic.")]
    [JsonPropertyName("x-kubernetes-map-type")]
    public string? XMapType { get; init; }

    [Doc("Rules in CEL that the value must satisfy.")]
    [JsonPropertyName("x-kubernetes-validations"), MapList("rule"), PatchMerge("rule")]
    public IReadOnlyList<ValidationRule> XValidations { get => field ?? []; init => field = Absent.IfEmpty(value); }

    private static readonly IReadOnlyDictionary<string, JSONSchemaProps> NoSchemas = new Dictionary<string, JSONSchemaProps>(StringComparer.Ordinal);
    private static readonly IReadOnlyDictionary<string, JsonElement> NoElements = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}

[Doc("A rule in the Common Expression Language (CEL).")]
public sealed record ValidationRule
{
    [Doc("An expression that must be true. self is the value here; oldSelf, if mentioned, makes it a rule for changes only.")]
    [AlwaysWritten]
    public string Rule { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What to say when it does not hold. Needed if the rule has line breaks.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("An expression for the text to say when the rule does not hold; message is said if it fails.")]
    public string MessageExpression { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The reason of the refusal: FieldValueInvalid (the default), FieldValueForbidden, FieldValueRequired or FieldValueDuplicate.")]
    [GoType("v1.FieldValueErrorReason")]
    public string? Reason { get; init; }

    [Doc("The field below this one that the refusal names, such as .min.")]
    public string FieldPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True: the rule holds for creations too, and oldSelf is then an optional value.")]
    public bool? OptionalOldSelf { get; init; }
}

[Doc("Where more can be read.")]
public sealed record ExternalDocumentation
{
    [Doc("What is to be found there.")]
    public string Description { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The address.")]
    public string Url { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

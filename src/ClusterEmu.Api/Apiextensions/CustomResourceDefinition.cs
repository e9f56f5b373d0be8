namespace ClusterEmu.Api;

[Doc("Adds a kind of your own to the API. Its name is PLURAL.GROUP, such as crontabs.stable.example.com.")]
public sealed record CustomResourceDefinition : IKubeObject
{
    public string Kind => "CustomResourceDefinition";
    public string ApiVersion => "apiextensions.k8s.io/v1";

    [Doc("Name, labels and the like.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the kind is called and what its objects look like.")]
    [AlwaysWritten]
    public CustomResourceDefinitionSpec Spec { get => field ?? CustomResourceDefinitionSpec.Empty; init; }

    [Doc("What the server has made of it.")]
    public CustomResourceDefinitionStatus Status { get => field ?? CustomResourceDefinitionStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a custom kind is called and what its objects look like.")]
public sealed record CustomResourceDefinitionSpec
{
    public static readonly CustomResourceDefinitionSpec Empty = new();

    [Doc("The API group: the part after /apis/ in its addresses. A domain with at least one dot. Cannot be changed.")]
    [AlwaysWritten]
    public string Group { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What the kind is called in addresses, manifests and on command lines.")]
    [AlwaysWritten]
    public CustomResourceDefinitionNames Names { get => field ?? CustomResourceDefinitionNames.Empty; init; }

    [Doc("Namespaced or Cluster. Cannot be changed once the kind is established.")]
    [GoType("v1.ResourceScope"), AlwaysWritten]
    public string Scope { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The versions of the kind. Exactly one of them is the form in which objects are stored.")]
    [AlwaysWritten]
    public IReadOnlyList<CustomResourceDefinitionVersion> Versions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How an object of one version becomes one of another.")]
    public CustomResourceConversion? Conversion { get; init; }

    [Doc("A remnant of v1beta1 that must be false: put x-kubernetes-preserve-unknown-fields into the schema instead.")]
    public bool PreserveUnknownFields { get; init; }
}

[Doc("What a custom kind is called.")]
public sealed record CustomResourceDefinitionNames
{
    public static readonly CustomResourceDefinitionNames Empty = new();

    [Doc("The name in addresses, in small letters: /apis/GROUP/VERSION/PLURAL.")]
    [AlwaysWritten]
    public string Plural { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The name of one object on command lines, in small letters. The kind in small letters if left out.")]
    public string Singular { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Short names for command lines, such as ct.")]
    public IReadOnlyList<string> ShortNames { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The value of 'kind' in manifests, usually in CamelCase and singular.")]
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The kind of lists. The kind followed by List if left out.")]
    public string ListKind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Groups of kinds that it belongs to, such as all: 'kubectl get all' then shows it.")]
    public IReadOnlyList<string> Categories { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("One version of a custom kind.")]
public sealed record CustomResourceDefinitionVersion
{
    [Doc("The version's name in addresses, such as v1 or v1beta1.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Whether the API serves this version.")]
    [AlwaysWritten]
    public bool Served { get; init; }

    [Doc("Whether objects are stored in this version. True for exactly one version.")]
    [AlwaysWritten]
    public bool Storage { get; init; }

    [Doc("Whether clients that use this version are warned.")]
    public bool Deprecated { get; init; }

    [Doc("The warning, instead of the usual one. Only for a deprecated version; at most 256 printable characters.")]
    public string? DeprecationWarning { get; init; }

    [Doc("What objects of this version look like.")]
    public CustomResourceValidation? Schema { get; init; }

    [Doc("The subresources that objects have beside themselves.")]
    public CustomResourceSubresources? Subresources { get; init; }

    [Doc("The columns of 'kubectl get' after the name. Only the age if left out.")]
    public IReadOnlyList<CustomResourceColumnDefinition> AdditionalPrinterColumns { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Fields that field selectors may name, beside name and namespace. At most 8.")]
    public IReadOnlyList<SelectableField> SelectableFields { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("The schema of a version.")]
public sealed record CustomResourceValidation
{
    [Doc("The schema: it must be structural, that is, give every field its type outside of allOf, anyOf, oneOf and not.")]
    public JSONSchemaProps? OpenAPIV3Schema { get; init; }
}

[Doc("A field that field selectors may name.")]
public sealed record SelectableField
{
    [Doc("A simple path to a string, number or flag, such as .spec.color.")]
    [AlwaysWritten]
    public string JsonPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A column of 'kubectl get'.")]
public sealed record CustomResourceColumnDefinition
{
    [Doc("The heading.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("integer, number, string, boolean or date (shown as an age).")]
    [AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("More about the type, such as int32 or date-time.")]
    public string Format { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What the column says.")]
    public string Description { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("0: always shown. Above 0: with -o wide only.")]
    public int Priority { get; init; }

    [Doc("The way to the value, such as .spec.replicas.")]
    [AlwaysWritten]
    public string JsonPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

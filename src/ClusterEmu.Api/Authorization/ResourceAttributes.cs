namespace ClusterEmu.Api;

[Doc("Something that one may or may not do to objects.")]
public sealed record ResourceAttributes
{
    [Doc("In this namespace; empty for all of them, and for kinds that lie in none.")]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("get, list, watch, create, update, patch, delete, deletecollection, impersonate …, or * for all.")]
    public string Verb { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The API group; empty for the core group, * for all.")]
    public string Group { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The version, which makes no difference to RBAC.")]
    public string Version { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Such as pods, or * for all.")]
    public string Resource { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Such as status; empty for the object itself.")]
    public string Subresource { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("One object; empty for all.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Limits the question to objects with certain fields.")]
    public FieldSelectorAttributes? FieldSelector { get; init; }

    [Doc("Limits the question to objects with certain labels.")]
    public LabelSelectorAttributes? LabelSelector { get; init; }
}

[Doc("A path of the API server that is no object.")]
public sealed record NonResourceAttributes
{
    [Doc("Such as /healthz.")]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The HTTP method in small letters.")]
    public string Verb { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A field selector, as text or taken apart.")]
public sealed record FieldSelectorAttributes
{
    [Doc("As it stands in a query.")]
    public string RawSelector { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its conditions.")]
    public IReadOnlyList<FieldSelectorRequirement> Requirements { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("One condition on a field.")]
public sealed record FieldSelectorRequirement
{
    [Doc("The field.")]
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("In, NotIn, Exists or DoesNotExist.")]
    [AlwaysWritten]
    public string Operator { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The values of In and NotIn.")]
    public IReadOnlyList<string> Values { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A label selector, as text or taken apart.")]
public sealed record LabelSelectorAttributes
{
    [Doc("As it stands in a query.")]
    public string RawSelector { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its conditions.")]
    public IReadOnlyList<LabelSelectorRequirement> Requirements { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

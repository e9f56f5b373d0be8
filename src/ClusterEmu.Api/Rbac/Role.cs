namespace ClusterEmu.Api;

[Doc("What may be done within one namespace. A RoleBinding says who may.")]
public sealed record Role : IKubeObject
{
    public string Kind => "Role";
    public string ApiVersion => "rbac.authorization.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is allowed; the rules add up.")]
    [AlwaysWritten(Optional = true)]
    public IReadOnlyList<PolicyRule> Rules { get => field ?? []; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What may be done in the whole cluster, or, where a RoleBinding names it, in that one's namespace.")]
public sealed record ClusterRole : IKubeObject
{
    public string Kind => "ClusterRole";
    public string ApiVersion => "rbac.authorization.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is allowed; the rules add up.")]
    [AlwaysWritten(Optional = true)]
    public IReadOnlyList<PolicyRule> Rules { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Other ClusterRoles whose rules a controller copies to this one.")]
    public AggregationRule? AggregationRule { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Which ClusterRoles' rules are gathered.")]
public sealed record AggregationRule
{
    [Doc("ClusterRoles that any of these selects are meant.")]
    public IReadOnlyList<LabelSelector> ClusterRoleSelectors { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Verbs that are allowed on resources, or on URLs that are no resources.")]
public sealed record PolicyRule
{
    [Doc("What is allowed: get, list, watch, create, update, patch, delete and others, or *.")]
    [AlwaysWritten]
    public IReadOnlyList<string> Verbs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The groups of the resources; an empty text is the core group, * all groups.")]
    public IReadOnlyList<string> APIGroups { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The resources, such as pods or pods/log, or *.")]
    public IReadOnlyList<string> Resources { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Only objects of these names. None means all.")]
    public IReadOnlyList<string> ResourceNames { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("URLs such as /healthz, where a * may end them. Only in ClusterRoles.")]
    public IReadOnlyList<string> NonResourceURLs { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

namespace ClusterEmu.Api;

[Doc("Who may do what a role allows, within one namespace.")]
public sealed record RoleBinding : IKubeObject
{
    public string Kind => "RoleBinding";
    public string ApiVersion => "rbac.authorization.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Who may.")]
    public IReadOnlyList<Subject> Subjects { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The Role of this namespace, or the ClusterRole. Cannot be changed.")]
    [MustBeGiven]
    public RoleRef RoleRef { get => field ?? RoleRef.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Who may do what a ClusterRole allows, in the whole cluster.")]
public sealed record ClusterRoleBinding : IKubeObject
{
    public string Kind => "ClusterRoleBinding";
    public string ApiVersion => "rbac.authorization.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Who may.")]
    public IReadOnlyList<Subject> Subjects { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The ClusterRole. Cannot be changed.")]
    [MustBeGiven]
    public RoleRef RoleRef { get => field ?? RoleRef.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Somebody who may do something.")]
[AtomicField]
public sealed record Subject
{
    [Doc("User, Group or ServiceAccount.")]
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("rbac.authorization.k8s.io for users and groups (the default), empty for service accounts.")]
    public string APIGroup { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The namespace of a service account; nothing for others.")]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Names a role.")]
[AtomicField]
public sealed record RoleRef
{
    public static readonly RoleRef Empty = new();

    [Doc("rbac.authorization.k8s.io.")]
    [AlwaysWritten]
    public string APIGroup { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Role or ClusterRole.")]
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The role's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

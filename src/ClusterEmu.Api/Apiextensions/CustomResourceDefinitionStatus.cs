namespace ClusterEmu.Api;

[Doc("What the server has made of a definition.")]
public sealed record CustomResourceDefinitionStatus
{
    public static readonly CustomResourceDefinitionStatus Empty = new();

    [Doc("NamesAccepted, Established (from then on the kind is served), NonStructuralSchema, Terminating, KubernetesAPIApprovalPolicyConformant.")]
    [MapList("type"), AlwaysWritten]
    public IReadOnlyList<CustomResourceDefinitionCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The names in use. A name that another kind of the group has is missing here.")]
    public CustomResourceDefinitionNames AcceptedNames { get => field ?? CustomResourceDefinitionNames.Empty; init; }

    [Doc("Every version in which objects may lie in the store. One that is listed here cannot be taken out of the specification.")]
    [AlwaysWritten]
    public IReadOnlyList<string> StoredVersions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("One aspect of a definition's state.")]
public sealed record CustomResourceDefinitionCondition
{
    [Doc("The aspect, such as Established.")]
    [GoType("v1.CustomResourceDefinitionConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the status changed last.")]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, in one word.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

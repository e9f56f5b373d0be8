namespace ClusterEmu.Api;

[Doc("Limits what all objects of a namespace may use together. What would be more is refused.")]
public sealed record ResourceQuota : IKubeObject
{
    public string Kind => "ResourceQuota";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The limits.")]
    public ResourceQuotaSpec Spec { get => field ?? ResourceQuotaSpec.Empty; init; }

    [Doc("The limits in force, and what is used.")]
    public ResourceQuotaStatus Status { get => field ?? ResourceQuotaStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Limits on what all objects of a namespace may use together.")]
public sealed record ResourceQuotaSpec
{
    public static readonly ResourceQuotaSpec Empty = new();

    [Doc(
        "How much of each resource: cpu, requests.memory, limits.cpu, pods, services.nodeports, requests.storage, "
        + "count/deployments.apps, and so on.")]
    public IReadOnlyDictionary<string, Quantity> Hard { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc(
        "Count only Pods for which all of these hold: Terminating, NotTerminating, BestEffort, NotBestEffort, "
        + "PriorityClass, CrossNamespacePodAffinity.")]
    [GoType("v1.ResourceQuotaScope")]
    public IReadOnlyList<string> Scopes { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The same with operators and values. All of scopes and scopeSelector must hold.")]
    public ScopeSelector? ScopeSelector { get; init; }
}

[Doc("Which Pods a quota counts.")]
[AtomicField]
public sealed record ScopeSelector
{
    [Doc("Requirements that must all hold.")]
    public IReadOnlyList<ScopedResourceSelectorRequirement> MatchExpressions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A requirement on the Pods that a quota counts.")]
public sealed record ScopedResourceSelectorRequirement
{
    [Doc("Terminating, NotTerminating, BestEffort, NotBestEffort, PriorityClass or CrossNamespacePodAffinity.")]
    [GoType("v1.ResourceQuotaScope"), AlwaysWritten]
    public string ScopeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("In, NotIn, Exists or DoesNotExist. Only PriorityClass takes others than Exists.")]
    [GoType("v1.ScopeSelectorOperator"), AlwaysWritten]
    public string Operator { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The values for In and NotIn.")]
    public IReadOnlyList<string> Values { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("How far the limits are used up.")]
public sealed record ResourceQuotaStatus
{
    public static readonly ResourceQuotaStatus Empty = new();

    [Doc("The limits in force.")]
    public IReadOnlyDictionary<string, Quantity> Hard { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("What is used of each.")]
    public IReadOnlyDictionary<string, Quantity> Used { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
}

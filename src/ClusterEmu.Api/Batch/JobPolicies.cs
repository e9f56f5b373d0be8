namespace ClusterEmu.Api;

[Doc("What each kind of failure means. The first rule that fits decides.")]
public sealed record PodFailurePolicy
{
    [Doc("The rules, in order; at most 20.")]
    [AlwaysWritten]
    public IReadOnlyList<PodFailurePolicyRule> Rules { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("What one kind of failure means.")]
public sealed record PodFailurePolicyRule
{
    [Doc("FailJob ends the Job; FailIndex gives up this index; Ignore does not count the failure; Count counts it as usual.")]
    [GoType("v1.PodFailurePolicyAction"), AlwaysWritten]
    public string Action { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The failure is one of these exit codes. Give this or onPodConditions.")]
    public PodFailurePolicyOnExitCodesRequirement? OnExitCodes { get; init; }

    [Doc("The failed Pod has one of these conditions. Give this or onExitCodes.")]
    public IReadOnlyList<PodFailurePolicyOnPodConditionsPattern> OnPodConditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Exit codes of containers.")]
public sealed record PodFailurePolicyOnExitCodesRequirement
{
    [Doc("The container to look at. Any of them if left out.")]
    public string? ContainerName { get; init; }

    [Doc("In or NotIn.")]
    [GoType("v1.PodFailurePolicyOnExitCodesOperator"), AlwaysWritten]
    public string Operator { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The exit codes, in ascending order, at most 255. In does not allow 0.")]
    [SetList, AlwaysWritten]
    public IReadOnlyList<int> Values { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A condition of a Pod.")]
public sealed record PodFailurePolicyOnPodConditionsPattern
{
    [Doc("The condition's type, such as DisruptionTarget.")]
    [GoType("v1.PodConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The condition's status. Defaults to True.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("When an indexed Job counts as done before all its indexes are. One rule that holds is enough.")]
public sealed record SuccessPolicy
{
    [Doc("The rules; 1 to 20.")]
    [AlwaysWritten]
    public IReadOnlyList<SuccessPolicyRule> Rules { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Which indexes must have ended well.")]
public sealed record SuccessPolicyRule
{
    [Doc("Numbers and ranges, such as 1,3-5,7. All indexes if left out.")]
    public string? SucceededIndexes { get; init; }

    [Doc("How many of these indexes must have ended well. All of them if left out.")]
    public int? SucceededCount { get; init; }
}

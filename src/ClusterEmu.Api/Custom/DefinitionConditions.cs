namespace ClusterEmu.Api;

/// <summary>The conditions of a CustomResourceDefinition. Pure.</summary>
public static class DefinitionConditions
{
    public const string NamesAccepted = "NamesAccepted";
    public const string Established = "Established";
    public const string NonStructuralSchema = "NonStructuralSchema";
    public const string Terminating = "Terminating";
    public const string ApprovalConformant = "KubernetesAPIApprovalPolicyConformant";

    /// <summary>Keeps a definition that is being deleted until its objects are gone.</summary>
    public const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    public static CustomResourceDefinitionCondition? Find(CustomResourceDefinition definition, string type) =>
        definition.Status.Conditions.FirstOrDefault(condition => condition.Type == type);

    public static bool IsTrue(CustomResourceDefinition definition, string type) => Find(definition, type) is { Status: "True" };

    /// <summary>The conditions with one of them set. The transition time moves with the status only.</summary>
    public static IReadOnlyList<CustomResourceDefinitionCondition> With(
        IReadOnlyList<CustomResourceDefinitionCondition> conditions, string type, bool status, string reason, string message, DateTimeOffset now)
    {
        var known = conditions.FirstOrDefault(condition => condition.Type == type);
        var text = status ? "True" : "False";
        var next = new CustomResourceDefinitionCondition
        {
            Type = type,
            Status = text,
            Reason = reason,
            Message = message,
            LastTransitionTime = known?.Status == text ? known.LastTransitionTime : now,
        };
        return known is null ? [.. conditions, next] : [.. conditions.Select(condition => condition.Type == type ? next : condition)];
    }

    /// <summary>A definition for which a deletion was asked: it stays until its objects are gone. Once marked, it is left as it is.</summary>
    public static CustomResourceDefinition Marked(CustomResourceDefinition definition, DateTimeOffset now)
    {
        if (definition.Metadata.DeletionTimestamp is not null) return definition;
        var finalizers = definition.Metadata.Finalizers;
        return definition with
        {
            Metadata = definition.Metadata with
            {
                DeletionTimestamp = now,
                DeletionGracePeriodSeconds = 0,
                Finalizers = finalizers.Contains(CleanupFinalizer) ? finalizers : [.. finalizers, CleanupFinalizer],
            },
            Status = definition.Status with
            {
                Conditions = With(
                    definition.Status.Conditions, Terminating, true, "InstanceDeletionPending",
                    "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", now),
            },
        };
    }
}

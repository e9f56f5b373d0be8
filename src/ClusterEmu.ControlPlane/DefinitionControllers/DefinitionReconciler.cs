using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Decides what becomes of a CustomResourceDefinition: its names, its conditions, and its end. Pure.</summary>
/// <remarks>Source: apiextensions-apiserver pkg/controller: status, establish, nonstructuralschema, apiapproval, finalizer.</remarks>
public static class DefinitionReconciler
{
    private const string ApprovedAnnotation = "api-approved.kubernetes.io";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>The write that brings the status of a definition that stays up to date; nothing if it is.</summary>
    public static ControllerPlan Plan(CustomResourceDefinition definition, IEnumerable<CustomResourceDefinition> all, DateTimeOffset now)
    {
        var names = DefinitionNames.Of(definition, all);
        var conditions = definition.Status.Conditions;
        conditions = names.Conflict is { } conflict
            ? DefinitionConditions.With(conditions, DefinitionConditions.NamesAccepted, false, conflict.Reason, conflict.Message, now)
            : DefinitionConditions.With(conditions, DefinitionConditions.NamesAccepted, true, "NoConflicts", "no conflicts found", now);
        if (!DefinitionConditions.IsTrue(definition, DefinitionConditions.Established))
        {
            conditions = names.Conflict is null
                ? DefinitionConditions.With(conditions, DefinitionConditions.Established, true, "InitialNamesAccepted", "the initial names have been accepted", now)
                : DefinitionConditions.With(conditions, DefinitionConditions.Established, false, "NotAccepted", "not all names are accepted", now);
        }
        conditions = WithStructure(definition, conditions, now);
        conditions = WithApproval(definition, conditions, now);
        var status = definition.Status with { AcceptedNames = names.Accepted, Conditions = conditions };
        return SaysTheSame(status, definition.Status) ? ControllerPlan.Nothing : ControllerPlan.Of(ApiCall.UpdateStatus(definition with { Status = status }));
    }

    /// <summary>Whether the definition waits for its objects to go.</summary>
    public static bool IsEnding(CustomResourceDefinition definition) =>
        definition.Metadata.DeletionTimestamp is not null && definition.Metadata.Finalizers.Contains(DefinitionConditions.CleanupFinalizer);

    /// <summary>The call that finds out what is left; null if nothing of it was ever served.</summary>
    public static ApiCall? Count(CustomResourceDefinition definition) =>
        CustomKind.ServedBy(definition) is [var kind, ..] ? ApiCall.List(kind) with { Limit = 500 } : null;

    /// <summary>What to do with a definition that is ending, knowing what is left.</summary>
    public static ControllerPlan PlanEnd(CustomResourceDefinition definition, IReadOnlyList<IKubeObject> left, DateTimeOffset now)
    {
        if (left.Count == 0)
        {
            var finalizers = definition.Metadata.Finalizers.Where(finalizer => finalizer != DefinitionConditions.CleanupFinalizer);
            return ControllerPlan.Of(ApiCall.Update(definition with { Metadata = definition.Metadata with { Finalizers = [.. finalizers] } }));
        }
        var kind = CustomKind.ServedBy(definition)[0];
        var calls = left.Select(item => item.Metadata.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(ns => new ApiCall { Verb = ApiVerb.DeleteCollection, Kind = kind, Namespace = ns.Length == 0 ? null : ns, DeleteOptions = new DeleteOptions { PropagationPolicy = "Background" } }).ToList();
        var conditions = DefinitionConditions.With(
            definition.Status.Conditions, DefinitionConditions.Terminating, true, "InstanceDeletionInProgress", "CustomResource deletion is in progress", now);
        var status = definition.Status with { Conditions = conditions };
        if (!SaysTheSame(status, definition.Status)) calls.Add(ApiCall.UpdateStatus(definition with { Status = status }));
        return new ControllerPlan { Calls = calls, LookAgainAfter = LookAgain };
    }

    /// <summary>Only a definition that was stored before the rules can have a schema that is not structural.</summary>
    private static IReadOnlyList<CustomResourceDefinitionCondition> WithStructure(
        CustomResourceDefinition definition, IReadOnlyList<CustomResourceDefinitionCondition> conditions, DateTimeOffset now)
    {
        var violations = DefinitionSchemas.Violations(definition);
        return violations.Count == 0
            ? [.. conditions.Where(condition => condition.Type != DefinitionConditions.NonStructuralSchema)]
            : DefinitionConditions.With(conditions, DefinitionConditions.NonStructuralSchema, true, "Violations", string.Join(", ", violations), now);
    }

    private static IReadOnlyList<CustomResourceDefinitionCondition> WithApproval(
        CustomResourceDefinition definition, IReadOnlyList<CustomResourceDefinitionCondition> conditions, DateTimeOffset now)
    {
        if (!CustomResourceDefinitionValidation.IsProtected(definition.Spec.Group)) return conditions;
        var approval = definition.Metadata.Annotations.GetValueOrDefault(ApprovedAnnotation, "");
        return approval.StartsWith("unapproved", StringComparison.Ordinal)
            ? DefinitionConditions.With(conditions, DefinitionConditions.ApprovalConformant, false, "UnapprovedAnnotation", $"not approved: \"{approval}\"", now)
            : DefinitionConditions.With(conditions, DefinitionConditions.ApprovalConformant, true, "ApprovedAnnotation", $"approved in {approval}", now);
    }

    private static bool SaysTheSame(CustomResourceDefinitionStatus status, CustomResourceDefinitionStatus other) => ApiJson.Encode(status).AsSpan().SequenceEqual(ApiJson.Encode(other));
}

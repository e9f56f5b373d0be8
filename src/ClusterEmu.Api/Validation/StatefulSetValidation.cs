namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a StatefulSet, in its words.</summary>
/// <remarks>Source: pkg/apis/apps/validation/validation.go. The Pods' specification is not looked into: its mounts may name claims.</remarks>
public static class StatefulSetValidation
{
    public static IReadOnlyList<FieldError> Create(StatefulSet set)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, set.Metadata, namespaced: true, ObjectNameRules.Label);
        CheckSpec(errors, set.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(StatefulSet set, StatefulSet old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, set.Metadata, old.Metadata);
        if (ReferenceEquals(set.Spec, old.Spec)) CheckStatus(errors, set.Status, old.Status);
        else
        {
            CheckSpec(errors, set.Spec);
            var unchangeable = set.Spec with
            {
                Replicas = old.Spec.Replicas,
                Ordinals = old.Spec.Ordinals,
                Template = old.Spec.Template,
                UpdateStrategy = old.Spec.UpdateStrategy,
                PersistentVolumeClaimRetentionPolicy = old.Spec.PersistentVolumeClaimRetentionPolicy,
                MinReadySeconds = old.Spec.MinReadySeconds,
            };
            if (!SemanticEquality.Same(unchangeable, old.Spec))
                errors.Add(FieldErrors.Forbidden(FieldPath.Spec,
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                    + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
        }
        return FieldErrors.Distinct(errors);
    }

    private static void CheckSpec(List<FieldError> errors, StatefulSetSpec spec)
    {
        var path = FieldPath.Spec;
        if (spec.PodManagementPolicy.Length == 0) errors.Add(FieldErrors.Required(path.Child("podManagementPolicy")));
        else if (spec.PodManagementPolicy is not ("OrderedReady" or "Parallel"))
            errors.Add(FieldErrors.Invalid(path.Child("podManagementPolicy"), spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'"));
        CheckStrategy(errors, spec.UpdateStrategy, path.Child("updateStrategy"));
        if (spec.PersistentVolumeClaimRetentionPolicy is { } retention)
            CheckRetention(errors, retention, path.Child("persistentVolumeClaimRetentionPolicy"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.Replicas ?? 0, path.Child("replicas"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.MinReadySeconds, path.Child("minReadySeconds"));
        if (spec.Ordinals is { } ordinals) ObjectMetaValidation.CheckNonNegative(errors, ordinals.Start, path.Child("ordinals.start"));
        CheckSelector(errors, spec, path.Child("selector"));
        PodTemplateRules.CheckRunsOn(errors, spec.Template, path.Child("template"), "StatefulSet");
    }

    private static void CheckSelector(List<FieldError> errors, StatefulSetSpec spec, FieldPath path)
    {
        var labels = spec.Template.Metadata.Labels;
        var isEmpty = spec.Selector is { MatchLabels.Count: 0, MatchExpressions.Count: 0 };
        if (spec.Selector is null) errors.Add(FieldErrors.Required(path));
        else
        {
            LabelRules.CheckSelector(errors, spec.Selector, path);
            if (isEmpty) errors.Add(FieldErrors.Invalid(path, spec.Selector, "empty selector is invalid for statefulset"));
        }
        if (!LabelRules.IsUsable(spec.Selector))
        {
            errors.Add(FieldErrors.Invalid(path, spec.Selector, ""));
            return;
        }
        var template = FieldPath.Spec.Child("template");
        if (!isEmpty && !LabelRules.Matches(spec.Selector, labels))
            errors.Add(FieldErrors.Invalid(template.Child("metadata").Child("labels"), labels, "`selector` does not match template `labels`"));
        LabelRules.CheckLabels(errors, labels, template.Child("labels"));
        LabelRules.CheckAnnotations(errors, spec.Template.Metadata.Annotations, template.Child("annotations"));
    }

    private static void CheckStrategy(List<FieldError> errors, StatefulSetUpdateStrategy strategy, FieldPath path)
    {
        var rollingPath = path.Child("rollingUpdate");
        switch (strategy.Type)
        {
            case "":
                errors.Add(FieldErrors.Required(path));
                break;
            case "OnDelete":
                if (strategy.RollingUpdate is not null)
                    errors.Add(FieldErrors.Invalid(rollingPath, new GoLiteral(Literal(strategy.RollingUpdate)), "only allowed for updateStrategy 'RollingUpdate'"));
                break;
            case "RollingUpdate":
                if (strategy.RollingUpdate is { } rolling) CheckRolling(errors, rolling, rollingPath);
                break;
            default:
                errors.Add(FieldErrors.Invalid(path,
                    new GoLiteral($"apps.StatefulSetUpdateStrategy{{Type:{GoSyntax.Quote(strategy.Type)}, RollingUpdate:(*apps.RollingUpdateStatefulSetStrategy)(nil)}}"),
                    "must be 'RollingUpdate' or 'OnDelete'"));
                break;
        }
    }

    private static string Literal(RollingUpdateStatefulSetStrategy rolling) =>
        $"apps.RollingUpdateStatefulSetStrategy{{Partition:{rolling.Partition ?? 0}, MaxUnavailable:(*intstr.IntOrString)(nil)}}";

    private static void CheckRolling(List<FieldError> errors, RollingUpdateStatefulSetStrategy rolling, FieldPath path)
    {
        ObjectMetaValidation.CheckNonNegative(errors, rolling.Partition ?? 0, path.Child("partition"));
        if (rolling.MaxUnavailable is not { } unavailable) return;
        ShareRules.Check(errors, unavailable, path.Child("maxUnavailable"));
        if (ShareRules.Amount(unavailable) == 0) errors.Add(FieldErrors.Invalid(path.Child("maxUnavailable"), unavailable, "cannot be 0"));
        ShareRules.CheckAtMostAll(errors, unavailable, path.Child("maxUnavailable"));
    }

    private static void CheckRetention(List<FieldError> errors, StatefulSetPersistentVolumeClaimRetentionPolicy policy, FieldPath path)
    {
        Check("whenDeleted", policy.WhenDeleted);
        Check("whenScaled", policy.WhenScaled);

        void Check(string name, string value)
        {
            if (value is not ("Retain" or "Delete")) errors.Add(FieldErrors.NotSupported(path.Child(name), value, "Retain", "Delete"));
        }
    }

    private static void CheckStatus(List<FieldError> errors, StatefulSetStatus status, StatefulSetStatus old)
    {
        var path = FieldPath.Status;
        ObjectMetaValidation.CheckNonNegative(errors, status.Replicas, path.Child("replicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.ReadyReplicas, path.Child("readyReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.CurrentReplicas, path.Child("currentReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.UpdatedReplicas, path.Child("updatedReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.AvailableReplicas, path.Child("availableReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.ObservedGeneration, path.Child("observedGeneration"));
        ObjectMetaValidation.CheckNonNegative(errors, status.CollisionCount ?? 0, path.Child("collisionCount"));
        AtMost("readyReplicas", status.ReadyReplicas);
        AtMost("currentReplicas", status.CurrentReplicas);
        AtMost("updatedReplicas", status.UpdatedReplicas);
        AtMost("availableReplicas", status.AvailableReplicas);
        if (status.AvailableReplicas > status.ReadyReplicas)
            errors.Add(FieldErrors.Invalid(path.Child("availableReplicas"), status.AvailableReplicas, "cannot be greater than status.readyReplicas"));
        WorkloadRules.CheckCollisions(errors, status.CollisionCount, old.CollisionCount);

        void AtMost(string name, int count)
        {
            if (count > status.Replicas) errors.Add(FieldErrors.Invalid(path.Child(name), count, "cannot be greater than status.replicas"));
        }
    }
}

namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a DaemonSet, in its words.</summary>
/// <remarks>Source: pkg/apis/apps/validation/validation.go.</remarks>
public static class DaemonSetValidation
{
    public static IReadOnlyList<FieldError> Create(DaemonSet set)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, set.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckSpec(errors, set.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(DaemonSet set, DaemonSet old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, set.Metadata, old.Metadata);
        if (ReferenceEquals(set.Spec, old.Spec)) CheckStatus(errors, set.Status, old.Status);
        else
        {
            CheckSpec(errors, set.Spec);
            WorkloadRules.CheckSelectorKept(errors, set.Spec.Selector, old.Spec.Selector);
        }
        return FieldErrors.Distinct(errors);
    }

    private static void CheckSpec(List<FieldError> errors, DaemonSetSpec spec)
    {
        var path = FieldPath.Spec;
        var labels = spec.Template.Metadata.Labels;
        LabelRules.CheckSelector(errors, spec.Selector, path.Child("selector"));
        if (LabelRules.IsUsable(spec.Selector) && !LabelRules.Matches(spec.Selector, labels))
            errors.Add(FieldErrors.Invalid(path.Child("template").Child("metadata").Child("labels"), labels, "`selector` does not match template `labels`"));
        if (spec.Selector is { MatchLabels.Count: 0, MatchExpressions.Count: 0 })
            errors.Add(FieldErrors.Invalid(path.Child("selector"), spec.Selector, "empty selector is invalid for daemonset"));
        PodTemplateRules.CheckItself(errors, spec.Template, path.Child("template"));
        PodTemplateRules.CheckRunsOn(errors, spec.Template, path.Child("template"), "DaemonSet");
        ObjectMetaValidation.CheckNonNegative(errors, spec.MinReadySeconds, path.Child("minReadySeconds"));
        CheckStrategy(errors, spec.UpdateStrategy, path.Child("updateStrategy"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.RevisionHistoryLimit ?? 0, path.Child("revisionHistoryLimit"));
    }

    private static void CheckStrategy(List<FieldError> errors, DaemonSetUpdateStrategy strategy, FieldPath path)
    {
        if (strategy.Type == "OnDelete") return;
        if (strategy.Type != "RollingUpdate")
        {
            errors.Add(FieldErrors.NotSupported(path,
                new GoLiteral($"apps.DaemonSetUpdateStrategy{{Type:{GoSyntax.Quote(strategy.Type)}, RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}}"),
                "RollingUpdate", "OnDelete"));
            return;
        }
        var rollingPath = path.Child("rollingUpdate");
        if (strategy.RollingUpdate is not { } rolling)
        {
            errors.Add(FieldErrors.Required(rollingPath));
            return;
        }
        var (unavailable, surge) = (rolling.MaxUnavailable ?? 0, rolling.MaxSurge ?? 0);
        var (unavailablePath, surgePath) = (rollingPath.Child("maxUnavailable"), rollingPath.Child("maxSurge"));
        ShareRules.Check(errors, unavailable, unavailablePath);
        ShareRules.Check(errors, surge, surgePath);
        ShareRules.CheckAtMostAll(errors, unavailable, unavailablePath);
        ShareRules.CheckAtMostAll(errors, surge, surgePath);
        switch (ShareRules.Amount(unavailable) != 0, ShareRules.Amount(surge) != 0)
        {
            case (true, true):
                errors.Add(FieldErrors.Invalid(surgePath, surge, "may not be set when maxUnavailable is non-zero"));
                break;
            case (false, false):
                errors.Add(FieldErrors.Required(unavailablePath, "cannot be 0 when maxSurge is 0"));
                break;
        }
    }

    private static void CheckStatus(List<FieldError> errors, DaemonSetStatus status, DaemonSetStatus old)
    {
        var path = FieldPath.Status;
        ObjectMetaValidation.CheckNonNegative(errors, status.CurrentNumberScheduled, path.Child("currentNumberScheduled"));
        ObjectMetaValidation.CheckNonNegative(errors, status.NumberMisscheduled, path.Child("numberMisscheduled"));
        ObjectMetaValidation.CheckNonNegative(errors, status.DesiredNumberScheduled, path.Child("desiredNumberScheduled"));
        ObjectMetaValidation.CheckNonNegative(errors, status.NumberReady, path.Child("numberReady"));
        ObjectMetaValidation.CheckNonNegative(errors, status.ObservedGeneration, path.Child("observedGeneration"));
        ObjectMetaValidation.CheckNonNegative(errors, status.UpdatedNumberScheduled, path.Child("updatedNumberScheduled"));
        ObjectMetaValidation.CheckNonNegative(errors, status.NumberAvailable, path.Child("numberAvailable"));
        ObjectMetaValidation.CheckNonNegative(errors, status.NumberUnavailable, path.Child("numberUnavailable"));
        ObjectMetaValidation.CheckNonNegative(errors, status.CollisionCount ?? 0, path.Child("collisionCount"));
        WorkloadRules.CheckCollisions(errors, status.CollisionCount, old.CollisionCount);
    }
}

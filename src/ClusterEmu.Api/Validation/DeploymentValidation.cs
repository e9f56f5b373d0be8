namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a Deployment, in its words.</summary>
/// <remarks>Source: pkg/apis/apps/validation/validation.go.</remarks>
public static class DeploymentValidation
{
    public static IReadOnlyList<FieldError> Create(Deployment deployment)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, deployment.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckSpec(errors, deployment.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(Deployment deployment, Deployment old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, deployment.Metadata, old.Metadata);
        if (ReferenceEquals(deployment.Spec, old.Spec)) CheckStatus(errors, deployment.Status, old.Status);
        else
        {
            CheckSpec(errors, deployment.Spec);
            WorkloadRules.CheckSelectorKept(errors, deployment.Spec.Selector, old.Spec.Selector);
        }
        return FieldErrors.Distinct(errors);
    }

    private static void CheckSpec(List<FieldError> errors, DeploymentSpec spec)
    {
        var path = FieldPath.Spec;
        ObjectMetaValidation.CheckNonNegative(errors, spec.Replicas ?? 0, path.Child("replicas"));
        PodTemplateRules.Check(errors, spec.Selector, spec.Template, path);
        CheckStrategy(errors, spec.Strategy, path.Child("strategy"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.MinReadySeconds, path.Child("minReadySeconds"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.RevisionHistoryLimit ?? 0, path.Child("revisionHistoryLimit"));
        if (spec.ProgressDeadlineSeconds is not { } deadline) return;
        ObjectMetaValidation.CheckNonNegative(errors, deadline, path.Child("progressDeadlineSeconds"));
        if (deadline <= spec.MinReadySeconds)
            errors.Add(FieldErrors.Invalid(path.Child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds"));
    }

    private static void CheckStrategy(List<FieldError> errors, DeploymentStrategy strategy, FieldPath path)
    {
        var rollingPath = path.Child("rollingUpdate");
        switch (strategy.Type)
        {
            case "Recreate":
                if (strategy.RollingUpdate is not null)
                    errors.Add(FieldErrors.Forbidden(rollingPath, "may not be specified when strategy `type` is 'Recreate'"));
                break;
            case "RollingUpdate":
                if (strategy.RollingUpdate is { } rolling) CheckRolling(errors, rolling, rollingPath);
                else errors.Add(FieldErrors.Required(rollingPath, "this should be defaulted and never be nil"));
                break;
            default:
                errors.Add(FieldErrors.NotSupported(path,
                    new GoLiteral($"apps.DeploymentStrategy{{Type:{GoSyntax.Quote(strategy.Type)}, RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}}"),
                    "Recreate", "RollingUpdate"));
                break;
        }
    }

    private static void CheckRolling(List<FieldError> errors, RollingUpdateDeployment rolling, FieldPath path)
    {
        var (unavailable, surge) = (rolling.MaxUnavailable ?? 0, rolling.MaxSurge ?? 0);
        ShareRules.Check(errors, unavailable, path.Child("maxUnavailable"));
        ShareRules.Check(errors, surge, path.Child("maxSurge"));
        if (ShareRules.Amount(unavailable) == 0 && ShareRules.Amount(surge) == 0)
            errors.Add(FieldErrors.Invalid(path.Child("maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0"));
        ShareRules.CheckAtMostAll(errors, unavailable, path.Child("maxUnavailable"));
    }

    private static void CheckStatus(List<FieldError> errors, DeploymentStatus status, DeploymentStatus old)
    {
        var path = FieldPath.Status;
        ObjectMetaValidation.CheckNonNegative(errors, status.ObservedGeneration, path.Child("observedGeneration"));
        ObjectMetaValidation.CheckNonNegative(errors, status.Replicas, path.Child("replicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.UpdatedReplicas, path.Child("updatedReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.ReadyReplicas, path.Child("readyReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.AvailableReplicas, path.Child("availableReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.UnavailableReplicas, path.Child("unavailableReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, status.CollisionCount ?? 0, path.Child("collisionCount"));
        WorkloadRules.CheckCounts(errors, status.Replicas, "updatedReplicas", status.UpdatedReplicas, status.ReadyReplicas, status.AvailableReplicas);
        WorkloadRules.CheckCollisions(errors, status.CollisionCount, old.CollisionCount);
    }
}

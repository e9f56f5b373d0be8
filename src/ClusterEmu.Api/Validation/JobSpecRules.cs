namespace ClusterEmu.Api;

/// <summary>The specification of a Job, be it a Job's or a CronJob's template. Source: validateJobSpec in pkg/apis/batch/validation/validation.go.</summary>
internal static class JobSpecRules
{
    private const int MostParallelIndexed = 100_000;
    private const int MostCompletionsUnbounded = 100_000;
    private const int MostFailedIndexes = 10_000;
    private const int MostParallelUnbounded = 10_000;
    private const int LongestManager = 63;

    internal static void Check(List<FieldError> errors, JobSpec spec, FieldPath path)
    {
        NonNegative("parallelism", spec.Parallelism);
        NonNegative("completions", spec.Completions);
        NonNegative("activeDeadlineSeconds", spec.ActiveDeadlineSeconds);
        NonNegative("backoffLimit", spec.BackoffLimit);
        NonNegative("ttlSecondsAfterFinished", spec.TtlSecondsAfterFinished);
        NonNegative("backoffLimitPerIndex", spec.BackoffLimitPerIndex);
        NonNegative("maxFailedIndexes", spec.MaxFailedIndexes);
        if (spec is { MaxFailedIndexes: not null, BackoffLimitPerIndex: null })
            errors.Add(FieldErrors.Required(path.Child("backoffLimitPerIndex"), "when maxFailedIndexes is specified"));
        if (spec.ManagedBy is { } manager) CheckManager(errors, manager, path.Child("managedBy"));
        CheckMode(errors, spec, path);
        if (spec.PodFailurePolicy is { } failure) JobPolicyRules.CheckFailure(errors, spec, failure, path.Child("podFailurePolicy"));
        if (spec.SuccessPolicy is { } success) JobPolicyRules.CheckSuccess(errors, spec, success, path.Child("successPolicy"));
        CheckReplacement(errors, spec, path.Child("podReplacementPolicy"));
        PodTemplateRules.CheckItself(errors, spec.Template, path.Child("template"));
        if (spec.Template.Spec.RestartPolicy is not ("OnFailure" or "Never"))
            errors.Add(FieldErrors.Required(path.Child("template").Child("spec").Child("restartPolicy"), "valid values: \"OnFailure\", \"Never\""));

        void NonNegative(string field, long? value) => ObjectMetaValidation.CheckNonNegative(errors, value ?? 0, path.Child(field));
    }

    /// <summary>A domain, a slash and a path. Source: IsDomainPrefixedPath in k8s.io/apimachinery util/validation.</summary>
    private static void CheckManager(List<FieldError> errors, string manager, FieldPath path)
    {
        var slash = manager.IndexOf('/', StringComparison.Ordinal);
        if (manager.Length == 0) errors.Add(FieldErrors.Required(path));
        else if (slash <= 0 || slash == manager.Length - 1)
            errors.Add(FieldErrors.Invalid(path, manager, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
        else
        {
            foreach (var problem in NameRules.Dns1123Subdomain(manager[..slash])) errors.Add(FieldErrors.Invalid(path, manager[..slash], problem));
        }
        if (manager.Length > LongestManager) errors.Add(FieldErrors.TooLong(path, LongestManager));
    }

    private static void CheckMode(List<FieldError> errors, JobSpec spec, FieldPath path)
    {
        if (spec.CompletionMode is not (null or "NonIndexed" or "Indexed"))
            errors.Add(FieldErrors.NotSupported(path.Child("completionMode"), spec.CompletionMode, "NonIndexed", "Indexed"));
        if (spec.CompletionMode == "Indexed") CheckIndexed(errors, spec, path);
        else if (spec.CompletionMode is null or "NonIndexed")
        {
            if (spec.BackoffLimitPerIndex is { } limit)
                errors.Add(FieldErrors.Invalid(path.Child("backoffLimitPerIndex"), limit, "requires indexed completion mode"));
            if (spec.MaxFailedIndexes is { } most)
                errors.Add(FieldErrors.Invalid(path.Child("maxFailedIndexes"), most, "requires indexed completion mode"));
        }
    }

    private static void CheckIndexed(List<FieldError> errors, JobSpec spec, FieldPath path)
    {
        if (spec.Completions is null) errors.Add(FieldErrors.Required(path.Child("completions"), "when completion mode is Indexed"));
        if (spec.Parallelism > MostParallelIndexed)
            errors.Add(FieldErrors.Invalid(path.Child("parallelism"), spec.Parallelism,
                $"must be less than or equal to {MostParallelIndexed} when completion mode is Indexed"));
        if (spec is { Completions: { } completions, MaxFailedIndexes: { } failed } && failed > completions)
            errors.Add(FieldErrors.Invalid(path.Child("maxFailedIndexes"), failed, "must be less than or equal to completions"));
        if (spec.MaxFailedIndexes > MostCompletionsUnbounded)
            errors.Add(FieldErrors.Invalid(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, $"must be less than or equal to {MostCompletionsUnbounded}"));
        if (spec.BackoffLimitPerIndex is null || spec.Completions is not > MostCompletionsUnbounded) return;
        if (spec.MaxFailedIndexes is null)
            errors.Add(FieldErrors.Required(path.Child("maxFailedIndexes"), $"must be specified when completions is above {MostCompletionsUnbounded}"));
        if (spec.Parallelism > MostParallelUnbounded)
            errors.Add(FieldErrors.Invalid(path.Child("parallelism"), spec.Parallelism,
                $"must be less than or equal to {MostParallelUnbounded} when completions are above {MostCompletionsUnbounded} and used with backoff limit per index"));
        if (spec.MaxFailedIndexes > MostFailedIndexes)
            errors.Add(FieldErrors.Invalid(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes,
                $"must be less than or equal to {MostFailedIndexes} when completions are above {MostCompletionsUnbounded} and used with backoff limit per index"));
    }

    private static void CheckReplacement(List<FieldError> errors, JobSpec spec, FieldPath path)
    {
        if (spec.PodReplacementPolicy is not { } policy) return;
        if (spec.PodFailurePolicy is not null)
        {
            if (policy != "Failed") errors.Add(FieldErrors.NotSupported(path, policy, "Failed"));
        }
        else if (policy is not ("Failed" or "TerminatingOrFailed")) errors.Add(FieldErrors.NotSupported(path, policy, "Failed", "TerminatingOrFailed"));
    }
}

namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a CronJob, in its words. Source: pkg/apis/batch/validation/validation.go.</summary>
public static class CronJobValidation
{
    /// <summary>A Job's name is its CronJob's with '-' and ten digits of time behind it, and at most 63 characters long.</summary>
    private const int LongestName = 52;

    public static IReadOnlyList<FieldError> Create(CronJob cron)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, cron.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckSpec(errors, cron.Spec, null);
        if (cron.Metadata.Name.Length > LongestName)
            errors.Add(FieldErrors.Invalid(FieldPath.Metadata.Child("name"), cron.Metadata.Name, $"must be no more than {LongestName} characters"));
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(CronJob cron, CronJob old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, cron.Metadata, old.Metadata);
        if (!ReferenceEquals(cron.Spec, old.Spec)) CheckSpec(errors, cron.Spec, old.Spec);
        return FieldErrors.Distinct(errors);
    }

    private static void CheckSpec(List<FieldError> errors, CronJobSpec spec, CronJobSpec? old)
    {
        var path = FieldPath.Spec;
        if (spec.Schedule.Length == 0) errors.Add(FieldErrors.Required(path.Child("schedule")));
        else CheckSchedule(errors, spec, old, path.Child("schedule"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.StartingDeadlineSeconds ?? 0, path.Child("startingDeadlineSeconds"));
        if (spec.ConcurrencyPolicy.Length == 0) errors.Add(FieldErrors.Required(path.Child("concurrencyPolicy")));
        else if (spec.ConcurrencyPolicy is not ("Allow" or "Forbid" or "Replace"))
            errors.Add(FieldErrors.NotSupported(path.Child("concurrencyPolicy"), spec.ConcurrencyPolicy, "Allow", "Forbid", "Replace"));
        CheckTemplate(errors, spec.JobTemplate.Spec, path.Child("jobTemplate").Child("spec"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.SuccessfulJobsHistoryLimit ?? 0, path.Child("successfulJobsHistoryLimit"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.FailedJobsHistoryLimit ?? 0, path.Child("failedJobsHistoryLimit"));
        if (spec.TimeZone is { } zone && (old is null || old.TimeZone != zone) && TimeZoneNames.Problem(zone) is { } problem)
            errors.Add(FieldErrors.Invalid(path.Child("timeZone"), zone, problem));
    }

    /// <summary>A time zone within the schedule is borne with where it always stood.</summary>
    private static void CheckSchedule(List<FieldError> errors, CronJobSpec spec, CronJobSpec? old, FieldPath path)
    {
        if (CronSyntax.Problem(spec.Schedule) is { } problem) errors.Add(FieldErrors.Invalid(path, spec.Schedule, problem));
        if (!spec.Schedule.Contains("TZ", StringComparison.Ordinal)) return;
        if (old is null || !old.Schedule.Contains("TZ", StringComparison.Ordinal))
            errors.Add(FieldErrors.Invalid(path, spec.Schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"));
        else if (spec.TimeZone is not null)
            errors.Add(FieldErrors.Invalid(path, spec.Schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule"));
    }

    /// <summary>Selectors are made with each Job.</summary>
    private static void CheckTemplate(List<FieldError> errors, JobSpec spec, FieldPath path)
    {
        JobSpecRules.Check(errors, spec, path);
        if (spec.Selector is not null) errors.Add(FieldErrors.Invalid(path.Child("selector"), spec.Selector, "`selector` will be auto-generated"));
        if (spec.ManualSelector == true) errors.Add(FieldErrors.NotSupported(path.Child("manualSelector"), true, "nil", "false"));
    }
}

namespace ClusterEmu.Api;

/// <summary>The status of a Job. Source: validateJobStatus in pkg/apis/batch/validation/validation.go.</summary>
internal static class JobStatusRules
{
    internal static void Check(List<FieldError> errors, JobStatus status)
    {
        var path = FieldPath.Status;
        ObjectMetaValidation.CheckNonNegative(errors, status.Active, path.Child("active"));
        ObjectMetaValidation.CheckNonNegative(errors, status.Succeeded, path.Child("succeeded"));
        ObjectMetaValidation.CheckNonNegative(errors, status.Failed, path.Child("failed"));
        ObjectMetaValidation.CheckNonNegative(errors, status.Ready ?? 0, path.Child("ready"));
        ObjectMetaValidation.CheckNonNegative(errors, status.Terminating ?? 0, path.Child("terminating"));
        if (status.UncountedTerminatedPods is not { } pods) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        CheckPods(errors, pods.Succeeded, seen, path.Child("uncountedTerminatedPods").Child("succeeded"));
        CheckPods(errors, pods.Failed, seen, path.Child("uncountedTerminatedPods").Child("failed"));
    }

    private static void CheckPods(List<FieldError> errors, IReadOnlyList<string> uids, HashSet<string> seen, FieldPath path)
    {
        for (var i = 0; i < uids.Count; i++)
        {
            if (uids[i].Length == 0) errors.Add(FieldErrors.Invalid(path.Index(i), uids[i], "must not be empty"));
            else if (!seen.Add(uids[i])) errors.Add(FieldErrors.Duplicate(path.Index(i), uids[i]));
        }
    }
}

using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a Job, in its words. <see cref="JobSpecRules"/> checks the specification.</summary>
/// <remarks>Source: pkg/apis/batch/validation/validation.go.</remarks>
public static class JobValidation
{
    public static IReadOnlyList<FieldError> Create(Job job)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, job.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckGenerated(errors, job);
        CheckSpec(errors, job.Spec);
        if (job.Spec is { CompletionMode: "Indexed", Completions: > 0 and var completions })
        {
            var host = string.Create(CultureInfo.InvariantCulture, $"{job.Metadata.Name}-{completions - 1}");
            if (NameRules.Dns1123Label(host).Count > 0)
                errors.Add(FieldErrors.Invalid(FieldPath.Metadata.Child("name"), job.Metadata.Name, $"will not able to create pod with invalid DNS label: {host}"));
        }
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(Job job, Job old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, job.Metadata, old.Metadata);
        if (ReferenceEquals(job.Spec, old.Spec)) JobStatusRules.Check(errors, job.Status);
        else
        {
            CheckSpec(errors, job.Spec);
            CheckKept(errors, job, old);
        }
        return FieldErrors.Distinct(errors);
    }

    /// <summary>A selector that the system made goes with labels that it made, too.</summary>
    private static void CheckGenerated(List<FieldError> errors, Job job)
    {
        if (job.Spec.ManualSelector == true || job.Spec.Selector is null) return;
        if (job.Metadata.Uid.Length == 0) errors.Add(FieldErrors.Required(FieldPath.Metadata.Child("uid")));
        var template = job.Spec.Template.Metadata;
        var path = FieldPath.Spec.Child("template").Child("metadata").Child("labels");
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = JobStrategy.UidLabels.Length - 1; i >= 0; i--) // The old names come first.
        {
            Expect(JobStrategy.UidLabels[i], job.Metadata.Uid);
            Expect(JobStrategy.NameLabels[i], job.Metadata.Name);
        }
        if (LabelRules.IsUsable(job.Spec.Selector) && !LabelRules.Matches(job.Spec.Selector, expected))
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("selector"), job.Spec.Selector, "`selector` not auto-generated"));

        void Expect(string label, string value)
        {
            expected[label] = value;
            if (!template.Labels.TryGetValue(label, out var found)) errors.Add(FieldErrors.Required(path.Key(label), $"must be '{value}'"));
            else if (found != value) errors.Add(FieldErrors.Invalid(path.Key(label), template.Labels, $"must be '{value}'"));
        }
    }

    private static void CheckSpec(List<FieldError> errors, JobSpec spec)
    {
        JobSpecRules.Check(errors, spec, FieldPath.Spec);
        if (spec.Selector is null) errors.Add(FieldErrors.Required(FieldPath.Spec.Child("selector")));
        else LabelRules.CheckSelector(errors, spec.Selector, FieldPath.Spec.Child("selector"));
        var labels = spec.Template.Metadata.Labels;
        if (LabelRules.IsUsable(spec.Selector) && !LabelRules.Matches(spec.Selector, labels))
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("template").Child("metadata").Child("labels"), labels, "`selector` does not match template `labels`"));
    }

    private static void CheckKept(List<FieldError> errors, Job job, Job old)
    {
        var (spec, before, path) = (job.Spec, old.Spec, FieldPath.Spec);
        if (spec.CompletionMode != "Indexed") ObjectMetaValidation.CheckImmutable(errors, spec.Completions, before.Completions, path.Child("completions"));
        else if (spec.Completions is { } completions && completions != before.Completions && completions != spec.Parallelism)
            errors.Add(FieldErrors.Invalid(path.Child("completions"), completions, "can only be modified in tandem with spec.parallelism"));
        WorkloadRules.CheckSelectorKept(errors, spec.Selector, before.Selector);
        if (!SemanticEquality.Same(spec.Template, Allowed(job, old)))
            errors.Add(FieldErrors.Invalid(path.Child("template"), new GoLiteral("core.PodTemplateSpec{…}"), "field is immutable"));
        ObjectMetaValidation.CheckImmutable(errors, spec.CompletionMode, before.CompletionMode, path.Child("completionMode"));
        CheckSame(errors, spec.PodFailurePolicy, before.PodFailurePolicy, "podFailurePolicy", "batch.PodFailurePolicy");
        ObjectMetaValidation.CheckImmutable(errors, spec.BackoffLimitPerIndex, before.BackoffLimitPerIndex, path.Child("backoffLimitPerIndex"));
        ObjectMetaValidation.CheckImmutable(errors, spec.ManagedBy, before.ManagedBy, path.Child("managedBy"));
        CheckSame(errors, spec.SuccessPolicy, before.SuccessPolicy, "successPolicy", "batch.SuccessPolicy");
    }

    private static void CheckSame<T>(List<FieldError> errors, T? value, T? old, string field, string goType) where T : class
    {
        var same = value is null || old is null ? value is null == old is null : SemanticEquality.Same(value, old);
        if (!same) errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child(field), value is null ? null : new GoLiteral(goType + "{…}"), "field is immutable"));
    }

    /// <summary>The template as it was, but for where Pods go: that may change in a suspended Job which has not started (KEP-2926).</summary>
    private static PodTemplateSpec Allowed(Job job, Job old)
    {
        var (template, before) = (job.Spec.Template, old.Spec.Template);
        if (old.Spec.Suspend != true || old.Status.StartTime is not null) return before;
        var affinity = (before.Spec.Affinity ?? new()) with { NodeAffinity = template.Spec.Affinity?.NodeAffinity };
        return before with
        {
            Metadata = before.Metadata with { Labels = template.Metadata.Labels, Annotations = template.Metadata.Annotations },
            Spec = before.Spec with
            {
                Affinity = before.Spec.Affinity is null && template.Spec.Affinity is null ? null : affinity,
                NodeSelector = template.Spec.NodeSelector,
                Tolerations = template.Spec.Tolerations,
                SchedulingGates = template.Spec.SchedulingGates,
            },
        };
    }
}

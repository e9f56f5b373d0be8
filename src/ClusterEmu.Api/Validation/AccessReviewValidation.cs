namespace ClusterEmu.Api;

/// <summary>Source: pkg/apis/authorization/validation. Values that Go shows as addresses of structures read null here.</summary>
internal static class AccessReviewValidation
{
    private static readonly GoLiteral Nothing = new("null");

    internal static IReadOnlyList<FieldError> Create(SubjectAccessReview review)
    {
        var errors = Subject(review.Spec);
        MustBeEmpty(errors, review.Metadata, "must be empty");
        return errors;
    }

    internal static IReadOnlyList<FieldError> Create(LocalSubjectAccessReview review)
    {
        var errors = Subject(review.Spec);
        MustBeEmpty(errors, review.Metadata with { Namespace = "" }, "must be empty except for namespace");
        if (review.Spec.ResourceAttributes is { } asked && asked.Namespace != review.Metadata.Namespace)
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("resourceAttributes").Child("namespace"), asked.Namespace, "must match metadata.namespace"));
        if (review.Spec.NonResourceAttributes is not null)
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("nonResourceAttributes"), Nothing, "disallowed on this kind of request"));
        return errors;
    }

    internal static IReadOnlyList<FieldError> Create(SelfSubjectAccessReview review)
    {
        var errors = Attributes(review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes);
        MustBeEmpty(errors, review.Metadata, "must be empty");
        return errors;
    }

    private static List<FieldError> Subject(SubjectAccessReviewSpec spec)
    {
        var errors = Attributes(spec.ResourceAttributes, spec.NonResourceAttributes);
        if (spec.User.Length == 0 && spec.Groups.Count == 0)
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("user"), spec.User, "at least one of user or group must be specified"));
        return errors;
    }

    private static List<FieldError> Attributes(ResourceAttributes? resource, NonResourceAttributes? other)
    {
        var errors = new List<FieldError>();
        if (resource is not null && other is not null)
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("nonResourceAttributes"), Nothing, "cannot be specified in combination with resourceAttributes"));
        if (resource is null && other is null)
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("resourceAttributes"), Nothing, "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        return errors;
    }

    private static void MustBeEmpty(List<FieldError> errors, ObjectMeta meta, string why)
    {
        if (meta != ObjectMeta.Empty) errors.Add(FieldErrors.Invalid(FieldPath.Metadata, Nothing, why));
    }
}

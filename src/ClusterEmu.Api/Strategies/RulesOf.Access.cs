namespace ClusterEmu.Api;

/// <content>Reviews and token requests.</content>
internal static partial class RulesOf
{
    internal static KindRules<TokenRequest> TokenRequest => new()
    {
        WithDefaults = static request => request.Spec.ExpirationSeconds is null ? request with { Spec = request.Spec with { ExpirationSeconds = 3600 } } : request,
        ValidateCreate = TokenRequestValidation.Create,
    };

    internal static KindRules<SubjectAccessReview> SubjectAccessReview => new() { ValidateCreate = AccessReviewValidation.Create };

    internal static KindRules<LocalSubjectAccessReview> LocalSubjectAccessReview => new() { ValidateCreate = AccessReviewValidation.Create };

    internal static KindRules<SelfSubjectAccessReview> SelfSubjectAccessReview => new() { ValidateCreate = AccessReviewValidation.Create };
}

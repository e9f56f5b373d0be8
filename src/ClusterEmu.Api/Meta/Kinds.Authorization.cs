namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<SubjectAccessReview> SubjectAccessReview = new()
    {
        Group = "authorization.k8s.io",
        Version = "v1",
        Kind = "SubjectAccessReview",
        Plural = "subjectaccessreviews",
        Singular = "subjectaccessreview",
        Namespaced = false,
        Verbs = ["create"],
        Rules = RulesOf.SubjectAccessReview,
    };

    public static readonly KindInfo<LocalSubjectAccessReview> LocalSubjectAccessReview = new()
    {
        Group = "authorization.k8s.io",
        Version = "v1",
        Kind = "LocalSubjectAccessReview",
        Plural = "localsubjectaccessreviews",
        Singular = "localsubjectaccessreview",
        Namespaced = true,
        Verbs = ["create"],
        Rules = RulesOf.LocalSubjectAccessReview,
    };

    public static readonly KindInfo<SelfSubjectAccessReview> SelfSubjectAccessReview = new()
    {
        Group = "authorization.k8s.io",
        Version = "v1",
        Kind = "SelfSubjectAccessReview",
        Plural = "selfsubjectaccessreviews",
        Singular = "selfsubjectaccessreview",
        Namespaced = false,
        Verbs = ["create"],
        Rules = RulesOf.SelfSubjectAccessReview,
    };

    public static readonly KindInfo<SelfSubjectRulesReview> SelfSubjectRulesReview = new()
    {
        Group = "authorization.k8s.io",
        Version = "v1",
        Kind = "SelfSubjectRulesReview",
        Plural = "selfsubjectrulesreviews",
        Singular = "selfsubjectrulesreview",
        Namespaced = false,
        Verbs = ["create"],
    };

    internal static IReadOnlyList<KindInfo> Authorization => [SubjectAccessReview, LocalSubjectAccessReview, SelfSubjectAccessReview, SelfSubjectRulesReview];
}

namespace ClusterEmu.Api;

/// <summary>Questions to the API server, which are answered and never stored.</summary>
public static partial class Kinds
{
    public static readonly KindInfo<TokenReview> TokenReview = new()
    {
        Group = "authentication.k8s.io",
        Version = "v1",
        Kind = "TokenReview",
        Plural = "tokenreviews",
        Singular = "tokenreview",
        Namespaced = false,
        Verbs = ["create"],
    };

    public static readonly KindInfo<SelfSubjectReview> SelfSubjectReview = new()
    {
        Group = "authentication.k8s.io",
        Version = "v1",
        Kind = "SelfSubjectReview",
        Plural = "selfsubjectreviews",
        Singular = "selfsubjectreview",
        Namespaced = false,
        Verbs = ["create"],
    };

    /// <summary>What the subresource <c>token</c> of a ServiceAccount takes and shows. It has no URL of its own.</summary>
    public static readonly KindInfo<TokenRequest> TokenRequest = new()
    {
        Group = "authentication.k8s.io",
        Version = "v1",
        Kind = "TokenRequest",
        Plural = "tokenrequests",
        Singular = "tokenrequest",
        Namespaced = true,
        Verbs = [],
        HasPath = false,
        Rules = RulesOf.TokenRequest,
    };

    internal static IReadOnlyList<KindInfo> Authentication => [TokenReview, SelfSubjectReview, TokenRequest];
}

using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Answers the reviews of authentication.k8s.io and authorization.k8s.io. They change nothing, so they do not go through the store's writer.</summary>
/// <remarks>Source: pkg/registry/authentication and pkg/registry/authorization.</remarks>
internal sealed class AccessReviews(AccessTools tools, Storage.StoreReader reader)
{
    /// <summary>True for the kinds that are answered here.</summary>
    public static bool Covers(KindInfo kind) => kind.Group is "authentication.k8s.io" or "authorization.k8s.io";

    /// <exception cref="ApiException">The question is malformed.</exception>
    public ApiResponse Run(ApiRequest request)
    {
        var kind = request.Kind;
        var asked = Creation.Located(kind, request.Body!, request.Namespace);
        asked = kind.WithDefaults(asked);
        if (kind.ValidateCreate(asked) is { Count: > 0 } errors) throw Refuse.Invalid(kind, "", errors);
        IKubeObject answer = asked switch
        {
            SelfSubjectReview review => review with { Status = new SelfSubjectReviewStatus { UserInfo = request.Identity.ToInfo() } },
            TokenReview review => Token(review),
            SelfSubjectAccessReview review => review with { Status = Status(request.Identity, review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes) },
            SubjectAccessReview review => review with { Status = Status(review.Spec) },
            LocalSubjectAccessReview review => review with { Status = Status(review.Spec) },
            SelfSubjectRulesReview review => Rules(review, request.Identity),
            _ => throw Refuse.MethodNotAllowed(),
        };
        return ApiResponse.Of(answer, 201);
    }

    private TokenReview Token(TokenReview review)
    {
        if (review.Spec.Token.Length == 0) throw Refuse.BadRequest("token is required for TokenReview in authentication");
        var status = tools.UserOfToken(review.Spec.Token, review.Spec.Audiences, reader.Current) is var (user, audiences)
            ? new TokenReviewStatus { Authenticated = true, User = user.ToInfo(), Audiences = audiences }
            : new TokenReviewStatus { Error = "[invalid bearer token]" };
        return review with { Status = status };
    }

    private SelfSubjectRulesReview Rules(SelfSubjectRulesReview review, RequestUser user)
    {
        var ns = review.Spec.Namespace;
        if (ns.Length == 0) throw Refuse.BadRequest("no namespace on request");
        return review with { Status = tools.Authorizer.RulesFor(user, ns) };
    }

    private SubjectAccessReviewStatus Status(SubjectAccessReviewSpec spec) =>
        Status(new RequestUser(spec.User, spec.Groups) { Uid = spec.Uid, Extra = spec.Extra }, spec.ResourceAttributes, spec.NonResourceAttributes);

    private SubjectAccessReviewStatus Status(RequestUser user, ResourceAttributes? resource, NonResourceAttributes? other)
    {
        var question = resource is null
            ? new AccessQuestion(user, other!.Verb, other.Path)
            : new AccessQuestion(user, resource.Verb)
            {
                Group = resource.Group,
                Resource = resource.Resource,
                Subresource = resource.Subresource,
                Namespace = resource.Namespace,
                Name = resource.Name,
            };
        var (allowed, reason) = tools.Authorizer.Decide(question);
        return new SubjectAccessReviewStatus { Allowed = allowed, Reason = reason };
    }
}

namespace ClusterEmu.Api;

[Doc("Asks whether a bearer token is good, and whose it is. Nothing is stored.")]
public sealed record TokenReview : IKubeObject
{
    public string Kind => "TokenReview";
    public string ApiVersion => "authentication.k8s.io/v1";

    [Doc("Empty: a question has no name.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The question.")]
    public TokenReviewSpec Spec { get => field ?? TokenReviewSpec.Empty; init; }

    [Doc("The answer; what a request says here does not count.")]
    public TokenReviewStatus Status { get => field ?? TokenReviewStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("A token to be looked at.")]
public sealed record TokenReviewSpec
{
    public static readonly TokenReviewSpec Empty = new();

    [Doc("The token, without the word Bearer.")]
    public string Token { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Whom the token should be meant for; the API server itself if there are none. One of them must be among the token's own.")]
    public IReadOnlyList<string> Audiences { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("What the server thinks of a token.")]
public sealed record TokenReviewStatus
{
    public static readonly TokenReviewStatus Empty = new();

    [Doc("True if the token belongs to a user.")]
    public bool Authenticated { get; init; }

    [Doc("That user.")]
    public UserInfo User { get => field ?? UserInfo.Empty; init; }

    [Doc("Those of the audiences asked for that the token is meant for.")]
    public IReadOnlyList<string> Audiences { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Why the token is no good.")]
    public string Error { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

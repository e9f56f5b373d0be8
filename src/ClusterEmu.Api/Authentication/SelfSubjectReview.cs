namespace ClusterEmu.Api;

[Doc("Asks the server who it takes you for; kubectl auth whoami. Nothing is stored.")]
public sealed record SelfSubjectReview : IKubeObject
{
    public string Kind => "SelfSubjectReview";
    public string ApiVersion => "authentication.k8s.io/v1";

    [Doc("Empty: a question has no name.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The answer; what a request says here does not count.")]
    public SelfSubjectReviewStatus Status { get => field ?? SelfSubjectReviewStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Who the asker is.")]
public sealed record SelfSubjectReviewStatus
{
    public static readonly SelfSubjectReviewStatus Empty = new();

    [Doc("The user whose request this was, after impersonation.")]
    public UserInfo UserInfo { get => field ?? UserInfo.Empty; init; }
}

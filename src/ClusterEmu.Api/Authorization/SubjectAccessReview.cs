namespace ClusterEmu.Api;

[Doc("Asks whether somebody may do something. Nothing is stored.")]
public sealed record SubjectAccessReview : IKubeObject
{
    public string Kind => "SubjectAccessReview";
    public string ApiVersion => "authorization.k8s.io/v1";

    [Doc("Empty: a question has no name.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The question.")]
    public SubjectAccessReviewSpec Spec { get => field ?? SubjectAccessReviewSpec.Empty; init; }

    [Doc("The answer; what a request says here does not count.")]
    public SubjectAccessReviewStatus Status { get => field ?? SubjectAccessReviewStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Asks whether somebody may do something in one namespace. Nothing is stored.")]
public sealed record LocalSubjectAccessReview : IKubeObject
{
    public string Kind => "LocalSubjectAccessReview";
    public string ApiVersion => "authorization.k8s.io/v1";

    [Doc("Empty, but for the namespace.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The question; its namespace must be that of the URL.")]
    public SubjectAccessReviewSpec Spec { get => field ?? SubjectAccessReviewSpec.Empty; init; }

    [Doc("The answer; what a request says here does not count.")]
    public SubjectAccessReviewStatus Status { get => field ?? SubjectAccessReviewStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Asks whether you may do something; kubectl auth can-i. Nothing is stored.")]
public sealed record SelfSubjectAccessReview : IKubeObject
{
    public string Kind => "SelfSubjectAccessReview";
    public string ApiVersion => "authorization.k8s.io/v1";

    [Doc("Empty: a question has no name.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The question.")]
    public SelfSubjectAccessReviewSpec Spec { get => field ?? SelfSubjectAccessReviewSpec.Empty; init; }

    [Doc("The answer; what a request says here does not count.")]
    public SubjectAccessReviewStatus Status { get => field ?? SubjectAccessReviewStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Who wants to do what. One of resourceAttributes and nonResourceAttributes is needed.")]
public sealed record SubjectAccessReviewSpec
{
    public static readonly SubjectAccessReviewSpec Empty = new();

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoExtra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    [Doc("What should be done to which objects.")]
    public ResourceAttributes? ResourceAttributes { get; init; }

    [Doc("Which path should be asked for.")]
    public NonResourceAttributes? NonResourceAttributes { get; init; }

    [Doc("By whom. A user without groups is taken to be in none.")]
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("By somebody in these groups.")]
    public IReadOnlyList<string> Groups { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("What else is known of the user.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get => field ?? NoExtra; init; }

    [Doc("The user's UID.")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("What you want to do. One of resourceAttributes and nonResourceAttributes is needed.")]
public sealed record SelfSubjectAccessReviewSpec
{
    public static readonly SelfSubjectAccessReviewSpec Empty = new();

    [Doc("What should be done to which objects.")]
    public ResourceAttributes? ResourceAttributes { get; init; }

    [Doc("Which path should be asked for.")]
    public NonResourceAttributes? NonResourceAttributes { get; init; }
}

[Doc("Whether something may be done.")]
public sealed record SubjectAccessReviewStatus
{
    public static readonly SubjectAccessReviewStatus Empty = new();

    [Doc("True if it may.")]
    [AlwaysWritten]
    public bool Allowed { get; init; }

    [Doc("True if it is forbidden outright. If it is neither allowed nor denied, no rule speaks of it, and it may not be done.")]
    public bool Denied { get; init; }

    [Doc("The rule that decided.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What went wrong while the rules were read; they may have decided all the same.")]
    public string EvaluationError { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

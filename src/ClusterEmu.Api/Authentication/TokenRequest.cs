namespace ClusterEmu.Api;

[Doc("Asks for a token of a service account; kubectl create token. The answer is the token, and nothing is stored.")]
public sealed record TokenRequest : IKubeObject
{
    public string Kind => "TokenRequest";
    public string ApiVersion => "authentication.k8s.io/v1";

    [Doc("Name and namespace of the account; they may be left out.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the token should be like.")]
    public TokenRequestSpec Spec { get => field ?? TokenRequestSpec.Empty; init; }

    [Doc("The token.")]
    public TokenRequestStatus Status { get => field ?? TokenRequestStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a token should be like.")]
public sealed record TokenRequestSpec
{
    public static readonly TokenRequestSpec Empty = new();

    [Doc("Whom the token is meant for: each of them may take it, and others must not. Without any, the API server.")]
    [AlwaysWritten]
    public IReadOnlyList<string> Audiences { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How long it should be good, from 600 s to 2^32 s. Left out: 3600 s.")]
    [AlwaysWritten]
    public long? ExpirationSeconds { get; init; }

    [Doc("An object without which the token is no good any more: a Pod that runs as this account, a Node, or a Secret.")]
    [AlwaysWritten]
    public BoundObjectReference? BoundObjectRef { get; init; }
}

[Doc("The object that a token lives and dies with.")]
public sealed record BoundObjectReference
{
    [Doc("Pod, Node or Secret.")]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Always v1.")]
    public string ApiVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its name, in the account's namespace.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("types.UID")]
    [Doc("Its UID. Left out: that of whatever has the name now.")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A token that was made.")]
public sealed record TokenRequestStatus
{
    public static readonly TokenRequestStatus Empty = new();

    [Doc("The token: a JWT signed by this cluster.")]
    [AlwaysWritten]
    public string Token { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When it ends.")]
    [AlwaysWritten]
    public DateTimeOffset? ExpirationTimestamp { get; init; }
}

namespace ClusterEmu.Api;

[Doc("Asks for a certificate. Somebody approves it, then a signer issues it.")]
public sealed record CertificateSigningRequest : IKubeObject
{
    public string Kind => "CertificateSigningRequest";
    public string ApiVersion => "certificates.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is asked for. Cannot be changed.")]
    [MustBeGiven]
    public CertificateSigningRequestSpec Spec { get => field ?? CertificateSigningRequestSpec.Empty; init; }

    [Doc("Whether it was approved, and the certificate.")]
    public CertificateSigningRequestStatus Status { get => field ?? CertificateSigningRequestStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What certificate is asked for, and by whom.")]
public sealed record CertificateSigningRequestSpec
{
    public static readonly CertificateSigningRequestSpec Empty = new();

    [Doc("The request (PKCS#10) as PEM text, in base64.")]
    [AlwaysWritten]
    public byte[]? Request { get; init; }

    [Doc("Who should sign: a domain with a path, such as kubernetes.io/kube-apiserver-client.")]
    [AlwaysWritten]
    public string SignerName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How long the certificate should last. At least 600. The signer may decide otherwise.")]
    public int? ExpirationSeconds { get; init; }

    [Doc("What the key is for, such as digital signature and client auth. At least one.")]
    [GoType("v1.KeyUsage")]
    public IReadOnlyList<string> Usages { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Who asked. Filled in by the server.")]
    public string Username { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("That user's UID. Filled in by the server.")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("That user's groups. Filled in by the server.")]
    public IReadOnlyList<string> Groups { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("What else the server knows of that user. Filled in by the server.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get => field ?? EmptyMap.Lists; init => field = Absent.IfEmpty(value); }
}

[Doc("Whether a request was approved, and the certificate.")]
public sealed record CertificateSigningRequestStatus
{
    public static readonly CertificateSigningRequestStatus Empty = new();

    [Doc("Approved, Denied and Failed. The first two are set through the subresource approval and exclude each other.")]
    [MapList("type")]
    public IReadOnlyList<CertificateSigningRequestCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The certificate as PEM text, in base64. Set once, by the signer.")]
    public byte[]? Certificate { get; init; }
}

[Doc("One thing that was decided of a request.")]
public sealed record CertificateSigningRequestCondition
{
    [Doc("Approved, Denied, Failed, or a signer's own.")]
    [GoType("v1.RequestConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, or for a signer's own also False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, in one word.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When it was last written.")]
    public DateTimeOffset? LastUpdateTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When the status last changed.")]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }
}

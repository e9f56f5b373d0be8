namespace ClusterEmu.Api;

[Doc("Like a ConfigMap, for what should not be shown.")]
public sealed record Secret : IKubeObject
{
    public string Kind => "Secret";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("True forbids changes.")]
    public bool? Immutable { get; init; }

    [Doc("The pairs, in base64.")]
    public IReadOnlyDictionary<string, byte[]> Data { get => field ?? EmptyMap.Bytes; init => field = Absent.IfEmpty(value); }

    [Doc("Pairs as plain text; they are written into data and never shown.")]
    public IReadOnlyDictionary<string, string> StringData { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("What the Secret is for, such as kubernetes.io/tls.")]
    [GoType("v1.SecretType")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

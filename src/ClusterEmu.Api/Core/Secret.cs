namespace ClusterEmu.Api;

public sealed record Secret : IKubeObject
{
    public string Kind => "Secret";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public bool? Immutable { get; init; }
    public IReadOnlyDictionary<string, byte[]> Data { get => field ?? EmptyMap.Bytes; init; }
    public IReadOnlyDictionary<string, string> StringData { get => field ?? EmptyMap.Strings; init; }
    [GoType("v1.SecretType")]
    public string Type { get => field ?? ""; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

namespace ClusterEmu.Api;

public sealed record ConfigMap : IKubeObject
{
    public string Kind => "ConfigMap";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public bool? Immutable { get; init; }
    public IReadOnlyDictionary<string, string> Data { get => field ?? EmptyMap.Strings; init; }
    public IReadOnlyDictionary<string, byte[]> BinaryData { get => field ?? EmptyMap.Bytes; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

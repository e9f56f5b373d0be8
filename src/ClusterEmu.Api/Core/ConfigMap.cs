namespace ClusterEmu.Api;

[Doc("Settings as pairs of key and text.")]
public sealed record ConfigMap : IKubeObject
{
    public string Kind => "ConfigMap";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("True forbids changes.")]
    public bool? Immutable { get; init; }

    [Doc("The pairs.")]
    public IReadOnlyDictionary<string, string> Data { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("Pairs whose values are no text.")]
    public IReadOnlyDictionary<string, byte[]> BinaryData { get => field ?? EmptyMap.Bytes; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

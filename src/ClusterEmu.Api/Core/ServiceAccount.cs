namespace ClusterEmu.Api;

[Doc("An identity for Pods.")]
public sealed record ServiceAccount : IKubeObject
{
    public string Kind => "ServiceAccount";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<ObjectReference> Secrets { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<LocalObjectReference> ImagePullSecrets { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public bool? AutomountServiceAccountToken { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

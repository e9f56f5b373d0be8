namespace ClusterEmu.Api;

[Doc("An identity for Pods.")]
public sealed record ServiceAccount : IKubeObject
{
    public string Kind => "ServiceAccount";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Secrets that Pods of this identity may use. Restricts only if an annotation says so.")]
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<ObjectReference> Secrets { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Secrets for image registries, for Pods that name none themselves.")]
    public IReadOnlyList<LocalObjectReference> ImagePullSecrets { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("False keeps the identity's token out of its Pods.")]
    public bool? AutomountServiceAccountToken { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

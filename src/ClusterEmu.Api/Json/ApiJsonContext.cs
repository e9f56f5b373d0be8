using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>The generated JSON metadata of all records. Use <see cref="ApiJson"/>, which adds Kubernetes' conventions.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters =
    [
        typeof(Int32Converter), typeof(Int64Converter), typeof(BooleanConverter), typeof(TimeConverter),
        typeof(StringMapConverter), typeof(BytesMapConverter), typeof(QuantityMapConverter),
        typeof(TimeMapConverter), typeof(ListMapConverter),
    ])]
[JsonSerializable(typeof(Namespace))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(Endpoints))]
[JsonSerializable(typeof(EndpointSlice))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(Secret))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(ReplicaSet))]
[JsonSerializable(typeof(StatefulSet))]
[JsonSerializable(typeof(DaemonSet))]
[JsonSerializable(typeof(ControllerRevision))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(CronJob))]
[JsonSerializable(typeof(BetaCronJob))]
[JsonSerializable(typeof(ReplicationController))]
[JsonSerializable(typeof(PodTemplate))]
[JsonSerializable(typeof(PersistentVolume))]
[JsonSerializable(typeof(PersistentVolumeClaim))]
[JsonSerializable(typeof(ResourceQuota))]
[JsonSerializable(typeof(LimitRange))]
[JsonSerializable(typeof(ComponentStatus))]
[JsonSerializable(typeof(Scale))]
[JsonSerializable(typeof(Binding))]
[JsonSerializable(typeof(EndpointSliceV1Beta1))]
[JsonSerializable(typeof(EventsEvent))]
[JsonSerializable(typeof(EventsEventV1Beta1))]
[JsonSerializable(typeof(PodDisruptionBudget))]
[JsonSerializable(typeof(PodDisruptionBudgetV1Beta1))]
[JsonSerializable(typeof(Eviction))]
[JsonSerializable(typeof(EvictionV1Beta1))]
[JsonSerializable(typeof(HorizontalPodAutoscaler))]
[JsonSerializable(typeof(HorizontalPodAutoscalerV1))]
[JsonSerializable(typeof(Ingress))]
[JsonSerializable(typeof(IngressClass))]
[JsonSerializable(typeof(NetworkPolicy))]
[JsonSerializable(typeof(StorageClass))]
[JsonSerializable(typeof(CSIDriver))]
[JsonSerializable(typeof(CSINode))]
[JsonSerializable(typeof(VolumeAttachment))]
[JsonSerializable(typeof(CSIStorageCapacity))]
[JsonSerializable(typeof(Role))]
[JsonSerializable(typeof(RoleBinding))]
[JsonSerializable(typeof(ClusterRole))]
[JsonSerializable(typeof(ClusterRoleBinding))]
[JsonSerializable(typeof(PriorityClass))]
[JsonSerializable(typeof(RuntimeClass))]
[JsonSerializable(typeof(CertificateSigningRequest))]
[JsonSerializable(typeof(TokenReview))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(SelfSubjectReview))]
[JsonSerializable(typeof(SubjectAccessReview))]
[JsonSerializable(typeof(LocalSubjectAccessReview))]
[JsonSerializable(typeof(SelfSubjectAccessReview))]
[JsonSerializable(typeof(SelfSubjectRulesReview))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(Table))]
[JsonSerializable(typeof(DeleteOptions))]
[JsonSerializable(typeof(PartialObjectMetadata))]
[JsonSerializable(typeof(APIGroup))]
[JsonSerializable(typeof(APIGroupList))]
[JsonSerializable(typeof(APIResourceList))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(List<ManagedFieldsEntry>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;

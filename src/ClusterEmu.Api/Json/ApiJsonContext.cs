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
[JsonSerializable(typeof(Scale))]
[JsonSerializable(typeof(Binding))]
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

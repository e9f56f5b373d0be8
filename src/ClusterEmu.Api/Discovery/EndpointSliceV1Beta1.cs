namespace ClusterEmu.Api;

[Doc("A part of the addresses behind a Service, as clients of Kubernetes before 1.21 know it.")]
[GoName("EndpointSlice", "v1beta1")]
public sealed record EndpointSliceV1Beta1 : IKubeObject
{
    public string Kind => "EndpointSlice";
    public string ApiVersion => "discovery.k8s.io/v1beta1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the addresses are: IPv4, IPv6 or FQDN. Cannot be changed.")]
    [GoType("v1beta1.AddressType"), AlwaysWritten]
    public string AddressType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The addresses, up to 1000 entries.")]
    [AlwaysWritten]
    public IReadOnlyList<EndpointV1Beta1> Endpoints { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The ports that all of these endpoints offer.")]
    [AlwaysWritten(Optional = true)]
    public IReadOnlyList<EndpointSlicePort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("One endpoint behind a Service, usually one Pod.")]
[GoName("Endpoint", "v1beta1")]
public sealed record EndpointV1Beta1
{
    [Doc("The endpoint's addresses, 1 to 100 of them, all reaching the same endpoint.")]
    [AlwaysWritten, SetList]
    public IReadOnlyList<string> Addresses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Whether traffic should go there.")]
    public EndpointConditions Conditions { get => field ?? EndpointConditions.Empty; init; }

    [Doc("A name of its own for this endpoint. Becomes part of its DNS name.")]
    public string? Hostname { get; init; }

    [Doc("The object behind the address, usually the Pod.")]
    public ObjectReference? TargetRef { get; init; }

    [Doc("Where the endpoint is, as labels: kubernetes.io/hostname for the node, topology.kubernetes.io/zone for the zone, and others. v1 has nodeName and zone in their place.")]
    public IReadOnlyDictionary<string, string> Topology { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("The node that the endpoint runs on.")]
    public string? NodeName { get; init; }

    [Doc("Who should use this endpoint, if it is meant for some clients only.")]
    public EndpointHints? Hints { get; init; }
}

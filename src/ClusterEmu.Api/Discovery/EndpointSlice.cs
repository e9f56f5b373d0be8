namespace ClusterEmu.Api;

[Doc("A part of the addresses behind a Service. A Service with many Pods has several slices, told apart by name and joined by the label kubernetes.io/service-name.")]
public sealed record EndpointSlice : IKubeObject
{
    public string Kind => "EndpointSlice";
    public string ApiVersion => "discovery.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the addresses are: IPv4, IPv6 or FQDN. Cannot be changed.")]
    [GoType("v1.AddressType"), AlwaysWritten]
    public string AddressType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The addresses, up to 1000 entries. Controllers write at most 100.")]
    [AlwaysWritten]
    public IReadOnlyList<Endpoint> Endpoints { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The ports that all of these endpoints offer. No port at all means that nothing is offered.")]
    [AlwaysWritten(Optional = true)]
    public IReadOnlyList<EndpointSlicePort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("One endpoint behind a Service, usually one Pod.")]
public sealed record Endpoint
{
    [Doc("The endpoint's addresses, 1 to 100 of them, all reaching the same endpoint. Clients use the first.")]
    [AlwaysWritten, SetList]
    public IReadOnlyList<string> Addresses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Whether traffic should go there.")]
    public EndpointConditions Conditions { get => field ?? EndpointConditions.Empty; init; }

    [Doc("A name of its own for this endpoint, such as a StatefulSet's Pods have. Becomes part of its DNS name.")]
    public string? Hostname { get; init; }

    [Doc("The object behind the address, usually the Pod.")]
    public ObjectReference? TargetRef { get; init; }

    [Doc("What an object of v1beta1 said in topology beside zone and hostname. Cannot be written through v1.")]
    public IReadOnlyDictionary<string, string> DeprecatedTopology { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("The node that the endpoint runs on. Decides for externalTrafficPolicy Local.")]
    public string? NodeName { get; init; }

    [Doc("The zone that the endpoint's node is in.")]
    public string? Zone { get; init; }

    [Doc("Who should use this endpoint, if it is meant for some clients only.")]
    public EndpointHints? Hints { get; init; }
}

[Doc("The state of an endpoint. A condition that is left out is unknown.")]
public sealed record EndpointConditions
{
    public static readonly EndpointConditions Empty = new();

    [Doc("True if new connections should go there. Left out, it counts as true. Never true while the Pod is ending, unless publishNotReadyAddresses is set.")]
    public bool? Ready { get; init; }

    [Doc("Like ready, but stays true while an ending Pod still answers.")]
    public bool? Serving { get; init; }

    [Doc("True while the Pod is ending.")]
    public bool? Terminating { get; init; }
}

[Doc("For whom an endpoint is meant.")]
public sealed record EndpointHints
{
    [Doc("The zones whose clients should use this endpoint, at most 8.")]
    public IReadOnlyList<ForZone> ForZones { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("One zone that an endpoint is meant for.")]
public sealed record ForZone
{
    [Doc("The zone's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A port that the endpoints of a slice offer.")]
[GoName("EndpointPort")]
[AtomicField]
public sealed record EndpointSlicePort
{
    [Doc("The port's name, as the Service has it. Each port of a slice has another; one may be empty. Defaults to empty.")]
    public string? Name { get; init; }

    [Doc("TCP (the default), UDP or SCTP.")]
    [GoType("v1.Protocol")]
    public string? Protocol { get; init; }

    [Doc("The number. Left out, all ports are meant.")]
    public int? Port { get; init; }

    [Doc("What is spoken there, such as http or kubernetes.io/h2c. A hint only.")]
    public string? AppProtocol { get; init; }
}
